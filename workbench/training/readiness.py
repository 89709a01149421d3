"""Whether a fine-tuning is worth a try, in one word with its reason. No Qt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.document import Split
from core.storage.lines import TruthLine, truth_lines
from core.storage.models import get_model, promoted_model
from core.storage.pages import list_pages
from core.storage.project import Project
from core.storage.runs import curve, list_runs
from core.training.config import FineTuneConfig
from workbench.training.base_characters import known_characters

RECOMMENDED = (("printed variants", 200, 500), ("handwriting", 800, 1500), ("rare characters", 1000, None))
"""Corrected lines that the article Linewright grew from recommends, by kind of material."""

ASSUMED_STEP_SECONDS = 0.7
"""A step of eight book lines on two cores; used until this machine has trained once."""

ASSUMED_BATCH = 8
THIN = 3
"""A character with fewer examples than this is hardly learned."""

WORTH_A_TRY = 50
GOOD = 200
VERY_GOOD = 500


class Grade(StrEnum):
    """How ready a project is."""

    NOT_YET = "Not yet"
    TRY = "Worth a try"
    GOOD = "Good"
    VERY_GOOD = "Very good"


@dataclass(frozen=True, slots=True)
class PageShare:
    """How many corrected lines a page gives, and for what."""

    name: str
    split: Split | None
    lines: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a training would learn from.

    ``new`` are characters that the base does not know (``None``: it cannot be told before it starts);
    ``minutes_measured`` tells whether this machine trained before.
    """

    pages: tuple[PageShare, ...]
    grade: Grade
    reason: str
    thin: tuple[tuple[str, int], ...]
    new: tuple[str, ...] | None
    characters: int
    minutes: float
    minutes_measured: bool

    @property
    def word(self) -> str:
        """The grade in words."""
        return str(self.grade)

    @property
    def total(self) -> int:
        """All corrected lines."""
        return sum(page.lines for page in self.pages)

    def of_split(self, split: Split | None) -> list[PageShare]:
        """The pages that serve for one thing."""
        return [page for page in self.pages if page.split is split]


def readiness(project: Project, config: FineTuneConfig, base: str | None = None) -> Readiness:
    """Look at the corrected lines of a project.

    Args:
        project: The open project.
        config: Settings of the training that is planned.
        base: What it would start from; the promoted version by default.
    """
    truth = truth_lines(project)
    learned = [line.text for line in truth if line.split in (Split.TRAIN, None)]
    counts = Counter(char for text in learned for char in text if not char.isspace())
    grade, reason = _grade(truth)
    minutes, measured = _minutes(project, config, len(learned))
    version = get_model(project, base) if base else promoted_model(project)
    known = known_characters(project, version)
    return Readiness(
        pages=_shares(project, truth),
        grade=grade,
        reason=reason,
        thin=tuple(
            sorted(((c, n) for c, n in counts.items() if n < THIN), key=lambda pair: (pair[1], pair[0]))
        ),
        new=None if known is None else tuple(sorted(counts.keys() - known)),
        characters=len(counts),
        minutes=minutes,
        minutes_measured=measured,
    )


def _shares(project: Project, truth: Sequence[TruthLine]) -> tuple[PageShare, ...]:
    lines = Counter(line.page_id for line in truth)
    return tuple(
        PageShare(page.name, page.split, lines[page.id]) for page in list_pages(project) if lines[page.id]
    )


def _grade(truth: Sequence[TruthLine]) -> tuple[Grade, str]:
    lines = len(truth)
    if len({line.group for line in truth}) < 2:
        have = f"{lines} corrected line{'' if lines == 1 else 's'}"
        return (
            Grade.NOT_YET,
            f"{have}. Correct lines on at least two pages: one to learn from, one to check on.",
        )
    if lines < WORTH_A_TRY:
        return Grade.TRY, f"Only {lines} corrected lines: a first model may help, {GOOD} make it dependable."
    if lines < GOOD:
        return Grade.TRY, f"{lines} corrected lines: it will learn the commonest letters of a printed type."
    if lines < VERY_GOOD:
        return Grade.GOOD, f"{lines} corrected lines: enough for a printed type; a handwriting wants 800."
    return Grade.VERY_GOOD, f"{lines} corrected lines: plenty for print, and a start on handwriting."


def _minutes(project: Project, config: FineTuneConfig, lines: int) -> tuple[float, bool]:
    seconds, measured = _step_seconds(project, config)
    minutes = config.planned_steps(lines) * seconds / 60
    return (min(minutes, config.max_minutes) if config.max_minutes else minutes), measured


def _step_seconds(project: Project, config: FineTuneConfig) -> tuple[float, bool]:
    """Seconds of a step, scaled by the lines in it, from the newest run that got anywhere."""
    for run in list_runs(project):
        points = curve(project, run.id)
        batch = run.config.get("batch_size", ASSUMED_BATCH)
        if len(points) >= 5:
            return points[-1].seconds / points[-1].step * config.batch_size / batch, True
    return ASSUMED_STEP_SECONDS * config.batch_size / ASSUMED_BATCH, False
