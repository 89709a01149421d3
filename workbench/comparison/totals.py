"""The totals of a comparison, as a small table in words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

from core.evaluation.comparison import Comparison, Outcome
from core.evaluation.metrics import Totals
from core.wording import say
from core.workflow.judging import Judgement


class TotalsLabel(QLabel):
    """Says what a comparison found; before the first one, how to make it."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Choose two model versions and press Compare.\n"
                "Lines of the test pages whose text is corrected are read by both."
            )
        )
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setMargin(16)

    def show_comparison(self, comparison: Comparison, judgement: Judgement | None, soft: str) -> None:
        """Tell of another comparison."""
        self.setText(totals_html(comparison, judgement, soft))
        self._take_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A narrower label is a higher one."""
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        """No line of it is cut off, however the splitter is drawn."""
        self.setMinimumHeight(self.heightForWidth(self.width()))


def totals_html(comparison: Comparison, judgement: Judgement | None, soft: str) -> str:
    """Totals side by side, how many lines became better or worse, and what that proves.

    ``soft`` colours the captions.
    """
    rows = "".join(
        f"<tr><td><b>{name}</b></td>{_cells(t)}</tr>"
        for name, t in zip(comparison.models, comparison.totals, strict=True)
    )
    names = (say("CER"), say("accuracy"), say("WER"), say("exact"))
    captions = "".join(f"<td align='right' style='color:{soft}'>{name}</td>" for name in names)
    counts = say(
        "{lines} lines: <b>{better}</b> better, <b>{worse}</b> worse, <b>{same}</b> same.",
        lines=len(comparison.lines),
        better=comparison.count(Outcome.BETTER),
        same=comparison.count(Outcome.SAME),
        worse=comparison.count(Outcome.WORSE),
    )
    proof = _proof(judgement) if judgement else ""
    return f"<table cellpadding='4'><tr><td></td>{captions}</tr>{rows}</table><p>{counts}</p>{proof}"


def _proof(judgement: Judgement) -> str:
    return f"<p><b>{judgement.decision.reason}</b> {chance_words(judgement.chance)}</p>"


def chance_words(chance: float) -> str:
    """How often two equally good models would differ so much; ``chance`` is a probability (0-1)."""
    if chance < 0.001:
        return say("Chance alone would do that in less than 1 of 1,000 cases.")
    if chance < 0.01:
        return say("Chance alone would do that in about {count} of 1,000 cases.", count=round(1000 * chance))
    return say("Chance alone would do that in about {count} of 100 cases.", count=round(100 * chance))


def _cells(totals: Totals) -> str:
    shares = (f"{100 * share:.2f}&nbsp;%" for share in (totals.cer, totals.accuracy_lcs, totals.wer))
    return "".join(f"<td align='right'>{value}</td>" for value in (*shares, totals.exact))
