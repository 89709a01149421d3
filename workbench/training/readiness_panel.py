"""Left side of Fine-tune: what the model will learn from, and whether that is enough."""

import unicodedata
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from core.document import Split
from core.wording import say, say_count
from core.workflow.readiness import RECOMMENDED, Grade, PageShare, Readiness
from workbench.theme import Theme

ROLES = {Grade.NOT_YET: "error", Grade.TRY: "doubt", Grade.GOOD: "done", Grade.VERY_GOOD: "done"}
SIGNS = {Grade.NOT_YET: "○", Grade.TRY: "◔", Grade.GOOD: "◕", Grade.VERY_GOOD: "●"}
"""The grade by shape, beside its colour."""

CHARACTERS_SHOWN = 24
PAGES_SHOWN = 4


class ReadinessPanel(QFrame):
    """Shows a ``Readiness``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ready: Readiness | None = None
        self._measuring = False
        self._word, self._reason, self._facts = QLabel(), QLabel(), QLabel()
        self._word.setProperty("role", "title")
        for label in (self._word, self._reason, self._facts):
            label.setWordWrap(True)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        parts: tuple[QWidget, ...] = (self._heading(), self._word, self._reason, self._facts)
        for part in parts:
            layout.addWidget(part)
        theme.changed.connect(self._redraw)

    def show_readiness(self, ready: Readiness, *, measuring: bool = False) -> None:
        """Show another state of the project; ``measuring``: how quick this machine is will be known soon."""
        self._ready, self._measuring = ready, measuring
        self._redraw()

    @property
    def word(self) -> str:
        """The grade as it is shown."""
        return self._word.text()

    def _heading(self) -> QLabel:
        heading = QLabel(say("What the model will learn from"))
        heading.setProperty("role", "heading")
        heading.setWordWrap(True)
        return heading

    @Slot()
    def _redraw(self) -> None:
        ready = self._ready
        if ready is None:
            return
        colour = getattr(self._theme.roles, f"{ROLES[ready.grade]}_text")
        self._word.setText(f"<span style='color:{colour}'>{SIGNS[ready.grade]} {ready.word}</span>")
        self._reason.setText(ready.reason)
        self._facts.setText(facts_html(ready, self._theme.roles.ink_soft, measuring=self._measuring))
        self._facts.setToolTip(_all_pages(ready))


def facts_html(ready: Readiness, soft: str, *, measuring: bool = False) -> str:
    """Lines by purpose, characters, time, as a small table; ``soft`` colours the captions."""
    rows = [
        (name, _pages_words(pages)) for split, name in _uses().items() if (pages := ready.of_split(split))
    ]
    rows.append((say("characters"), say("{count} different", count=ready.characters)))
    if ready.thin:
        rows.append((say("thin"), _thin_words(ready.thin)))
    rows.append((say("new to the base"), _new_words(ready.new)))
    rows.append((say("time"), _time_words(ready, measuring=measuring)))
    rows.append((say("recommended"), _recommendation()))
    cells = "".join(
        f"<tr><td style='color:{soft}'>{name}&nbsp;&nbsp;</td><td>{words}</td></tr>" for name, words in rows
    )
    return f"<table cellspacing='0' cellpadding='3'>{cells}</table>"


def _uses() -> dict[Split | None, str]:
    """What pages are used for."""
    return {
        Split.TRAIN: say("learn from"),
        Split.VAL: say("check on"),
        Split.TEST: say("test"),
        None: say("undecided"),
    }


def _pages_words(pages: list[PageShare]) -> str:
    lines, count = sum(page.lines for page in pages), len(pages)
    names = ", ".join(escape(page.name) for page in pages[:PAGES_SHOWN]) + (
        " …" if count > PAGES_SHOWN else ""
    )
    words = say_count(
        count,
        "{lines} on {count} page: {names}",
        "{lines} on {count} pages: {names}",
        lines=say_count(lines, "<b>{count}</b> line", "<b>{count}</b> lines"),
        names=names,
    )
    if pages[0].split is None:
        return say("{pages}; shared out by page when the training starts", pages=words)
    return words


def _all_pages(ready: Readiness) -> str:
    uses = _uses()
    return "\n".join(
        say_count(
            page.lines,
            "{page}: {count} line, {use}",
            "{page}: {count} lines, {use}",
            page=page.name,
            use=uses[page.split],
        )
        for page in ready.pages
    )


def _thin_words(thin: tuple[tuple[str, int], ...]) -> str:
    shown = thin[:CHARACTERS_SHOWN]
    by_count = {count: [char for char, n in shown if n == count] for _, count in shown}
    words = [
        say_count(
            count,
            "{count} example of {characters}",
            "{count} examples of {characters}",
            characters=escape(" ".join(map(_visible, chars))),
        )
        for count, chars in by_count.items()
    ]
    if more := len(thin) - len(shown):
        words.append(say("{count} more", count=more))
    return "; ".join(words)


def _new_words(new: tuple[str, ...] | None) -> str:
    if new is None:
        return say("told when the training starts")
    if not new:
        return say("none")
    shown = escape(" ".join(map(_visible, new[:CHARACTERS_SHOWN])))
    if len(new) <= CHARACTERS_SHOWN:
        return shown
    return say("{characters} and {count} more", characters=shown, count=len(new) - CHARACTERS_SHOWN)


def _time_words(ready: Readiness, *, measuring: bool) -> str:
    if ready.minutes is None:
        return say("measuring how quick this machine is …") if measuring else say("not measured here")
    if ready.minutes < 1:
        return say("<b>less than a minute</b>, as measured on this machine")
    return say("<b>about {minutes:.0f} min</b>, as measured on this machine", minutes=ready.minutes)


def _recommendation() -> str:
    return "; ".join(
        say("{lines} for {kind}", lines=f"{low}–{high}" if high else f"{low}+", kind=say(kind))
        for kind, low, high in RECOMMENDED
    )


def _visible(char: str) -> str:
    """A combining mark needs something to stand on."""
    return f"◌{char}" if unicodedata.combining(char) else char
