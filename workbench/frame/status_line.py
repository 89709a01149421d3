"""The status line: how far the project is, that work is saved, what runs."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from core.document import PageProgress
from core.wording import say, say_count
from workbench.frame.job_bar import JobBar
from workbench.jobs import JobRunner


class StatusLine(QFrame):
    """Always visible."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self._lines, self._saved = QLabel(), QLabel()
        self._bars: list[JobBar] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 16, 4)
        self._row.setSpacing(16)
        self._row.addWidget(self._lines)
        self._row.addWidget(self._saved)
        self._row.addStretch(1)

    @property
    def bars(self) -> Sequence[JobBar]:
        """One for each runner that is watched."""
        return tuple(self._bars)

    def watch(self, runners: Sequence[JobRunner]) -> None:
        """Show what these runners do, and no others."""
        for bar in self._bars:
            self._row.removeWidget(bar)
            bar.deleteLater()
        self._bars = [JobBar(runner) for runner in runners]
        for bar in self._bars:
            self._row.addWidget(bar)
        self._saved.clear()

    def show_progress(self, pages: int, progress: PageProgress) -> None:
        """How many lines of the project, on so many pages, a human has finished with."""
        done, lines = progress.done, progress.lines
        self._lines.setText(
            say("{done:,} of {lines:,} lines corrected", done=done, lines=lines)
            if lines
            else say_count(pages, "{count:,} page, no lines yet", "{count:,} pages, no lines yet")
        )

    def show_saved(self, at: dt.datetime) -> None:
        """When human work was committed last."""
        self._saved.setText(say("saved {time:%H:%M:%S}", time=at.astimezone()))
