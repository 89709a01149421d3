"""Left side of Fine-tune: what the model will learn from, and whether that is enough."""

import unicodedata
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from core.document import Split
from core.workflow.readiness import RECOMMENDED, Grade, PageShare, Readiness
from workbench.theme import Theme

ROLES = {Grade.NOT_YET: "error", Grade.TRY: "doubt", Grade.GOOD: "done", Grade.VERY_GOOD: "done"}
SIGNS = {Grade.NOT_YET: "○", Grade.TRY: "◔", Grade.GOOD: "◕", Grade.VERY_GOOD: "●"}
"""The grade by shape, beside its colour."""

NAMES = {Split.TRAIN: "learn from", Split.VAL: "check on", Split.TEST: "test", None: "undecided"}
CHARACTERS_SHOWN = 24
PAGES_SHOWN = 4


class ReadinessPanel(QFrame):
    """Shows a ``Readiness``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ready: Readiness | None = None
        self._word, self._reason, self._facts = QLabel(), QLabel(), QLabel()
        self._word.setProperty("role", "title")
        for label in (self._reason, self._facts):
            label.setWordWrap(True)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        parts: tuple[QWidget, ...] = (self._heading(), self._word, self._reason, self._facts)
        for part in parts:
            layout.addWidget(part)
        theme.changed.connect(self._redraw)

    def show_readiness(self, ready: Readiness) -> None:
        """Show another state of the project."""
        self._ready = ready
        self._redraw()

    @property
    def word(self) -> str:
        """The grade as it is shown."""
        return self._word.text()

    def _heading(self) -> QLabel:
        heading = QLabel("What the model will learn from")
        heading.setProperty("role", "heading")
        return heading

    @Slot()
    def _redraw(self) -> None:
        ready = self._ready
        if ready is None:
            return
        colour = getattr(self._theme.roles, f"{ROLES[ready.grade]}_text")
        self._word.setText(f"<span style='color:{colour}'>{SIGNS[ready.grade]} {ready.word}</span>")
        self._reason.setText(ready.reason)
        self._facts.setText(facts_html(ready, self._theme.roles.ink_soft))
        self._facts.setToolTip(_all_pages(ready))


def facts_html(ready: Readiness, soft: str) -> str:
    """Lines by purpose, characters, time, as a small table; ``soft`` colours the captions."""
    rows = [(NAMES[split], _pages_words(pages)) for split in NAMES if (pages := ready.of_split(split))]
    rows.append(("characters", f"{ready.characters} different"))
    if ready.thin:
        rows.append(("thin", _thin_words(ready.thin)))
    rows.append(("new to the base", _new_words(ready.new)))
    rows.append(("time", _time_words(ready)))
    rows.append(("recommended", _recommendation()))
    cells = "".join(
        f"<tr><td style='color:{soft}'>{name}&nbsp;&nbsp;</td><td>{words}</td></tr>" for name, words in rows
    )
    return f"<table cellspacing='0' cellpadding='3'>{cells}</table>"


def _pages_words(pages: list[PageShare]) -> str:
    lines, count = sum(page.lines for page in pages), len(pages)
    names = ", ".join(escape(page.name) for page in pages[:PAGES_SHOWN]) + (
        " …" if count > PAGES_SHOWN else ""
    )
    if pages[0].split is None:
        names += "; shared out by page when the training starts"
    return f"<b>{lines}</b> lines on {count} page{'' if count == 1 else 's'}: {names}"


def _all_pages(ready: Readiness) -> str:
    return "\n".join(f"{page.name}: {page.lines} lines, {NAMES[page.split]}" for page in ready.pages)


def _thin_words(thin: tuple[tuple[str, int], ...]) -> str:
    shown = thin[:CHARACTERS_SHOWN]
    by_count = {count: [char for char, n in shown if n == count] for _, count in shown}
    words = "; ".join(
        f"{count} example{'' if count == 1 else 's'} of " + escape(" ".join(map(_visible, chars)))
        for count, chars in by_count.items()
    )
    return words + (f"; {len(thin) - len(shown)} more" if len(thin) > len(shown) else "")


def _new_words(new: tuple[str, ...] | None) -> str:
    if new is None:
        return "told when the training starts"
    if not new:
        return "none"
    more = f" and {len(new) - CHARACTERS_SHOWN} more" if len(new) > CHARACTERS_SHOWN else ""
    return escape(" ".join(map(_visible, new[:CHARACTERS_SHOWN]))) + more


def _time_words(ready: Readiness) -> str:
    if ready.minutes is None:
        return "measuring how quick this machine is …"
    minutes = "less than a minute" if ready.minutes < 1 else f"about {ready.minutes:.0f} min"
    return f"<b>{minutes}</b>, as measured on this machine"


def _recommendation() -> str:
    return "; ".join(f"{low}{f'–{high}' if high else '+'} for {kind}" for kind, low, high in RECOMMENDED)


def _visible(char: str) -> str:
    """A combining mark needs something to stand on."""
    return f"◌{char}" if unicodedata.combining(char) else char
