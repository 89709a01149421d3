"""Values that describe long work and how it ended. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.jobs import CancelToken, Progress, ProgressSink
from core.storage.changes import Change

ChangeSink = Callable[[Change], None]
Work = Callable[[CancelToken, ProgressSink, ChangeSink], Any]
"""Long work: stops when the token says so, reports progress, tells at once what it stored."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work to be done behind the window.

    Attributes:
        name: What the status line calls it (“Finding lines”).
        work: Does it, in a thread that is not the window's; must touch no widget.
        missed: Whether somebody would miss it: closing the window asks before it is stopped.
        pauses: Whether it can be gone on with after it was stopped.
    """

    name: str
    work: Work
    missed: bool = True
    pauses: bool = False


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is; ``seconds_left`` is ``None`` as long as nobody can know."""

    job: Job
    progress: Progress
    seconds: float
    seconds_left: float | None

    @property
    def fraction(self) -> float | None:
        """Share of the work that is done (0-1); ``None`` if the total is unknown."""
        if self.progress.total <= 0:
            return None
        return min(self.progress.done / self.progress.total, 1.0)


@dataclass(frozen=True, slots=True)
class JobSucceeded:
    """The work was done; ``result`` is what it returned."""

    job: Job
    result: Any


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """Somebody asked to stop."""

    job: Job


@dataclass(frozen=True, slots=True)
class JobFailed:
    """The work raised ``error``: a known error for the user, or a bug."""

    job: Job
    error: Exception


JobOutcome = JobSucceeded | JobCancelled | JobFailed
