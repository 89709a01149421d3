"""Whether a fine-tuning is worth a try, in one word with its reason. No Qt."""

from collections import Counter
from dataclasses import dataclass

from core.document import CurvePoint, Split
from core.storage.lines import truth_lines
from core.storage.project import Project
from core.storage.runs import curve, list_runs
from core.training.config import FineTuneConfig

RECOMMENDED = (("printed variants", 200, 500), ("handwriting", 800, 1500), ("rare characters", 1000, None))
"""Corrected lines that the article Linewright grew from recommends, by kind of material."""

ASSUMED_STEP_SECONDS = 0.7
"""A step of eight book lines on two cores; used until this machine has trained once."""

THIN = 3
"""A character with fewer examples than this is hardly learned."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a training would learn from; ``minutes_measured`` tells whether this machine trained before."""

    lines: dict[Split | None, int]
    pages: dict[Split | None, int]
    word: str
    reason: str
    thin: tuple[tuple[str, int], ...]
    characters: int
    minutes: float
    minutes_measured: bool


def readiness(project: Project, config: FineTuneConfig) -> Readiness:
    """Look at the corrected lines of a project."""
    truth = truth_lines(project)
    lines = Counter(line.split for line in truth)
    pages = {split: len({line.page_id for line in truth if line.split is split}) for split in (*Split, None)}
    learned = [line.text for line in truth if line.split in (Split.TRAIN, None)]
    counts = Counter(char for text in learned for char in text if not char.isspace())
    word, reason = _verdict(len(truth), len({line.page_id for line in truth}))
    seconds, measured = _step_seconds(project)
    steps = config.planned_steps(len(learned))
    minutes = steps * seconds / 60
    if config.max_minutes is not None:
        minutes = min(minutes, config.max_minutes)
    thin = tuple(sorted(((c, n) for c, n in counts.items() if n < THIN), key=lambda pair: pair[1]))
    return Readiness(dict(lines), pages, word, reason, thin, len(counts), minutes, measured)


def _verdict(lines: int, pages: int) -> tuple[str, str]:
    if lines == 0 or pages < 2:
        return "Not yet", "Correct lines on at least two pages: one to learn from, one to check on."
    if lines < 50:
        return "Worth a try", f"{lines} corrected lines; for print, 200 to 500 are recommended."
    if lines < 200:
        return "Good", f"{lines} corrected lines teach a printed type; 200 to 500 are recommended."
    return "Very good", f"{lines} corrected lines: enough for print; handwriting wants 800 to 1500."


def _step_seconds(project: Project) -> tuple[float, bool]:
    """Seconds a step took in the newest run that got anywhere."""
    for run in list_runs(project):
        points: list[CurvePoint] = curve(project, run.id)
        if len(points) >= 5:
            return points[-1].seconds / points[-1].step, True
    return ASSUMED_STEP_SECONDS, False
