"""Whether a model version may be recommended in place of another."""

from dataclasses import dataclass

from core.evaluation.metrics import Totals
from core.evaluation.significance import Interval
from core.wording import say, say_count

LEGACY_MARGIN = 0.01
"""By so much (CER, a fraction) reading of ordinary print may fall: one more wrong character in a hundred."""

ENOUGH_PAGES = 5
"""With fewer test pages only a gain that is alike on all of them can be told from chance."""


@dataclass(frozen=True, slots=True)
class Legacy:
    """CERs on the frozen set of ordinary print, of the version in use and of the new one."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class GateDecision:
    """Whether to recommend, and the sentence that says why or why not."""

    recommended: bool
    reason: str


def decide(
    interval: Interval | None,
    legacy: Legacy | None,
    totals: tuple[Totals, Totals],
    *,
    tested: bool,
    left_out: int = 0,
) -> GateDecision:
    """Recommend a version only if being worse is ruled out, on its own pages and on ordinary print.

    Args:
        interval: Of the CER difference on the project's own test lines.
        legacy: Ordinary print; ``None`` if it was not read.
        totals: Both versions on the test lines, the one in use first.
        tested: Whether the lines are test lines; on validation lines the version was chosen, so they flatter.
        left_out: How many lines do not count because one of the versions learned them or was checked on them.
    """
    decision = _decided(interval, legacy, totals, tested)
    if not left_out:
        return decision
    note = say_count(
        left_out,
        "{count} line of pages that one of the two has learned or was checked on, be it from another scan, "
        "is left out.",
        "{count} lines of pages that one of the two has learned or was checked on, be it from another scan, "
        "are left out.",
    )
    return GateDecision(decision.recommended, say("{reason} {note}", reason=decision.reason, note=note))


def _decided(
    interval: Interval | None, legacy: Legacy | None, totals: tuple[Totals, Totals], tested: bool
) -> GateDecision:
    if not tested:
        return _refused(
            say(
                "it was not tested on pages that it has never seen: compare on the test pages; if there are "
                "none, set some pages to “test”"
            )
        )
    if interval is None or not totals[0].characters:
        return _refused(say("there are too few test lines to tell"))
    if doubt := _doubt_of_gain(interval, totals):
        return _refused(doubt)
    if legacy is not None and legacy.after > legacy.before + LEGACY_MARGIN:
        return _refused(
            say(
                "it has forgotten ordinary print: CER {before:.1f} % → {after:.1f} % there",
                before=100 * legacy.before,
                after=100 * legacy.after,
            )
        )
    return GateDecision(
        True,
        say(
            "Recommended: CER changes by {low:+.2f} to {high:+.2f} percentage points (95 %) on the test "
            "lines.",
            low=100 * interval.low,
            high=100 * interval.high,
        ),
    )


def _doubt_of_gain(interval: Interval, totals: tuple[Totals, Totals]) -> str:
    """Why it is not proven that the new version reads other pages of this kind better; empty if it is."""
    before, after = totals
    low, high = 100 * interval.low, 100 * interval.high
    if low > 0:
        return say(
            "it reads the test lines worse: CER {before:.2f} % → {after:.2f} %",
            before=100 * before.cer,
            after=100 * after.cer,
        )
    if before.edits == after.edits == 0:
        return say("both versions read the test lines without an error, so none can be better there")
    if interval.low == interval.high:
        return say("each test line has just as many errors as before, so neither version is better there")
    if not interval.by_page:
        return say(
            "all its test lines are of a single page or book, which tells nothing of others; correct "
            "lines of more pages and set them to “test”"
        )
    if interval.excludes_worse:
        return ""
    if interval.units < ENOUGH_PAGES:
        return say(
            "{count} test pages are too few to tell: CER changes by {low:+.2f} to {high:+.2f} percentage "
            "points (95 %); correct lines of more pages and set them to “test”",
            count=interval.units,
            low=low,
            high=high,
        )
    return say(
        "it may be chance: CER changes by {low:+.2f} to {high:+.2f} percentage points (95 %); more test "
        "pages would tell",
        low=low,
        high=high,
    )


def _refused(why: str) -> GateDecision:
    return GateDecision(False, say("Not recommended: {why}.", why=why))
