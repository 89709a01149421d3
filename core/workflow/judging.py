"""Two model versions weighed against each other, with all the evidence that the project holds."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from core.characters.census import count_characters
from core.document import Split
from core.evaluation.classes import ClassErrors, class_errors
from core.evaluation.comparison import Comparison, Outcome, compare
from core.evaluation.gate import GateDecision, Legacy, decide
from core.evaluation.metrics import score_line
from core.evaluation.significance import Interval, difference_interval, sign_test
from core.storage.evaluations import latest_evaluation, line_scores
from core.storage.lines import TruthLine, truth_lines, truth_text
from core.storage.models import get_model, list_models
from core.storage.pages import list_pages, page_progress
from core.storage.project import Project
from core.versions import LineScore, ModelVersion
from core.wording import say
from core.workflow.suspects import learned_pages
from core.workflow.twin_pages import twins_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """The second version of a comparison against the first; ``chance`` is the sign test's probability.

    ``comparison`` holds the lines that count; ``left_out`` is the number of lines that do not, because one of
    the versions has learned their page or was checked on it, be it from another scan. ``pages`` counts
    pictures of single lines by the page or book that they were cut from.
    """

    comparison: Comparison
    split: Split
    pages: int
    left_out: int
    interval: Interval | None
    chance: float
    legacy: Legacy | None
    decision: GateDecision


def judge_stored(project: Project, before: str, after: str) -> Judgement | None:
    """Judge by the newest evaluations on the test pages or, without those, the validation pages.

    Readings count against the text as it stands now: who looks at the lines that got worse often finds that
    the text was wrong.

    Returns:
        ``None`` if the two were never scored on the same lines.
    """
    found = None
    for split in (Split.TEST, Split.VAL):
        newest = {
            name: each.id for name in (before, after) if (each := latest_evaluation(project, name, split))
        }
        if len(newest) < 2:
            continue
        truth = truth_lines(project, split)
        texts = {line.image.line_id: line.text for line in truth}
        comparison = compare(
            {name: _scored_now(line_scores(project, each), texts) for name, each in newest.items()}
        )
        if comparison.lines:
            judgement = _judged(project, comparison, split, truth)
            if judgement.comparison.lines:
                return judgement
            found = found or judgement
    return found


def _scored_now(scores: Sequence[LineScore], truths: Mapping[int, str]) -> list[LineScore]:
    """Scores of the lines that are still there, by the texts (by line id) of now."""
    return [
        score
        if score.truth == truths[score.line_id]
        else score_line(score.line_id, truths[score.line_id], score.text, score.promised)
        for score in scores
        if score.line_id in truths
    ]


def judge(project: Project, comparison: Comparison, split: Split) -> Judgement:
    """Judge the last model of a comparison against the first, by the lines that are still there.

    Lines that were taken away since, or stand on pages of another split now, do not count; neither do lines
    of pages that one of the versions has learned or, if they are test pages today, was checked on, nor those
    of another scan of such a page.
    """
    return _judged(project, comparison, split, truth_lines(project, split))


def _judged(project: Project, comparison: Comparison, split: Split, truth: Sequence[TruthLine]) -> Judgement:
    """``judge``, by the lines of the split as they are now."""
    present = {line.image.line_id: line.page_id for line in truth}
    known = _known_pages(project, comparison.models, split, truth)
    pages = {line_id: page for line_id, page in present.items() if page not in known}
    scored = sum(line.line_id in present for line in comparison.lines)
    comparison = comparison.restricted(pages)
    pages = {line.line_id: pages[line.line_id] for line in comparison.lines}
    left_out = scored - len(comparison.lines)
    units = _units(project, pages)
    interval = difference_interval(comparison.lines, units)
    legacy = _legacy(project, comparison)
    totals = (comparison.totals[0], comparison.totals[-1])
    return Judgement(
        comparison=comparison,
        split=split,
        pages=len(set(units.values())),
        left_out=left_out,
        interval=interval,
        chance=sign_test(comparison.count(Outcome.BETTER), comparison.count(Outcome.WORSE)),
        legacy=legacy,
        decision=decide(interval, legacy, totals, tested=split is Split.TEST, left_out=left_out),
    )


def chance_words(chance: float) -> str:
    """How often two equally good models would differ so much; ``chance`` is a probability (0-1).

    Lines of a page share hand and print, so that is less often than in truth: only the interval weighs pages.
    """
    if chance < 0.001:
        return say("Chance alone would do that in less than 1 of 1,000 cases if each line stood for itself.")
    if chance < 0.01:
        return say(
            "Chance alone would do that in about {count} of 1,000 cases if each line stood for itself.",
            count=round(1000 * chance),
        )
    return say(
        "Chance alone would do that in about {count} of 100 cases if each line stood for itself.",
        count=round(100 * chance),
    )


def errors_by_class(project: Project, comparison: Comparison) -> list[ClassErrors]:
    """Errors of the first and the last model by class of character; it aligns all lines, which takes time."""
    learned = count_characters(truth_text(project, (Split.TRAIN,)))
    scores = [[line.scores[place] for line in comparison.lines] for place in (0, -1)]
    return class_errors(scores, learned)


def _known_pages(
    project: Project, models: Sequence[str], split: Split, truth: Sequence[TruthLine]
) -> frozenset[int]:
    """Pages that one of some versions knows too well to be judged by them, be it from another scan."""
    if split is Split.TRAIN:
        return frozenset()
    tested = split is Split.TEST
    known = frozenset().union(*learned_pages(project, models, checked=tested).values())
    if not known:
        return known
    served = (Split.TRAIN, Split.VAL) if tested else (Split.TRAIN,)
    texts = truth_text(project, served, between="\n").split("\n")
    return known | twins_of(texts, ((line.page_id, line.text) for line in truth))


def _units(project: Project, pages: Mapping[int, int]) -> dict[int, Hashable]:
    """What counts as one piece of evidence, by line id: its page; of pictures of single lines, their group.

    Args:
        project: The open project.
        pages: Page by line id.
    """
    progress = page_progress(project)
    units: dict[int, Hashable] = {
        page.id: page.group if progress[page.id].lines == 1 else page.id for page in list_pages(project)
    }
    return {line_id: units[page] for line_id, page in pages.items()}


def _legacy(project: Project, comparison: Comparison) -> Legacy | None:
    """How both versions read the same lines of ordinary print.

    Not only what the later one was made from: otherwise each generation might forget a little for itself.
    """
    versions = list_models(project)
    before, after = (_ordinary_print(versions, comparison.models[place]) for place in (0, -1))
    for lines, cer in after.items():
        if lines in before:
            return Legacy(before[lines], cer)
    # never read on the same lines, as their charsets differ or nothing was noted: what the later one lost
    lost, left = _noted(get_model(project, comparison.models[-1]))
    return None if lost is None or left is None else Legacy(lost, left)


def _ordinary_print(versions: Sequence[ModelVersion], name: str) -> dict[str, float]:
    """CER of a version by the lines: after its training, then as versions made from it found it."""
    found: dict[str, float] = {}
    own = [each for each in versions if each.name == name]
    made = [each for each in versions if each.parent == name]
    for version, place in [*((each, 1) for each in own), *((each, 0) for each in made)]:
        cer = _noted(version)[place]
        if cer is not None:  # older programs noted no lines: they were the same before and after, no more
            found.setdefault(version.data.get("legacy_lines", version.name), cer)
    return found


def _noted(version: ModelVersion) -> tuple[float | None, float | None]:
    """CER on ordinary print before and after the training of a version, as far as it was read."""
    before, after = version.data.get("legacy_cer", (None, None))
    return before, after
