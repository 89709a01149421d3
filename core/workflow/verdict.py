"""What a training achieved, in plain words. No Qt."""

from dataclasses import dataclass

from core.document import Split
from core.evaluation.comparison import Comparison, Outcome, compare
from core.storage.evaluations import latest_evaluation, line_scores
from core.storage.lines import pages_of_lines
from core.storage.project import Project

_WHERE = {
    Split.TEST: "that it has never seen",
    Split.VAL: "that it was checked on (there is no test page, so this flatters it)",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence; ``better`` tells whether the new version is worth using, ``worse`` how many lines lost."""

    text: str
    better: bool
    worse: int


def verdict(project: Project, base: str, model: str) -> Verdict | None:
    """A version beside what it was made from, on the test pages or, without those, the validation pages.

    Returns:
        ``None`` if the two were never scored on the same lines.
    """
    for split in (Split.TEST, Split.VAL):
        comparison = _compared(project, base, model, split)
        if comparison and comparison.lines:
            return _judge(comparison, _pages(project, comparison), split)
    return None


def _compared(project: Project, base: str, model: str, split: Split) -> Comparison | None:
    evaluations = [latest_evaluation(project, name, split) for name in (base, model)]
    found = [evaluation for evaluation in evaluations if evaluation]
    if len(found) < 2:
        return None
    return compare({evaluation.model: line_scores(project, evaluation.id) for evaluation in found})


def _pages(project: Project, comparison: Comparison) -> int:
    ids = {line.line_id for line in comparison.lines}
    return len(pages_of_lines(project, ids))


def _judge(comparison: Comparison, pages: int, split: Split) -> Verdict:
    before, after = (totals.cer for totals in comparison.totals)
    where = f"on {pages} page{'' if pages == 1 else 's'} {_WHERE[split]}"
    numbers = f"{100 * before:.1f} % → {100 * after:.1f} %"
    worse = comparison.count(Outcome.WORSE)
    if after == before:
        return Verdict(f"Just as many wrong characters as before {where}: {numbers}.", False, worse)
    change = abs(after - before) / before if before else 1.0
    word = "fewer" if after < before else "more"
    tail = f"; {worse} line{'' if worse == 1 else 's'} got worse" if worse else "; no line got worse"
    return Verdict(f"{change:.0%} {word} wrong characters {where}: {numbers}{tail}.", after < before, worse)
