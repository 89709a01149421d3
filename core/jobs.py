"""Cancelling and reporting progress of long work, independent of any thread or window."""

import threading
from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):
    """The work was stopped on request. An outcome of its own, neither success nor error."""


class CancelToken:
    """Asks running work to stop; set from any thread, read between two steps of the work."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def when_cancelled(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` once on ``cancel()``, in the cancelling thread; at once if that was before."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return
        callback()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Leave the work.

        Raises:
            Cancelled: If somebody asked to stop.
        """
        if self._event.is_set():
            raise Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` units of work; ``what`` names the thing in hand (“utopie_p13.jpg”).

    ``seconds_left``: where the work itself knows better than the time since its start tells.
    """

    done: int
    total: int
    what: str = ""
    seconds_left: float | None = None


ProgressSink = Callable[[Progress], None]


def no_progress(_progress: Progress) -> None:
    """A sink for callers who do not watch."""
