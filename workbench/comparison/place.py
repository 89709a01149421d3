"""Compare: totals, scatter, table, confusions of model versions on the same lines."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.evaluation.comparison import ComparedLine, Comparison
from core.storage.changes import Change
from core.storage.lines import images_of
from core.storage.models import list_models
from core.wording import say
from workbench.command import Command
from workbench.comparison.choice_bar import ChoiceBar
from workbench.comparison.class_table import ClassTable
from workbench.comparison.column_fit import ColumnFit
from workbench.comparison.comparing import ComparedLines, compare_lines
from workbench.comparison.confusion_table import ConfusionTable
from workbench.comparison.line_detail import LineDetail
from workbench.comparison.line_table import LINE_ROLE, LineFilter, LineTable
from workbench.comparison.line_view import LineView, sort_by_current_column
from workbench.comparison.marked_text import MarkedText
from workbench.comparison.saving import Saving
from workbench.comparison.totals import Overview, Totals
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.place import Message, Place, Target
from workbench.plots.later import later_scatter
from workbench.scans.line_pictures import CropReader, CutLine
from workbench.workspace import Workspace

SPLITTER = "comparison/splitter"


class ComparisonPlace(Place):
    """Two or three model versions side by side; selecting anywhere selects everywhere."""

    name = "compare"
    icon_name = "git-compare"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.compared: ComparedLines | None = None
        self._crops = CropReader(self)
        self._crops.cut.connect(self._note_crop)
        # What is in sight is known by painting; looking it up waits until that is done.
        self._crops_soon = QTimer(self, singleShot=True, interval=0)
        self._crops_soon.timeout.connect(self._ask_for_crops)
        self._table = LineTable(self._crops.image, self)
        self._lines = LineFilter(self)
        self._lines.setSourceModel(self._table)
        self.saving = Saving(self)
        make = partial(self.command, "compare")
        self._commands = [
            make("compare", say("Compare"), "Ctrl+Return", self.compare),
            make("open", say("Open the line in Transcribe"), "Return", self._open_current),
            make("sort", say("Sort by the column in hand"), "Ctrl+Shift+S", self._sort),
            make("save", say("Save as CSV …"), "Ctrl+S", self.saving.ask_for_csv, group=True),
            make("report", say("Save the report …"), "Ctrl+R", self.saving.ask_for_report),
        ]
        self.bar = ChoiceBar(self._commands[0])
        self.bar.filtered.connect(self._filter)
        self.bar.chosen.connect(self._note_choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        self._results = QStackedWidget()
        self._results.addWidget(self._build_middle())
        self._results.addWidget(self._build_outdated())
        layout.addWidget(self._results, 1)
        workspace.changes.changed.connect(self._note_change)
        workspace.jobs.finished.connect(self._take_outcome)
        workspace.theme.changed.connect(self._show_totals)

    @property
    def title(self) -> str:
        """What people call the place."""
        return say("Compare")

    @property
    def comparison(self) -> Comparison | None:
        """What is shown."""
        return self.compared.comparison if self.compared else None

    def commands(self) -> Sequence[Command]:
        """All acts of the place."""
        return self._commands

    def enter(self) -> None:
        """Show the model versions there are."""
        self._show_models()

    def show_target(self, target: Target) -> bool:
        """Compare some model versions."""
        if len(target.models) < 2:
            return False
        self._show_models()
        self.bar.choose(*target.models)
        self.compare()
        return True

    def memory(self) -> object:
        """The comparison that is shown."""
        return self.compared

    def recall(self, memory: ComparedLines | None) -> None:
        """Show it again, and choose its models."""
        if memory:
            self._show_models()
            self.bar.choose(*memory.comparison.models)
            self.bar.choose_split(memory.split)
            self.show_comparison(memory)

    def leave(self) -> None:
        """Remember the columns."""
        self.workspace.settings.save_state(SPLITTER, self._splitter.saveState())
        if self.comparison:
            self.workspace.settings.save_state(self._header_key(), self.view.horizontalHeader().saveState())

    def shut_down(self) -> None:
        """End the cutting of crops."""
        self._crops.shut_down()

    def _build_middle(self) -> QWidget:
        self.scatter = later_scatter(self.workspace.theme, self.select_line)
        self._totals = Totals()
        self._overview = Overview(self._totals, self.scatter)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._overview)
        self._splitter.addWidget(self._build_tables())
        self._splitter.setSizes([300, 900])
        self._splitter.setStretchFactor(1, 1)
        if state := self.workspace.settings.state(SPLITTER):
            self._splitter.restoreState(state)
        return self._splitter

    def _build_outdated(self) -> QWidget:
        """What stands in the results' place while something else is chosen than was compared."""
        self._outdated = QLabel()
        self._outdated.setProperty("role", "soft")
        self._outdated.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._outdated.setWordWrap(True)
        return self._outdated

    def _build_tables(self) -> QWidget:
        self.view = LineView()
        self.view.setModel(self._lines)
        self._columns = ColumnFit(self.view, self._table)
        self._delegate = MarkedText(self.workspace.theme, self._table)
        self.view.setItemDelegate(self._delegate)
        self.view.doubleClicked.connect(self._open_current)
        self.view.selectionModel().currentRowChanged.connect(self._mark)
        self.view.crops_wanted.connect(self._crops_soon.start)
        self.detail = LineDetail(self.workspace.theme)
        lines = QWidget()
        layout = QVBoxLayout(lines)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.detail)
        self._confusions = ConfusionTable()
        self._confusions.line_wanted.connect(self.select_line)
        self._confusions.glyph_wanted.connect(self._open_glyph)
        tabs = QTabWidget()
        tabs.addTab(lines, say("Lines"))
        tabs.addTab(self._confusions, say("Confusions"))
        self._classes = ClassTable()
        tabs.addTab(self._classes, say("Classes"))
        for part in (tabs, tabs.tabBar()):
            part.setAccessibleName(say("Lines, confusions and classes"))
        self._tabs = tabs
        return tabs

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.models:
            self._show_models()

    def _show_models(self) -> None:
        self.bar.show_models(list_models(self.workspace.project), propose=self.comparison is None)

    @Slot()
    def compare(self) -> None:
        """Compare the chosen versions; what was not evaluated yet is read first."""
        models, split = self.bar.models, self.bar.split
        if len(models) < 2:
            self.message_wanted.emit(Message(say("Choose two different model versions."), "doubt"))
            return
        project = self.workspace.project
        self.workspace.jobs.start(
            Job(
                say("Comparing"),
                lambda cancel, progress, _changed: compare_lines(
                    project, models, split, cancel=cancel, progress=progress
                ),
            )
        )

    @Slot(object)
    def _take_outcome(self, outcome: JobOutcome) -> None:
        if isinstance(outcome, JobSucceeded) and isinstance(outcome.result, ComparedLines):
            self.show_comparison(outcome.result)
            self._note_choice()
            holder = self.window().focusWidget()
            if self.isVisible() and holder is not None and self.bar.isAncestorOf(holder):
                self.view.setFocus()

    @Slot()
    def _note_choice(self) -> None:
        """Hide the results of models that are not chosen any more: nobody should take them for these."""
        compared = self.compared
        if compared is None:
            return
        fits = (list(compared.comparison.models), compared.split) == (self.bar.models, self.bar.split)
        self.saving.compared = compared if fits else None
        self._outdated.setText(
            say(
                "Other models or pages are chosen now: press Compare. Shown before: {models}.",
                models=", ".join(compared.comparison.models),
            )
        )
        self._results.setCurrentIndex(0 if fits else 1)

    def show_comparison(self, compared: ComparedLines) -> None:
        """Show a comparison everywhere."""
        self.compared = self.saving.compared = compared
        comparison, pages = compared.comparison, compared.pages
        self._table.show(comparison, pages)
        self.scatter.widget.show_lines((comparison.models[0], comparison.models[-1]), comparison.lines)
        self._show_totals()
        self._classes.show_classes((comparison.models[0], comparison.models[-1]), compared.classes)
        self.bar.show_pages(dict.fromkeys(pages[line.line_id] for line in comparison.lines))
        self._confusions.show_comparison(comparison)
        self._lay_out_columns()
        self._results.setCurrentIndex(0)
        self.view.selectRow(0)

    @Slot()
    def _show_totals(self) -> None:
        if self.compared:
            soft = self.workspace.theme.roles.ink_soft
            self._totals.show_comparison(self.compared.comparison, self.compared.judgement, soft)
            self._overview.divide()

    def _header_key(self) -> str:
        return f"comparison/header-{self._table.columnCount()}"

    def _lay_out_columns(self) -> None:
        self._columns.fit()
        if state := self.workspace.settings.state(self._header_key()):
            self.view.horizontalHeader().restoreState(state)
        self.view.sortByColumn(self._table.columnCount() - 1, Qt.SortOrder.DescendingOrder)

    @Slot()
    def _filter(self) -> None:
        self._lines.show_only(self.bar.outcome, self.bar.page)

    @Slot(int)
    def select_line(self, line_id: int) -> None:
        """Select the row of a line."""
        row = self._table.row_of(line_id)
        if row is None:
            return
        index = self._lines.mapFromSource(self._table.index(row, 0))
        if not index.isValid():  # the filter hides it
            self.bar.show_all()
            index = self._lines.mapFromSource(self._table.index(row, 0))
        self._tabs.setCurrentIndex(0)
        self.view.selectRow(index.row())
        self.view.scrollTo(index)

    @Slot(QModelIndex, QModelIndex)
    def _mark(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = current.data(LINE_ROLE)
        if isinstance(line, ComparedLine):
            self.scatter.widget.mark(line.line_id)
            self._crops_soon.start()
            self.detail.show_line(line, self._table.models, self._crops.image(line.line_id))
        else:
            self.detail.show_line(None)

    @Slot()
    def _sort(self) -> None:
        in_front = self._tabs.currentWidget()
        sort_by_current_column(in_front if isinstance(in_front, QTableView) else self.view)

    @Slot()
    def _open_current(self) -> None:
        if self._tabs.currentWidget() is self._confusions:
            self._confusions.cellActivated.emit(
                self._confusions.currentRow(), self._confusions.currentColumn()
            )
            return
        line = self.view.currentIndex().data(LINE_ROLE)
        if isinstance(line, ComparedLine):
            self.target_wanted.emit(Target(line_id=line.line_id))

    @Slot(str)
    def _open_glyph(self, glyph: str) -> None:
        self.target_wanted.emit(Target(glyph=glyph))

    @Slot()
    def _ask_for_crops(self) -> None:
        """Cut the lines in sight, and the selected one."""
        rows = [*self.view.rows_in_sight(), self.view.currentIndex().row()]
        lines = [self._lines.index(row, 0).data(LINE_ROLE) for row in rows]
        ids = {line.line_id for line in lines if isinstance(line, ComparedLine)}
        if missing := {line_id for line_id in ids if self._crops.lacks(line_id)}:
            self._crops.read(images_of(self.workspace.project, missing))

    @Slot(object)
    def _note_crop(self, cut: CutLine) -> None:
        self._table.note_crop(cut.line_id)
        current = self.view.currentIndex().data(LINE_ROLE)
        if isinstance(current, ComparedLine) and current.line_id == cut.line_id:
            self.detail.show_line(current, self._table.models, cut.image)
