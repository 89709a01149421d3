"""The totals of a comparison, as a small table in words, over its scatter."""

from html import escape

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QSplitter, QWidget

from core.evaluation import metrics
from core.evaluation.comparison import Comparison, Outcome
from core.wording import say
from core.workflow.judging import Judgement, chance_words

LEAST, SCATTER = 96, 240
"""Px of height of either part at least, and of the scatter as long as nobody wants it smaller."""


class Totals(QScrollArea):
    """Says what a comparison found; before the first one, how to make it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAccessibleName(say("Totals of the comparison"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setMinimumHeight(LEAST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = QLabel(
            say(
                "Choose two model versions and press Compare.\n"
                "Lines of the test pages whose text is corrected are read by both."
            )
        )
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setObjectName("pane")
        self._text.setMargin(16)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        policy = self._text.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Ignored)  # else it wants the height of a narrower one
        self._text.setSizePolicy(policy)
        self.setWidget(self._text)

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    @property
    def wanted_height(self) -> int:
        """Px at which nothing of it has to be scrolled."""
        room = self.contentsRect()
        return self._text.heightForWidth(room.width()) + self.height() - room.height()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Its table is never cut off at the side."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._text.minimumSizeHint().width() + bar, LEAST)

    def show_comparison(self, comparison: Comparison, judgement: Judgement | None, soft: str) -> None:
        """Tell of another comparison."""
        self._text.setText(totals_html(comparison, judgement, soft))
        self.updateGeometry()


class Overview(QSplitter):
    """The totals over the scatter, which gets what they leave, until somebody moves the edge between them."""

    def __init__(self, totals: Totals, scatter: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._totals = totals
        self._moved = False
        scatter.setMinimumHeight(LEAST)
        self.addWidget(totals)
        self.addWidget(scatter)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._note_moved)

    @Slot()
    def divide(self) -> None:
        """Give the totals the room that they want, if the scatter keeps enough."""
        if not self._moved:
            upper = max(min(self._totals.wanted_height, self.height() - SCATTER), LEAST)
            self.setSizes([upper, self.height() - upper])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrower totals are higher ones."""
        super().resizeEvent(event)
        self.divide()

    @Slot()
    def _note_moved(self) -> None:
        self._moved = True


def totals_html(comparison: Comparison, judgement: Judgement | None, soft: str) -> str:
    """Totals side by side, how many lines became better or worse, and what that proves.

    ``soft`` colours the captions.
    """
    # In a row of its own a name is not broken at its hyphens.
    rows = "".join(
        f"<tr><td colspan='4'><b>{escape(name)}</b></td></tr><tr>{_cells(t)}</tr>"
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
    return f"<table cellpadding='4'><tr>{captions}</tr>{rows}</table><p>{counts}</p>{proof}"


def _proof(judgement: Judgement) -> str:
    return f"<p><b>{escape(judgement.decision.reason, quote=False)}</b> {chance_words(judgement.chance)}</p>"


def _cells(totals: metrics.Totals) -> str:
    shares = (f"{100 * share:.2f}&nbsp;%" for share in (totals.cer, totals.accuracy_lcs, totals.wer))
    return "".join(f"<td align='right'>{value}</td>" for value in (*shares, totals.exact))
