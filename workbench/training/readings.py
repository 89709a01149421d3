"""A few validation lines as the model read them first and reads them now."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.evaluation.alignment import SpanKind, align
from core.training.events import SampleReading
from core.wording import say
from workbench.theme import Theme
from workbench.theme.fonts import reading_font

SHOWN = 3
PIXELS = 16
LOST = "‸"
"""Stands where the model lost characters."""


class Readings(QLabel):
    """A table: what stands there, what was read at first, what is read now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setFont(reading_font(PIXELS))
        self.setAccessibleName(say("Validation lines as they are read now"))
        self.hide()

    def show_samples(self, first: Mapping[int, SampleReading], now: Sequence[SampleReading]) -> None:
        """Show some lines, those that changed most first."""
        roles = self._theme.roles
        shown = sorted(now, key=lambda s: first.get(s.line_id, s).text == s.text)[:SHOWN]
        rows = []
        for sample in shown:
            for name, text in (
                (say("first"), first.get(sample.line_id, sample).text),
                (say("now"), sample.text),
            ):
                marked = marked_html(sample.truth, text, roles.error_text, roles.error_soft)
                rows.append(
                    f"<tr><td style='color:{roles.ink_soft}'>{name}&nbsp;&nbsp;</td><td>{marked}</td></tr>"
                )
        self.setText(f"<table cellspacing='0' cellpadding='2'>{''.join(rows)}</table>")
        self.setVisible(bool(rows))


def marked_html(truth: str, text: str, ink: str, ground: str) -> str:
    """A reading with its wrong characters coloured and underlined."""
    parts = []
    for span in align(truth, text):
        shown = escape(span.read or LOST)
        if span.kind is SpanKind.EQUAL:
            parts.append(shown)
        else:
            parts.append(f"<u style='color:{ink};background:{ground}'>{shown}</u>")
    return "".join(parts)
