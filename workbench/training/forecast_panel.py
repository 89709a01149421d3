"""What more corrected lines are likely to bring, and the pages to correct next."""

from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from core.document import Split
from core.wording import say, say_count
from core.workflow.forecasting import Forecast
from core.workflow.next_pages import NextPage
from workbench.theme import Theme


class ForecastPanel(QFrame):
    """Shows a ``Forecast``; ``page_wanted`` carries the id of the page whose link was taken."""

    page_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pages: tuple[NextPage, ...] = ()
        self.sentence, self.pages = QLabel(), QLabel()
        for label in (self.sentence, self.pages):
            label.setWordWrap(True)
        self.pages.setTextFormat(Qt.TextFormat.RichText)
        self.pages.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.pages.setAccessibleName(say("Pages to correct next"))
        self.pages.linkActivated.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.sentence)
        layout.addWidget(self.pages)
        theme.changed.connect(self._show_pages)
        self.hide()

    def show_forecast(self, found: Forecast) -> None:
        """Show another forecast."""
        self.sentence.setText(sentence(found))
        self._pages = found.pages
        self._show_pages()
        self.show()

    @Slot()
    def _show_pages(self) -> None:
        colour = self._theme.roles.accent_text
        links = ", ".join(
            f"<a style='color:{colour}' href='{page.page_id}'>{escape(_page_words(page))}</a>"
            for page in self._pages
        )
        self.pages.setText(say("Correct next: {pages}", pages=links))
        self.pages.setToolTip("\n".join(_page_tip(page) for page in self._pages))
        self.pages.setVisible(bool(self._pages))

    @Slot(str)
    def _open(self, link: str) -> None:
        self.page_wanted.emit(int(link))


def sentence(found: Forecast) -> str:
    """The forecast in words."""
    if not found.ahead:
        return say("No forecast yet: it needs one training that is not cut short.")
    now, more = found.ahead[:2]
    values = {
        "more": more.lines - now.lines,
        "now": 100 * now.cer,
        "then": 100 * more.cer,
        "low": 100 * more.low,
        "high": 100 * more.high,
    }
    if found.split is Split.TEST:
        return say(
            "{more} more lines of this kind: CER {now:.1f} % → about {then:.1f} % (likely {low:.1f} to "
            "{high:.1f} %).",
            **values,
        )
    return say(
        "{more} more lines of this kind: CER {now:.1f} % → about {then:.1f} % (likely {low:.1f} to "
        "{high:.1f} %; there is no test page, so this flatters it).",
        **values,
    )


def _page_words(page: NextPage) -> str:
    return say("page {number}", number=page.number)


def _page_tip(page: NextPage) -> str:
    return say_count(
        page.lines,
        "Page {number}, {name}: {count} open line",
        "Page {number}, {name}: {count} open lines",
        number=page.number,
        name=page.name,
    )
