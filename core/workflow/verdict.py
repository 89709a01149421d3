"""What a training achieved, in plain words. No Qt."""

from dataclasses import dataclass

from core.document import Split
from core.evaluation.comparison import Outcome
from core.storage.project import Project
from core.wording import say, say_count
from core.workflow.judging import Judgement, judge_stored

_DECIMALS = 4
"""Decimals of a percentage at most."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence; ``better``: fewer errors; ``recommended``: proven so; ``worse``: how many lines lost."""

    text: str
    better: bool
    recommended: bool
    reason: str
    worse: int


def verdict(project: Project, base: str, model: str) -> Verdict | None:
    """A version beside what it was made from, on the test pages or, without those, the validation pages.

    Returns:
        ``None`` if the two were never scored on the same lines.
    """
    judgement = judge_stored(project, base, model)
    return in_words(judgement) if judgement else None


def in_words(judgement: Judgement) -> Verdict:
    """A judgement as a sentence."""
    comparison, decision = judgement.comparison, judgement.decision
    if not comparison.lines:
        return Verdict(say("There is no line left to compare it by."), False, False, decision.reason, 0)
    before, after = comparison.totals[0].cer, comparison.totals[-1].cer
    worse = comparison.count(Outcome.WORSE)
    numbers = say("{before:.2f} % → {after:.2f} %", before=100 * before, after=100 * after)
    where = _where(judgement)
    values = {
        "share": _share(abs(after - before) / before) if before else "",
        "where": where,
        "numbers": numbers,
        "tail": _lost(worse),
    }
    if after == before:
        text = say("Just as many wrong characters as before {where}: {numbers}; {tail}.", **values)
    elif after < before:
        text = say("{share} fewer wrong characters {where}: {numbers}; {tail}.", **values)
    elif not before:
        text = say("Wrong characters where there were none {where}: {numbers}; {tail}.", **values)
    else:
        text = say("{share} more wrong characters {where}: {numbers}; {tail}.", **values)
    return Verdict(text, after < before, decision.recommended, decision.reason, worse)


def _share(change: float) -> str:
    """A relative change in whole percent; with decimals where it would pass for none or for all."""
    words = (f"{100 * change:.{digits}f}" for digits in range(_DECIMALS))
    told = (text for text in words if change in (0, 1) or float(text) not in (0, 100))
    return f"{next(told, f'{100 * change:.{_DECIMALS}f}')} %"


def _where(judgement: Judgement) -> str:
    if judgement.split is Split.TEST:
        return say_count(
            judgement.pages,
            "on {count} page that it has never seen",
            "on {count} pages that it has never seen",
        )
    if judgement.split is Split.TRAIN:
        return say_count(
            judgement.pages,
            "on {count} page to learn from (no test page, so this flatters it)",
            "on {count} pages to learn from (no test pages, so this flatters it)",
        )
    return say_count(
        judgement.pages,
        "on {count} page that it was checked on (no test page, so this flatters it)",
        "on {count} pages that it was checked on (no test pages, so this flatters it)",
    )


def _lost(worse: int) -> str:
    if not worse:
        return say("no line got worse")
    return say_count(worse, "{count} line got worse", "{count} lines got worse")
