"""Whether a fine-tuning is worth a try, in one word with its reason, and how long it will take."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.characters.census import count_characters
from core.document import Split
from core.storage.lines import truth_text
from core.storage.models import get_model, promoted_model
from core.storage.pages import list_pages, page_progress
from core.storage.project import Project
from core.storage.splits import TEST_SHARE, VAL_SHARE, lack_of_pages
from core.training.config import FineTuneConfig
from core.wording import mark, say, say_count
from core.workflow.characters import model_charset
from core.workflow.pace import Pace

RECOMMENDED = (
    (mark("printed variants"), 200, 500),
    (mark("handwriting"), 800, 1500),
    (mark("rare characters"), 1000, None),
)
"""Corrected lines that the article Linewright grew from recommends, by kind of material."""

THIN = 3
"""A character with fewer examples than this is hardly learned."""

STARTUP = 6.0
"""Seconds for starting the worker and cropping the lines."""

WORTH_A_TRY = 50
GOOD = 200
VERY_GOOD = 500


class Grade(StrEnum):
    """How ready a project is."""

    NOT_YET = mark("Not yet")
    TRY = mark("Worth a try")
    GOOD = mark("Good")
    VERY_GOOD = mark("Very good")


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
    ``minutes`` is ``None`` until this machine's pace was measured.
    """

    pages: tuple[PageShare, ...]
    grade: Grade
    reason: str
    thin: tuple[tuple[str, int], ...]
    new: tuple[str, ...] | None
    characters: int
    minutes: float | None

    @property
    def word(self) -> str:
        """The grade in words."""
        return say(self.grade)

    @property
    def total(self) -> int:
        """All corrected lines."""
        return sum(page.lines for page in self.pages)

    def of_split(self, split: Split | None) -> list[PageShare]:
        """The pages that serve for one thing."""
        return [page for page in self.pages if page.split is split]


def readiness(
    project: Project, config: FineTuneConfig, base: str | None = None, pace: Pace | None = None
) -> Readiness:
    """Look at the corrected lines of a project.

    Args:
        project: The open project.
        config: Settings of the training that is planned.
        base: What it would start from; the promoted version by default.
        pace: How quick this machine is, if that was measured.
    """
    pages, progress = list_pages(project), page_progress(project)
    shares = tuple(
        PageShare(page.name, page.split, progress[page.id].truth) for page in pages if progress[page.id].truth
    )
    counts = count_characters(truth_text(project, (Split.TRAIN, None)))
    grade, reason = _grade(sum(share.lines for share in shares), lack_of_pages(pages, progress))
    version = get_model(project, base) if base else promoted_model(project)
    charset = model_charset(project, version)
    return Readiness(
        pages=shares,
        grade=grade,
        reason=reason,
        thin=tuple(
            sorted(((c, n) for c, n in counts.items() if n < THIN), key=lambda pair: (pair[1], pair[0]))
        ),
        new=None if charset is None else tuple(sorted(counts.keys() - set(charset.characters))),
        characters=len(counts),
        minutes=_minutes(shares, config, pace),
    )


def _grade(lines: int, lack: str) -> tuple[Grade, str]:
    """The grade of so many corrected lines, and why; ``lack``: why a training could not begin at all."""
    if lack:
        return Grade.NOT_YET, say_count(
            lines, "{count} corrected line. {lack}", "{count} corrected lines. {lack}", lack=lack
        )
    if lines < WORTH_A_TRY:
        return Grade.TRY, say(
            "Only {lines} corrected lines: a first model may help, {good} make it dependable.",
            lines=lines,
            good=GOOD,
        )
    if lines < GOOD:
        return Grade.TRY, say(
            "{lines} corrected lines: it will learn the commonest letters of a printed type.", lines=lines
        )
    if lines < VERY_GOOD:
        return Grade.GOOD, say(
            "{lines} corrected lines: enough for a printed type; a handwriting wants 800.", lines=lines
        )
    return Grade.VERY_GOOD, say(
        "{lines} corrected lines: plenty for print, and a start on handwriting.", lines=lines
    )


def _minutes(shares: Sequence[PageShare], config: FineTuneConfig, pace: Pace | None) -> float | None:
    """Learning, validating, and reading validation and test lines before and after."""
    if pace is None:
        return None
    learn, val, test = _counts(shares, config)
    seconds = config.planned_steps(learn) * config.batch_size * pace.learn
    seconds += (config.validations + 1) * val * pace.read
    seconds *= max(config.folds, 1)
    if config.max_minutes:
        seconds = min(seconds, 60 * config.max_minutes)
    return (STARTUP + seconds + 2 * (val + test) * pace.read) / 60


def _counts(shares: Sequence[PageShare], config: FineTuneConfig) -> tuple[int, int, int]:
    """Lines to learn from, to validate on and to test on; undecided ones by the shares they will fall in."""
    splits: Counter[Split | None] = Counter()
    for share in shares:
        splits[share.split] += share.lines
    undecided = splits[None]
    val = splits[Split.VAL] or round(VAL_SHARE * undecided)
    test = splits[Split.TEST] or round(TEST_SHARE * undecided)
    learn = splits[Split.TRAIN] + undecided - (val - splits[Split.VAL]) - (test - splits[Split.TEST])
    return min(learn, config.max_lines or learn), val, test
