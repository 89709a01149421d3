"""Audit: some accepted lines are read again, as if nobody had accepted them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.storage.changes import Change
from core.storage.lines import images_of
from core.storage.unfinished import OF_LINES
from core.wording import say, say_count
from core.workflow.accepting import Audit, audits, note_audit, reopen_acceptance
from workbench.command import CommandButton
from workbench.place import KeyHint, Message
from workbench.review.line_card import LineCard
from workbench.review.tab import ReviewTab
from workbench.scans.line_pictures import CropReader, CutLine
from workbench.unfinished import UnfinishedTexts
from workbench.workspace import Workspace

FIRST_NUMBER, LAST_NUMBER, WORD = 2, 6, 7
"""Columns."""


class AuditTab(ReviewTab):
    """Above the line to be read, below what the audits found. Figures wait until the last line is read."""

    name = "audit"

    @property
    def title(self) -> str:
        """What the tab is called."""
        return say("Audit")

    def __init__(self, workspace: Workspace, crops: CropReader) -> None:
        super().__init__(workspace)
        self._crops = crops
        self._audits: list[Audit] = []
        self._skipped: set[int] = set()
        self._written = UnfinishedTexts(workspace.project, f"{OF_LINES}{self.name}", self)
        self.line_id: int | None = None
        self._accepted = ""
        self.count = QLabel()
        self.command("skip", say("Leave the line for later"), "Ctrl+Return", self.skip)
        self.reopen_button = CommandButton(
            self.command("reopen", say("Reopen the selected acceptance"), "Ctrl+Shift+R", self.reopen)
        )
        self.bar_layout.addWidget(self.count)
        self.bar_layout.addStretch(1)
        self.bar_layout.addWidget(self.reopen_button)
        self.card = LineCard(workspace.theme)
        self.card.field.confirmed.connect(self.confirm)
        self.card.field.textEdited.connect(self._note_written)
        self.table = self._build_table()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        layout.addWidget(self.table, 1)
        self.set_content(content, self.card.field)
        crops.cut.connect(self._note_crop)
        workspace.theme.changed.connect(self._fill)

    def _build_table(self) -> QTableWidget:
        table = QTableWidget(0, WORD + 1)
        table.setAccessibleName(say("Acceptances"))
        table.setHorizontalHeaderLabels(_columns())
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        return table

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys of the tab."""
        return (KeyHint(say("Enter"), say("Confirm the line as it stands in the field, and next")),)

    def enter(self) -> None:
        """Show what is to be read."""
        self.refresh()
        if self._audits and not self._waiting():
            self.table.setFocus()
        else:
            self.take_keyboard()

    def leave(self) -> None:
        """Write down what was begun in the field."""
        self._written.keep()

    def note_change(self, change: Change) -> None:
        """Accepted lines may have changed; what is being typed stays."""
        if change.lines and self.isVisible():
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the audits anew."""
        self._audits = audits(self.workspace.project)
        self._fill()
        waiting = self._waiting()
        self.count.setText(
            say_count(len(waiting), "{count} line to read", "{count} lines to read")
            if waiting
            else say("Nothing to read")
        )
        self.reopen_button.setEnabled(any(audit.standing for audit in self._audits))
        self.card.setVisible(bool(waiting))
        if not self._audits:
            self.show_empty(
                say("Nothing was accepted yet"),
                say("Sure drafts are accepted under Accept; a random part of them is read again here."),
            )
            return
        self.show_content()
        if self.line_id not in waiting:
            self._take(waiting[0] if waiting else None)

    def _waiting(self) -> list[int]:
        lines = [line for audit in self._audits for line in audit.pending]
        return sorted(lines, key=lambda line: line in self._skipped)

    def _take(self, line_id: int | None) -> None:
        self.line_id = line_id
        if line_id is None:
            return
        audit = self._audit_of(line_id)
        assert audit is not None
        self._accepted = next(line.text for line in audit.acceptance.lines if line.line_id == line_id)
        self.card.field.setText(self._written.text(line_id, self._accepted))
        self.card.field.setCursorPosition(0)
        self.card.picture.show_image(self._crops.image(line_id))
        if self._crops.lacks(line_id):
            self._crops.read(images_of(self.workspace.project, [line_id]))

    def _audit_of(self, line_id: int) -> Audit | None:
        return next((audit for audit in self._audits if line_id in audit.pending), None)

    @Slot(str)
    def confirm(self, text: str) -> None:
        """The auditor has read the line."""
        line = self.line_id
        audit = self._audit_of(line) if line is not None else None
        if line is None or audit is None:
            return
        done = self.act(lambda: note_audit(self.workspace.project, audit.acceptance, line, text))
        if done:
            self._written.drop(line)
            self.refresh()
            self._tell_result(audit.acceptance.id)

    @Slot(str)
    def _note_written(self, text: str) -> None:
        """What is not confirmed yet is there again when its line comes back."""
        if self.line_id is not None:
            self._written.note(self.line_id, text, self._accepted)

    def _tell_result(self, acceptance_id: int) -> None:
        """After the last line of an acceptance: is it good?"""
        audit = next(each for each in self._audits if each.acceptance.id == acceptance_id)
        found = audit.figures
        if audit.pending:
            return
        words = say(
            "{wrong} wrong of {characters} characters; at most {upper} in all.",
            wrong=found.edits,
            characters=found.characters,
            upper=_percent(found.upper),
        )
        if found.bad:
            self.table.selectRow(self._audits.index(audit))
            text = say(
                "The audit is bad: {found} {promised} had been promised.",
                found=words,
                promised=_percent(found.promised),
            )
            message = Message(text, "error", say("Reopen the acceptance"), self.reopen, seconds=None)
        else:
            message = Message(say("The audit is done: {found}", found=words), "done")
        self.message_wanted.emit(message)

    @Slot()
    def skip(self) -> None:
        """Leave the line for later."""
        if self.line_id is not None:
            self._skipped.add(self.line_id)
            self.line_id = None
            self.refresh()

    @Slot()
    def reopen(self) -> None:
        """Give the lines of the selected acceptance back to the annotators."""
        row = max(self.table.currentRow(), 0)
        if row >= len(self._audits):
            return
        acceptance, lines = self._audits[row].acceptance, self._audits[row].standing
        if self.act(lambda: reopen_acceptance(self.workspace.project, acceptance)):
            self.refresh()
            left = lines - self._audits[row].standing
            self.tell(
                say_count(
                    left,
                    "{count} line is open again, with its draft; Undo takes it back.",
                    "{count:,} lines are open again, with their drafts; Undo takes it back.",
                ),
                "done",
            )

    @Slot()
    def _fill(self) -> None:
        row = max(self.table.currentRow(), 0)
        self.table.setRowCount(len(self._audits))
        for number, audit in enumerate(self._audits):
            for column, text in enumerate(_cells(audit)):
                item = QTableWidgetItem(text)
                if FIRST_NUMBER <= column <= LAST_NUMBER:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if column == WORD and audit.figures.bad and not audit.pending:
                    item.setForeground(self.workspace.theme.colour("error_text"))
                self.table.setItem(number, column, item)
        if self._audits:
            self.table.selectRow(min(row, len(self._audits) - 1))

    @Slot(object)
    def _note_crop(self, cut: CutLine) -> None:
        if cut.line_id == self.line_id:
            self.card.picture.show_image(cut.image)


def _columns() -> list[str]:
    return [
        say("Accepted"),
        say("By"),
        say("Lines"),
        say("Read again"),
        say("Promised CER"),
        say("Seen CER"),
        say("At most (95 %)"),
        "",
    ]


def _cells(audit: Audit) -> tuple[str, ...]:
    acceptance, found = audit.acceptance, audit.figures
    # While lines are still to be read, a promise of few errors would tempt to confirm them unread.
    rates = (
        ("", "", "")
        if audit.pending
        else (_percent(found.promised), _percent(found.rate), _percent(found.upper))
    )
    return (
        f"{acceptance.at.astimezone():%Y-%m-%d %H:%M}",
        acceptance.author,
        f"{found.lines:,}",
        say("{read} of {lines}", read=found.audited, lines=found.audited + len(audit.pending)),
        *rates,
        _word(audit),
    )


def _word(audit: Audit) -> str:
    if audit.pending:
        return say("being audited")
    if not audit.standing:
        return say("taken back")
    if audit.figures.bad:
        return say("bad: reopen it")
    return say("good") if audit.figures.good else say("too few lines to tell")


def _percent(rate: float) -> str:
    return "–" if rate != rate else f"{100 * rate:.2f} %"  # nan
