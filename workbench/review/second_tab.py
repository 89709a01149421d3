"""Second reader: handing pages out, taking them back, deciding where both have written."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QPushButton

from core.errors import KnownError
from core.jobs import CancelToken
from core.storage.changes import Change
from core.storage.second_readings import SecondReading, open_second_readings, settle
from core.workflow.second_reader import (
    MergeReport,
    hand_out,
    last_agreement,
    merge,
    pages_between,
    receive,
)
from workbench.jobs import Job, JobOutcome, JobRunner, JobSucceeded
from workbench.review.pair_model import Pair
from workbench.review.pair_tab import PairTab
from workbench.scans.line_pictures import CropReader
from workbench.workspace import Workspace

KIND = "Packages of pages (*.lwpages)"
SUFFIX = ".lwpages"


class SecondReaderTab(PairTab):
    """Conflicts side by side; packages by the buttons."""

    title = "Second reader"
    titles = ("Here", "Second reader", "By")
    acts = ("Take ours", "Take theirs")
    job_name = "Looking for second readings"
    nothing = (
        "Nothing to decide",
        "Hand pages out, let a second reader work on them in a project of their own, and merge what comes "
        "back: lines that both of you have written are decided here.",
    )

    def __init__(self, workspace: Workspace, looking: JobRunner, crops: CropReader) -> None:
        super().__init__(workspace, looking, crops)
        self._merging: Job | None = None
        workspace.jobs.finished.connect(self._take_package)
        for words, act in (
            ("Hand out…", self._ask_hand_out),
            ("Receive…", self._ask_receive),
            ("Merge…", self._ask_merge),
        ):
            button = QPushButton(words)
            button.clicked.connect(act)
            self.bar_layout.insertWidget(2, button)

    def load(self, _cancel: CancelToken) -> Sequence[Pair]:
        """What is to be decided."""
        return [
            Pair(each.line_id, each.page_number, each.order, each.ours, each.text, each.author, each)
            for each in open_second_readings(self.workspace.project)
        ]

    def keep(self, pair: Pair) -> Change:
        """Ours is right."""
        return self._settle_reading(pair, None)

    def take(self, pair: Pair, text: str) -> Change:
        """Theirs, or a third text."""
        return self._settle_reading(pair, text)

    def _settle_reading(self, pair: Pair, text: str | None) -> Change:
        assert isinstance(pair.source, SecondReading)
        return settle(self.workspace.project, pair.source, text)

    def summary(self, count: int) -> str:
        """How many decisions wait, and how far the two agreed."""
        words = f"{count} line{'s' * (count != 1)} to decide" if count else ""
        known = last_agreement(self.workspace.project)
        if known is None:
            return words
        reader, found = known
        figures = (
            f"{reader or 'the second reader'} and we: CER {100 * found.cer:.2f} %, "
            f"{found.exact} of {found.lines} lines alike, κ {found.kappa:.3f}"
        )
        return f"{words}   ·   {figures}" if words else figures

    @Slot()
    def _ask_hand_out(self) -> None:
        words, agreed = QInputDialog.getText(self, "Hand out", "Pages (like 10-40; empty: all)")
        reader, agreed = QInputDialog.getText(self, "Hand out", "To whom") if agreed else ("", False)
        if not agreed:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Hand out", str(Path.home() / f"pages{SUFFIX}"), KIND)
        if name:
            self.hand_out(words, reader, Path(name))

    def hand_out(self, words: str, reader: str, file: Path) -> None:
        """Write pages to a file, behind the window."""
        project = self.workspace.project
        try:
            pages = pages_between(project, words)
        except KnownError as error:
            self.tell(str(error), "error")
            return
        self._run("Handing out pages", partial(hand_out, project, file, pages, reader))

    @Slot()
    def _ask_receive(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Receive a package", str(Path.home()), f"{KIND};;* (*)")
        folder = ""
        if name:
            folder, _ = QFileDialog.getSaveFileName(
                self, "Folder of the new project", str(Path(name).with_suffix(""))
            )
        if folder:
            self._run("Receiving pages", lambda: _received(Path(name), Path(folder)))

    @Slot()
    def _ask_merge(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Merge a package", str(Path.home()), f"{KIND};;* (*)")
        if name:
            self.merge(Path(name))

    def merge(self, file: Path) -> None:
        """Take in what a second reader has done, behind the window."""
        self._run("Merging", partial(merge, self.workspace.project, file))

    def _run(self, name: str, work: Callable[[], object]) -> None:
        self._merging = Job(name, lambda _cancel, _progress, _changed: work())
        self.workspace.jobs.start(self._merging)

    @Slot(object)
    def _take_package(self, outcome: JobOutcome) -> None:
        if outcome.job is not self._merging:
            return
        self._merging = None
        if isinstance(outcome, JobSucceeded):
            if isinstance(outcome.result, MergeReport):
                self.workspace.changes.announce(outcome.result.change)
                self.tell(merged_words(outcome.result), "done")
                self.reload()
            elif isinstance(outcome.result, str):
                self.tell(f"The project {outcome.result} is made; open it under Project.", "done")
            else:
                self.tell("The pages are handed out.", "done")


def _received(file: Path, folder: Path) -> str:
    with receive(file, folder) as project:
        return str(project.folder)


def merged_words(report: MergeReport) -> str:
    """What came of a merge, in one sentence or two."""
    words = f"{report.taken + report.drawn} texts taken"
    if report.drawn:
        words += f" ({report.drawn} of lines drawn there)"
    words += f", {report.same} the same on both sides, {report.conflicts} to decide."
    if report.gone:
        words += f" {report.gone} texts belong to lines that are no longer on their page; they are kept."
    if report.unknown_pages:
        words += f" Not in this project: {', '.join(report.unknown_pages)}."
    return words
