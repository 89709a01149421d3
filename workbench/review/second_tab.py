"""Second reader: handing pages out, taking them back, deciding where both have written."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog

from core.document import Page
from core.exchange.package import SUFFIX
from core.jobs import CancelToken
from core.storage.changes import Change
from core.storage.pages import list_pages
from core.storage.second_readings import SecondReading, open_second_readings, settle
from core.wording import say, say_count
from core.workflow.merge_report import MergeReport, merged_words
from core.workflow.merging import last_agreement, merge
from core.workflow.second_reader import hand_out, refuses_hand_out
from workbench.command import CommandButton
from workbench.jobs import Job, JobOutcome, JobRunner, JobSucceeded
from workbench.receiving import packages_kind
from workbench.review.hand_out_dialog import HandOutDialog
from workbench.review.pair_model import Pair
from workbench.review.pair_tab import PairTab
from workbench.scans.line_pictures import CropReader
from workbench.workspace import Workspace


class SecondReaderTab(PairTab):
    """Conflicts side by side; packages by the buttons."""

    name = "second"

    @property
    def title(self) -> str:
        """What the tab is called."""
        return say("Second reader")

    @property
    def titles(self) -> tuple[str, str, str]:
        """Ours, theirs, whose."""
        return say("Here"), say("Second reader"), say("By")

    @property
    def acts(self) -> tuple[str, str]:
        """The two decisions."""
        return say("Take ours"), say("Take theirs")

    @property
    def job_name(self) -> str:
        """What finding the pairs is called."""
        return say("Looking for second readings")

    @property
    def nothing(self) -> tuple[str, str]:
        """How the tab comes to be filled."""
        return (
            say("Nothing to decide"),
            say(
                "Hand pages out, let a second reader work on them in a project of their own (Project, Open a "
                "package), and merge what comes back: lines that both of you have written are decided here."
            ),
        )

    def __init__(self, workspace: Workspace, looking: JobRunner, crops: CropReader) -> None:
        super().__init__(workspace, looking, crops)
        self._packages: set[Job] = set()
        workspace.jobs.finished.connect(self._take_package)
        make = self.command
        for place, command in enumerate(
            (
                make("hand-out", say("Hand out …"), "Ctrl+Shift+H", self._ask_hand_out, group=True),
                make("merge", say("Merge …"), "Ctrl+Shift+M", self._ask_merge),
            ),
            start=2,
        ):
            self.bar_layout.insertWidget(place, CommandButton(command))

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
        words = say_count(count, "{count} line to decide", "{count} lines to decide") if count else ""
        known = last_agreement(self.workspace.project)
        if known is None:
            return words
        reader, found = known
        figures = say(
            "{reader} and we: CER {cer:.2f} %, {alike} of {lines} lines alike, κ {kappa:.3f}",
            reader=reader or say("the second reader"),
            cer=100 * found.cer,
            alike=found.exact,
            lines=found.lines,
            kappa=found.kappa,
        )
        return f"{words}   ·   {figures}" if words else figures

    @Slot()
    def _ask_hand_out(self) -> None:
        project = self.workspace.project
        if reason := refuses_hand_out(project):
            self.tell(reason, "error")
            return
        dialog = HandOutDialog(self.window(), project.name, list_pages(project))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.agreed.connect(self._ask_where_to_write)
        dialog.open()

    @Slot(object, str)
    def _ask_where_to_write(self, pages: list[Page], reader: str) -> None:
        start = str(Path.home() / f"pages{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self, say("Hand pages out"), start, packages_kind())
        if name:
            self.hand_out(pages, reader, Path(name))

    def hand_out(self, pages: list[Page], reader: str, file: Path) -> None:
        """Write pages to a file, behind the window."""
        self._run(say("Handing out pages"), partial(hand_out, self.workspace.project, file, pages, reader))

    @Slot()
    def _ask_merge(self) -> None:
        if reason := self.workspace.project.read_only_reason:
            self.tell(reason, "error")
            return
        title, kinds = say("Merge a package"), f"{packages_kind()};;* (*)"
        name, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if name:
            self.merge(Path(name))

    def merge(self, file: Path) -> None:
        """Take in what a second reader has done, behind the window."""
        self._run(say("Merging"), partial(merge, self.workspace.project, file))

    def _run(self, name: str, work: Callable[..., object]) -> None:
        job = Job(name, lambda cancel, progress, _changed: work(cancel=cancel, progress=progress))
        self._packages.add(job)
        self.workspace.jobs.start(job)

    @Slot(object)
    def _take_package(self, outcome: JobOutcome) -> None:
        if outcome.job not in self._packages:
            return
        self._packages.remove(outcome.job)
        if isinstance(outcome, JobSucceeded):
            if isinstance(outcome.result, MergeReport):
                self.workspace.changes.announce(outcome.result.change)
                self.tell(" ".join(merged_words(outcome.result)), "done")
                self.reload()
            else:
                self.tell(say("The pages are handed out."), "done")
