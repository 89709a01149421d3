"""Queue: the open lines of the whole project, the ones that want a human most first."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from core.wording import say, say_count
from core.workflow.queueing import Order
from workbench.fields import Picker
from workbench.review.doubt_keeper import DoubtKeeper
from workbench.review.no_lines import no_lines
from workbench.review.queue_view import QueueView
from workbench.review.tab import ReviewTab
from workbench.scans.line_pictures import CropReader
from workbench.workspace import Workspace


class QueueTab(ReviewTab):
    """A table; Enter opens the line in Transcribe, and coming back one goes on with the next."""

    name = "queue"

    @property
    def title(self) -> str:
        """What the tab is called."""
        return say("Queue")

    def __init__(self, workspace: Workspace, keeper: DoubtKeeper, crops: CropReader) -> None:
        super().__init__(workspace)
        self._keeper = keeper
        self.order = Picker()
        self.order.setAccessibleName(say("Order of the queue"))
        self.order.addItem(say("Most expected errors first"), Order.ERRORS)
        self.order.addItem(say("Page by page"), Order.PAGE)
        self.order.addItem(say("What a model learns most from first"), Order.GAIN)
        self.order.activated.connect(self.reorder)
        self.count = QLabel()
        self.count.setProperty("role", "soft")
        self.bar_layout.addWidget(self.order)
        self.bar_layout.addWidget(self.count)
        self.bar_layout.addStretch(1)
        self.view = QueueView(workspace.project, crops)
        self.view.setAccessibleName(say("Open lines"))
        self.view.line_wanted.connect(self.open_line)
        self.set_content(self.view)
        self.command("order", say("Another order of the queue"), "O", self.next_order)
        self.command("open", say("Open the line in Transcribe"), "Return Enter", self.view.open, on=self.view)
        keeper.updated.connect(self.refresh)
        keeper.progressed.connect(self.empty.text.setText)

    def enter(self) -> None:
        """Show what is open now."""
        self._keeper.ensure()
        self.refresh()
        self.take_keyboard()

    @Slot()
    def next_order(self) -> None:
        """Go through the orders."""
        self.order.setCurrentIndex((self.order.currentIndex() + 1) % self.order.count())
        self.reorder()

    @Slot()
    def reorder(self) -> None:
        """Another order was chosen: begin at its top."""
        self.view.clearSelection()
        self.refresh()
        self.view.select(0)
        self.view.scrollToTop()

    @Slot()
    def refresh(self) -> None:
        """Show the index as it stands; the selection stays in its row."""
        index = self._keeper.index
        if index is None:
            self.count.setText("")
            self.show_empty(
                say("Reading the drafts …"), say("This is done once after the project was opened.")
            )
            return
        if len(index) == 0:
            self.count.setText(say("No line is open"))
            self.show_empty(
                *no_lines(self.workspace.project)
                or (
                    say("No line is open"),
                    say(
                        "Every line has its text. Import scans in the Library and find lines there, or look "
                        "for mistakes under Glyphs and Suspects."
                    ),
                )
            )
            return
        current, row = self.view.current, max(self.view.currentIndex().row(), 0)
        scroll = self.view.verticalScrollBar().value()
        order = Order(self.order.currentData())
        if current is not None:  # it may stand elsewhere now; if it is done, the one after it moves up
            found = index.row_of(order, current.line_id)
            row = row if found is None else found
        self.view.lines.show(len(index), lambda first, count: index.lines(order, first=first, count=count))
        self.count.setText(say_count(len(index), "{count:,} open line", "{count:,} open lines"))
        self.show_content()
        self.view.select(row)
        self.view.verticalScrollBar().setValue(scroll)
