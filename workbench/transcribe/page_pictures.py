"""The picture of the page in hand and of its lines, read behind the window."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from core.document import Page
from core.storage.pages import scan_path
from workbench.place import Message, Place
from workbench.scans.crop_cache import CropCache
from workbench.scans.scan_reader import CropRequest, LineCrop, PageFailure, PageImage, ScanKey, ScanReader
from workbench.transcribe.line_model import LineModel
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.strip_view import StripView

LEFT_MS = 4000
"""So long after the place was left its pages are let go: 40 MiB that nobody looks at."""

CROPS_MS, PICTURE_MS, AHEAD_MS = 10, 20, 400
"""The text of the line in hand is painted first; then lines are cut, the page is shown, the next one read."""


class PagePictures(QObject):
    """Belongs to the place Transcribe; fills ``crops`` and the canvas."""

    def __init__(
        self, place: Place, canvas: PageCanvas, strips: StripView, model: LineModel, crops: CropCache
    ) -> None:
        super().__init__(place)
        self._place, self._project = place, place.workspace.project
        self._canvas, self._strips, self._model, self._crops = canvas, strips, model, crops
        self._reader = ScanReader(self)
        self._key: ScanKey | None = None
        self._asked: set[int] = set()
        self._ahead: ScanKey | None = None
        self._image: PageImage | None = None
        self._forgotten = False
        self._image_soon = QTimer(self, singleShot=True, interval=PICTURE_MS)
        self._image_soon.timeout.connect(self._show_image)
        self._crops_soon = QTimer(self, singleShot=True, interval=CROPS_MS)
        self._crops_soon.timeout.connect(self._ask_for_crops)
        self._ahead_soon = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._ahead_soon.timeout.connect(self._read_ahead)
        self._left = QTimer(self, singleShot=True, interval=LEFT_MS)
        self._left.timeout.connect(self._let_go)
        strips.crops_wanted.connect(self._ask_soon)
        self._reader.page_read.connect(self._take_image)
        self._reader.page_failed.connect(self._tell_failure)
        self._reader.line_cut.connect(self._add_crop)

    def enter(self) -> None:
        """Somebody looks again: what was let go is read anew."""
        self._left.stop()
        if self._key is not None and self._forgotten:
            self._forgotten = False
            self._reader.show_page(self._key)
            self._ahead_soon.start()

    def leave(self) -> None:
        """Nobody looks."""
        self._left.start()

    @Slot()
    def _let_go(self) -> None:
        if self._canvas.isVisible():
            return  # what is pending is also committed where nobody goes
        self._image, self._forgotten = None, not self._canvas.lacks_image
        self._canvas.forget_image()
        self._reader.forget()

    def forget_requests(self) -> None:
        """Other lines are shown: what was asked for is asked for anew."""
        self._asked.clear()

    def show_page(self, page: Page) -> None:
        """Read a page, unless it is the one that is shown."""
        key = self._scan_key(page)
        if key != self._key:
            self._key, self._forgotten = key, False
            self._crops.clear()
            self._canvas.show_page(page.width, page.height)
            self._reader.show_page(key)

    def read_ahead(self, page: Page, pages: Sequence[Page]) -> None:
        """Read the page that follows, in a moment."""
        following = next((each for each in pages if each.number > page.number), None)
        self._ahead = self._scan_key(following) if following else None
        self._ahead_soon.start()

    @Slot()
    def _read_ahead(self) -> None:
        if self._ahead is not None:
            self._reader.read_ahead(self._ahead)

    def shut_down(self) -> None:
        """End the thread."""
        for timer in (self._crops_soon, self._image_soon, self._ahead_soon, self._left):
            timer.stop()
        self._reader.shut_down()

    def _scan_key(self, page: Page) -> ScanKey:
        return ScanKey(page.id, scan_path(self._project, page), page.rotation)

    @Slot()
    def _ask_soon(self) -> None:
        if not self._crops_soon.isActive():  # who scrolls on and on sees lines all the same
            self._crops_soon.start()

    @Slot()
    def _ask_for_crops(self) -> None:
        """Cut the lines in sight that are not there yet."""
        rows = self._model.rows
        wanted = [
            (rows[n].line_id, rows[n].entry.line.shape)
            for n in self._strips.visible_rows
            if n < len(rows)
            and not self._crops.has(rows[n].entry.line)
            and rows[n].line_id not in self._asked
        ]
        if wanted and self._key is not None:
            self._asked |= {line_id for line_id, _ in wanted}
            self._reader.cut_lines(CropRequest(self._key, tuple(wanted)))

    @Slot(object)
    def _add_crop(self, crop: LineCrop) -> None:
        self._crops.add(crop)
        self._asked.discard(crop.line_id)
        self._strips.repaint_strips()

    @Slot(object)
    def _take_image(self, image: PageImage) -> None:
        self._image = image
        self._image_soon.start()

    @Slot()
    def _show_image(self) -> None:
        if self._image is not None and self._image.key == self._key:
            self._canvas.show_image(self._image)
        self._image = None

    @Slot(object)
    def _tell_failure(self, failure: PageFailure) -> None:
        self._place.message_wanted.emit(Message(str(failure.error), "error"))
