"""Two model versions weighed against each other, with all the evidence that the project holds."""

from dataclasses import dataclass

from core.characters.census import count_characters
from core.document import Split
from core.evaluation.classes import ClassErrors, class_errors
from core.evaluation.comparison import Comparison, Outcome, compare
from core.evaluation.gate import GateDecision, Legacy, decide
from core.evaluation.significance import Interval, difference_interval, sign_test
from core.storage.evaluations import latest_evaluation, line_scores
from core.storage.lines import page_of_lines, truth_text
from core.storage.models import get_model
from core.storage.project import Project


@dataclass(frozen=True, slots=True)
class Judgement:
    """The second version of a comparison against the first; ``chance`` is the sign test's probability."""

    comparison: Comparison
    split: Split
    pages: int
    interval: Interval | None
    chance: float
    legacy: Legacy | None
    decision: GateDecision


def judge_stored(project: Project, before: str, after: str) -> Judgement | None:
    """Judge by the newest evaluations on the test pages or, without those, the validation pages.

    Returns:
        ``None`` if the two were never scored on the same lines.
    """
    for split in (Split.TEST, Split.VAL):
        found = [latest_evaluation(project, name, split) for name in (before, after)]
        scores = {each.model: line_scores(project, each.id) for each in found if each}
        if len(scores) == 2 and (comparison := compare(scores)).lines:
            return judge(project, comparison, split)
    return None


def judge(project: Project, comparison: Comparison, split: Split) -> Judgement:
    """Judge the last model of a comparison against the first."""
    lines = comparison.lines
    pages = page_of_lines(project, [line.line_id for line in lines])
    known = [line for line in lines if line.line_id in pages]  # a line may have been deleted since
    interval = difference_interval(known, pages)
    legacy = _legacy(project, comparison)
    return Judgement(
        comparison=comparison,
        split=split,
        pages=len(set(pages.values())),
        interval=interval,
        chance=sign_test(comparison.count(Outcome.BETTER), comparison.count(Outcome.WORSE)),
        legacy=legacy,
        decision=decide(
            interval, legacy, (comparison.totals[0], comparison.totals[-1]), tested=split is Split.TEST
        ),
    )


def errors_by_class(project: Project, comparison: Comparison) -> list[ClassErrors]:
    """Errors of the first and the last model by class of character; it aligns all lines, which takes time."""
    learned = count_characters(truth_text(project, (Split.TRAIN,)))
    scores = [[line.scores[place] for line in comparison.lines] for place in (0, -1)]
    return class_errors(scores, learned)


def _legacy(project: Project, comparison: Comparison) -> Legacy | None:
    """How the later version reads ordinary print, beside what it was made from."""
    before, after = get_model(project, comparison.models[-1]).data.get("legacy_cer", (None, None))
    return None if before is None or after is None else Legacy(before, after)
