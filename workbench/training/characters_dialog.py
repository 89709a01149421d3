"""The characters of the corrected lines: those the base does not know, and those meant as another one."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from core.characters.naming import code_of, name_of, shown_alone, titled
from core.characters.near_duplicates import Nearness
from core.storage.second_opinions import Label
from core.wording import say, say_count
from core.workflow.preflight import NearPair, Normalisation, Preflight, UnknownCharacter
from workbench.scans.crop_delegate import CropDelegate
from workbench.scans.line_pictures import CutLine
from workbench.theme.fonts import reading_font
from workbench.training.row_table import RowTable

SHOWN = 50
"""Lines of a pair that are listed."""

CROP, NOW, THEN = 2, 3, 4
BUTTON = 5
PIXELS = 18


class CharactersDialog(QDialog):
    """Stands beside the work and does not stop it.

    Signals:
        line_wanted(int): open the line with that id.
        crops_wanted(tuple): pictures of the lines with these ids are missing.
        normalise_wanted(Normalisation): carry it out.
    """

    line_wanted = Signal(int)
    crops_wanted = Signal(object)
    normalise_wanted = Signal(object)

    def __init__(self, parent: QWidget, crop: Callable[[int], QImage | None]) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Characters"))
        self._crop = crop
        self._found: Preflight | None = None
        self._lines: Sequence[Label] = ()
        self.read_only = False
        self._build_tables()
        self._build_layout()
        self._connect_parts()
        self.resize(960, 680)

    def show_waiting(self) -> None:
        """The lines are being looked at; what was found before stays in sight."""
        self.summary.setText(say("Looking at the characters of the corrected lines …"))

    def show_found(self, found: Preflight) -> None:
        """Show what was found."""
        self._found = found
        self.summary.setText(_summary(found))
        font = {0: reading_font(PIXELS)}
        self.unknown.show_rows([_unknown_row(each) for each in found.unknown or ()], font)
        self.pairs.show_rows([_pair_row(each) for each in found.pairs])
        for row, pair in enumerate(found.pairs):
            self.pairs.put_button(row, BUTTON, self._button(pair))
        self._show_lines((), None)
        for table in (self.unknown, self.pairs):
            table.setVisible(table.rowCount() > 0)
        self._pairs_heading.setVisible(bool(found.pairs))
        first = self.unknown if self.unknown.rowCount() else self.pairs
        if first.rowCount():
            first.selectRow(0)
            first.setFocus()

    def note_crop(self, cut: CutLine) -> None:
        """A line's picture has arrived."""
        for row, line in enumerate(self._lines):
            if line.line_id == cut.line_id:
                self.lines.put_picture(row, CROP, cut.image)

    def _build_tables(self) -> None:
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self._pairs_heading = QLabel(say("Probably meant as one"))
        self._lines_heading = QLabel()
        for heading in (self._pairs_heading, self._lines_heading):
            heading.setProperty("role", "heading")
        self.unknown = RowTable(
            say("Characters that the base does not know"),
            (say("Character"), say("Code point"), say("Name"), say("Count"), say("To learn from")),
            wide=(2,),
        )
        self.pairs = RowTable(
            say("Characters that are probably meant as another one"),
            (say("Written"), say("Meant"), say("Why"), say("Count"), say("Lines"), ""),
            wide=(0, 1),
        )
        self.lines = RowTable(
            say("Lines with the character"),
            (say("Page"), say("Line"), say("Crop"), say("Text"), say("Becomes")),
            wide=(CROP, NOW, THEN),
        )
        self.lines.setItemDelegateForColumn(CROP, CropDelegate(self.lines))

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        layout.addWidget(self.unknown, 3)
        layout.addWidget(self._pairs_heading)
        layout.addWidget(self.pairs, 2)
        layout.addWidget(self._lines_heading)
        layout.addWidget(self.lines, 3)

    def _connect_parts(self) -> None:
        self.unknown.currentCellChanged.connect(self._show_unknown)
        self.pairs.currentCellChanged.connect(self._show_pair)
        for table in (self.unknown, self.pairs):
            table.activated.connect(self._open_first)
        self.lines.activated.connect(self._open)
        key = QShortcut(QKeySequence(Qt.Key.Key_N), self.pairs)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._normalise_current)

    def _button(self, pair: NearPair) -> QPushButton:
        button = QPushButton(say("Normalise"))
        button.setAutoDefault(False)  # Enter opens a line, wherever the keyboard is
        button.setEnabled(not self.read_only)
        wrong, right = titled(pair.rule.wrong), _titles(pair.rule.right)
        tip = say("Write {right} for {wrong} in its lines (N); Undo takes it back", right=right, wrong=wrong)
        button.setToolTip(tip)
        button.clicked.connect(self._normalise_clicked)
        return button

    @Slot()
    def _normalise_clicked(self) -> None:
        button = self.sender()
        for row in range(self.pairs.rowCount()):
            if self.pairs.cellWidget(row, BUTTON) is button:
                self._normalise(row)

    @Slot()
    def _normalise_current(self) -> None:
        self._normalise(self.pairs.currentRow())

    def _normalise(self, row: int) -> None:
        pair = self._pair(row)
        if pair and not self.read_only:
            self.normalise_wanted.emit(pair.rule)

    def _pair(self, row: int) -> NearPair | None:
        pairs = self._found.pairs if self._found else ()
        return pairs[row] if 0 <= row < len(pairs) else None

    @Slot(int)
    def _show_unknown(self, row: int) -> None:
        unknown = (self._found.unknown if self._found else None) or ()
        if 0 <= row < len(unknown):
            self._show_lines(unknown[row].examples, None)
            self.pairs.setCurrentCell(-1, -1)

    @Slot(int)
    def _show_pair(self, row: int) -> None:
        if pair := self._pair(row):
            self._show_lines(pair.lines, pair.rule)
            self.unknown.setCurrentCell(-1, -1)

    def _show_lines(self, lines: Sequence[Label], rule: Normalisation | None) -> None:
        """Example lines of a character, or what a normalisation makes of its lines."""
        self._lines = lines[:SHOWN]
        self._lines_heading.setText(_lines_heading(len(lines), rule))
        self._lines_heading.setVisible(bool(lines))
        font = reading_font(PIXELS)
        self.lines.show_rows([_line_row(line, rule) for line in self._lines], {NOW: font, THEN: font})
        self.lines.setColumnHidden(THEN, rule is None)
        ids = [line.line_id for line in self._lines]
        self._put_crops(ids)
        self.crops_wanted.emit(tuple(ids))

    def _put_crops(self, ids: Collection[int]) -> None:
        for row, line_id in enumerate(ids):
            if image := self._crop(line_id):
                self.lines.put_picture(row, CROP, image)

    @Slot()
    def _open_first(self) -> None:
        if self._lines:
            self.line_wanted.emit(self._lines[0].line_id)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._lines):
            self.line_wanted.emit(self._lines[index.row()].line_id)


def _summary(found: Preflight) -> str:
    if found.unknown is None:
        return say(
            "What {base} knows can be told after its first use: draft a page with it, then come back.",
            base=found.base,
        )
    if not found.unknown:
        return say_count(
            found.lines,
            "{base} knows every character of {count:,} corrected line.",
            "{base} knows every character of {count:,} corrected lines.",
            base=found.base,
        )
    learnable = sum(each.learned > 0 for each in found.unknown)
    only_tested = len(found.unknown) - learnable
    parts = [_learned_words(found, learnable)] if learnable else []
    if only_tested:
        parts.append(
            say_count(
                only_tested,
                "{base} does not know {count} character that stands only on test pages, from which "
                "nothing is learned.",
                "{base} does not know {count} characters that stand only on test pages, from which "
                "nothing is learned.",
                base=found.base,
            )
        )
    return " ".join(parts)


def _learned_words(found: Preflight, count: int) -> str:
    """What becomes of so many characters that the base does not know but can learn."""
    unknown = say_count(
        count,
        "{base} does not know {count} character of the corrected lines. It learns it, unless Details keep "
        "the base's characters:",
        "{base} does not know {count} characters of the corrected lines. It learns them, unless Details keep "
        "the base's characters:",
        base=found.base,
    )
    lost = say_count(
        len(found.left_out), "then {count:,} line is left out.", "then {count:,} lines are left out."
    )
    return f"{unknown} {lost}"


def _lines_heading(count: int, rule: Normalisation | None) -> str:
    if rule is None:
        return say("Lines with the character")
    if count > SHOWN:
        return say("The first {shown} of {count:,} lines that change", shown=SHOWN, count=count)
    return say_count(count, "{count} line changes", "{count} lines change")


def _unknown_row(each: UnknownCharacter) -> tuple[str, ...]:
    learned = str(each.learned) if each.learned else say("only on test pages")
    return shown_alone(each.char), code_of(each.char), name_of(each.char), str(each.count), learned


def _pair_row(pair: NearPair) -> tuple[str, ...]:
    count = f"{pair.count} : {pair.usual_count}"
    return titled(pair.rule.wrong), _titles(pair.rule.right), _why(pair.why), count, str(len(pair.lines))


def _titles(text: str) -> str:
    return " ".join(map(titled, text))


def _why(why: Nearness) -> str:
    names = {
        Nearness.NORMAL_FORM: say("another normal form"),
        Nearness.WIDTH: say("another width"),
        Nearness.LOOK_ALIKE: say("another alphabet"),
        Nearness.HABIT: say("another mark for the same"),
    }
    return names[why]


def _line_row(line: Label, rule: Normalisation | None) -> tuple[str, ...]:
    then = rule.apply(line.text) if rule else ""
    return str(line.page_number), str(line.order + 1), "", line.text, then
