"""Glyphs: all places of one character; the wrong ones stand out and are put right together."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.characters.census import count_characters
from core.document import normalize_text
from core.errors import KnownError
from core.storage.changes import Change
from core.storage.glyphs import SweptPlaces, replace_characters, shown_text
from core.storage.lines import get_entry, images_of
from core.wording import say, say_count
from core.workflow.glyphs import GlyphPlace, Sweep, sweep
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.place import KeyHint
from workbench.review.glyph_grid import GlyphGrid
from workbench.review.glyph_model import GlyphModel
from workbench.review.line_card import LinePicture, field_style
from workbench.review.tab import ReviewTab, on_escape
from workbench.scans.line_pictures import CropReader, CutLine
from workbench.theme.fonts import reading_font
from workbench.workspace import Workspace

SUGGESTED = 24
"""Characters that are offered before the first sweep, the commonest first."""


class GlyphTab(ReviewTab):
    """A field for the character, the grid, and below it the line of the place in hand."""

    name = "glyphs"

    @property
    def title(self) -> str:
        """What the tab is called."""
        return say("Glyphs")

    def __init__(self, workspace: Workspace, crops: CropReader) -> None:
        super().__init__(workspace)
        self._crops = crops
        self._job: Job | None = None
        self.result: Sweep | None = None
        self._put_right: set[int] = set()
        self._fixing = self._outdated = False
        self._build_bar()
        self.model = GlyphModel(self)
        self.grid = GlyphGrid(workspace.theme, self.model)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self._build_detail())
        self.set_content(content, self.grid)
        self._connect_parts()
        self._tell_chosen()

    def _build_bar(self) -> None:
        self.glyph = _small_field(say("The character to sweep over"))
        self.start_button = QPushButton(say("Sweep"))
        self.start_button.clicked.connect(self._start)
        self.count = QLabel()
        self.count.setProperty("role", "soft")
        self.right = _small_field(say("The right character for the chosen places"))
        self.fix_button = QPushButton(say("Put right"))
        self.fix_button.setProperty("primary", "true")
        self.fix_button.clicked.connect(self.fix)
        self.chosen = QLabel()
        parts = (QLabel(say("All places of")), self.glyph, self.start_button, self.count)
        for part in parts:
            self.bar_layout.addWidget(part)
        self.bar_layout.addStretch(1)
        for part in (self.chosen, QLabel(say("should be")), self.right, self.fix_button):
            self.bar_layout.addWidget(part)

    def _build_detail(self) -> QWidget:
        self.picture = LinePicture(self.workspace.theme)
        self.text = QLabel()
        self.text.setFont(reading_font(22))
        self.text.setStyleSheet("font-size: 22px;")
        detail = QWidget()
        detail.setObjectName("sidePanel")
        layout = QVBoxLayout(detail)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self.picture)
        words = QHBoxLayout()
        words.addWidget(self.text, 1)
        layout.addLayout(words)
        return detail

    def _connect_parts(self) -> None:
        self.glyph.returnPressed.connect(self._start)
        self.right.returnPressed.connect(self.fix)
        self.right.textChanged.connect(self._tell_chosen)
        self.grid.typed.connect(self._type)
        self.grid.doubleClicked.connect(self._open)
        self.grid.moved.connect(self._tell_chosen)
        self.grid.selectionModel().currentChanged.connect(self._show_line)
        self._crops.cut.connect(self._note_crop)
        self.workspace.jobs.finished.connect(self._take)
        on_escape(self.right, self._leave_field)
        self.command("again", say("Another character"), "Ctrl+L", self._begin_again)
        self.command("open", say("Open the line in Transcribe"), "Return Enter", self._open, on=self.grid)

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys of the tab."""
        return (
            KeyHint(say("Arrows"), say("Move")),
            KeyHint(say("Space"), say("Choose the place, or not")),
            KeyHint(say("a character, then Enter"), say("Put the chosen places right, all together")),
            KeyHint("Esc", say("Back to the places")),
        )

    def enter(self) -> None:
        """Show the sweep, or which characters there are."""
        if self._outdated and self.result:
            self.sweep(self.result.glyph)
        elif self._job is not None:
            self.empty.setFocus()
        elif self.model.rowCount():
            self.grid.setFocus()
        else:
            self.glyph.setFocus()
            self._suggest()

    def note_change(self, change: Change) -> None:
        """What was put right here may have been taken back: its places come back, others move."""
        if self._fixing or self._put_right.isdisjoint(change.lines):
            return
        self._outdated = True
        if self.isVisible():
            self.enter()

    def _suggest(self) -> None:
        counts = count_characters(shown_text(self.workspace.project))
        common = sorted(counts, key=lambda char: -counts[char])
        if common:
            often, rare = " ".join(common[:SUGGESTED]), " ".join(common[-SUGGESTED:])
            words: list[str] = [say("Type it above and press Enter. Often: {characters}", characters=often)]
            if len(common) > SUGGESTED:
                words.append(say("Rare: {characters}", characters=rare))
            self.show_empty(say("Choose a character"), "\n".join(words))
        else:
            self.show_empty(
                say("No text yet"), say("Let lines be found and drafted in the Library, then come back.")
            )

    @Slot()
    def _begin_again(self) -> None:
        self.glyph.setFocus()
        self.glyph.selectAll()

    @Slot()
    def _start(self) -> None:
        if glyph := normalize_text(self.glyph.text()):
            self.sweep(glyph)

    def sweep(self, glyph: str) -> None:
        """Cut all places of a character, behind the window."""
        self._outdated = False
        self._put_right.clear()
        self.glyph.setText(glyph)
        project = self.workspace.project
        self._job = Job(
            say("Sweeping over {character}", character=glyph),
            lambda cancel, progress, _changed: sweep(project, glyph, cancel=cancel, progress=progress),
        )
        self.model.show(None)
        self.result = None
        self.count.setText("")
        self.show_empty(
            say("Cutting the places of {character} …", character=glyph),
            say("The least usual and least sure ones come first."),
        )
        if self.isVisible() and not self.right.hasFocus():
            self.empty.setFocus()  # from here the keyboard goes to the places, unless somebody takes it away
        self.workspace.jobs.start(self._job)

    @Slot(object)
    def _take(self, outcome: JobOutcome) -> None:
        if outcome.job is not self._job:
            return
        self._job = None
        if isinstance(outcome, JobSucceeded):
            self._show_result(outcome.result)
        else:
            self._suggest()
        if self.empty.hasFocus():
            self._begin_again()

    def _show_result(self, result: Sweep) -> None:
        self.result = result
        self.model.show(result)
        self._tell_count()
        if self.model.rowCount():
            self.show_content()
            self.grid.go(0)
        else:
            self.show_empty(
                say("{character} stands in no drafted line", character=result.glyph),
                say("Choose another character, or draft the lines first: the places come from the drafts."),
            )

    def _tell_count(self) -> None:
        shown, total = self.model.rowCount(), self.result.total if self.result else 0
        self.count.setText(
            say(
                "{shown:,} places of {total:,}, the least sure and some by chance; the least usual first",
                shown=shown,
                total=total,
            )
            if self._is_part()
            else say_count(shown, "{count:,} place", "{count:,} places; the least usual first")
        )
        self._tell_chosen()

    def _is_part(self) -> bool:
        return self.result is not None and self.result.total > len(self.result.places)

    @Slot()
    def _tell_chosen(self) -> None:
        places = self._to_fix()
        count = len(places)
        self.chosen.setText(say_count(count, "{count} place", "{count} places"))
        ready = bool(count and self.right.text().strip()) and not self.workspace.project.read_only
        self.fix_button.setEnabled(ready)

    def _to_fix(self) -> list[GlyphPlace]:
        """What is chosen; if nothing is, the place in hand."""
        place = self.model.place(self.grid.currentIndex().row())
        return self.model.chosen or ([place] if place else [])

    @Slot(str)
    def _type(self, text: str) -> None:
        self.right.setFocus()
        self.right.insert(text)

    @Slot()
    def _leave_field(self) -> None:
        self.right.clear()
        self.grid.setFocus()

    @Slot()
    def _open(self) -> None:
        if place := self.model.place(self.grid.currentIndex().row()):
            self.open_line(place.line_id)

    @Slot()
    def fix(self) -> None:
        """Put the chosen places right."""
        right, places = normalize_text(self.right.text()), self._to_fix()
        if not right or not places or self.result is None:
            return
        glyph, row = self.result.glyph, self.grid.currentIndex().row()
        wanted = [(place.line_id, place.index) for place in places]
        try:
            swept = replace_characters(self.workspace.project, wanted, glyph, right)
        except KnownError as error:
            self.tell(str(error), "error")
            return
        self.model.replace(_left(self.model.places, wanted, swept, len(right) - len(glyph)))
        self._fixing = True
        self.workspace.changes.announce(swept.change)
        self._fixing = False
        self._put_right |= swept.change.lines
        self.right.clear()
        self._tell_count()
        self._tell_result(swept, glyph, right)
        self.grid.go(row)
        self.grid.setFocus()

    def _tell_result(self, swept: SweptPlaces, glyph: str, right: str) -> None:
        count = len(swept.done)
        words = [
            say(
                "{count} × {wrong} is {right} now; Undo takes it back.", count=count, wrong=glyph, right=right
            )
        ]
        if stale := len(swept.stale):
            words.append(
                say_count(
                    stale,
                    "{count} had changed meanwhile and was left as it is.",
                    "{count} had changed meanwhile and were left as they are.",
                )
            )
        self.tell(" ".join(words), "doubt" if swept.stale else "done")

    @Slot(QModelIndex, QModelIndex)
    def _show_line(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._tell_chosen()
        place = self.model.place(current.row())
        if place is None:
            self.text.clear()
            self.picture.show_image(None)
            return
        try:
            text = get_entry(self.workspace.project, place.line_id).text
        except KnownError:
            text = ""
        self.text.setText(self._marked(text, place.index))
        self.picture.show_image(self._crops.image(place.line_id), (place.start, place.end))
        if self._crops.lacks(place.line_id):
            self._crops.read(images_of(self.workspace.project, [place.line_id]))

    def _marked(self, text: str, index: int) -> str:
        end = index + (len(self.result.glyph) if self.result else 1)
        roles = self.workspace.theme.roles
        style = f"background:{roles.doubt_soft}; color:{roles.ink}"
        marked = f"<span style='{style}'>{escape(text[index:end])}</span>"
        return f"{escape(text[:index])}{marked}{escape(text[end:])}"

    @Slot(object)
    def _note_crop(self, cut: CutLine) -> None:
        place = self.model.place(self.grid.currentIndex().row())
        if place and place.line_id == cut.line_id:
            self.picture.show_image(cut.image, (place.start, place.end))


def _left(
    places: Sequence[GlyphPlace], wanted: Sequence[tuple[int, int]], swept: SweptPlaces, growth: int
) -> list[GlyphPlace]:
    """The places that were not touched; those behind a touched one of their line have moved."""
    gone = set(wanted)
    left = []
    for place in places:
        if (place.line_id, place.index) not in gone:
            before = sum(line == place.line_id and index < place.index for line, index in swept.done)
            left.append(replace(place, index=place.index + before * growth))
    return left


def _small_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setToolTip(name)
    field.setFixedWidth(72)
    field.setFont(reading_font(18))
    field.setStyleSheet(field_style(18))
    return field
