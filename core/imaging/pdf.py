"""Pages of PDF files as pictures, through PDFium (pypdfium2)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from core.errors import UnreadableFile
from core.wording import say

_POINTS_PER_INCH = 72.0
_DPI = 300.0
_SCANNED_DPI = (150.0, 600.0)
_MAX_SIDE = 6000
_COVERING = 0.8
_ROUNDING = 1 - 1e-5  # PDFium rounds sizes up; without it a 1,100 px scan is drawn 1,101 px high

# PDFium is not thread-safe, not even for different documents.
_LOCK = threading.Lock()


def page_sizes(file: Path) -> list[tuple[int, int]]:
    """Width and height in px of every page as :func:`render_page` would draw it.

    Raises:
        UnreadableFile: If the PDF is damaged, protected by a password or without pages.
    """
    with _document(file) as document:
        sizes = []
        for number in range(len(document)):
            with _page(document, number) as page:
                sizes.append(_pixel_size(page, _scale(page)))
    return sizes


def render_page(file: Path, number: int) -> NDArray[np.uint8]:
    """Draw one page (0-based) on white, as BGR ``(H, W, 3)``.

    A page that is a scan is drawn with the scan's own resolution (within 150 to 600 dpi), so that
    its pixels are neither blown up nor thrown away; any other page with 300 dpi. No side exceeds
    6,000 px: PDF pages may claim to be square metres large.

    Raises:
        UnreadableFile: If the PDF is damaged, protected by a password or the page cannot be drawn.
    """
    with _document(file) as document, _page(document, number) as page:
        scale = _scale(page)
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
        try:
            drawn = np.array(bitmap.to_numpy(), dtype=np.uint8)
        finally:
            bitmap.close()
    if drawn.ndim == 2 or drawn.shape[2] == 1:
        return np.repeat(drawn.reshape(*drawn.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(drawn[:, :, :3])


@contextmanager
def _document(file: Path) -> Iterator[pdfium.PdfDocument]:
    with _LOCK:
        try:
            document = pdfium.PdfDocument(file)
        except pdfium.PdfiumError as error:
            raise UnreadableFile(file, _reason(error)) from error
        try:
            yield document
        except pdfium.PdfiumError as error:
            raise UnreadableFile(
                file, say("a page of the PDF cannot be drawn ({error})", error=error)
            ) from error
        finally:
            document.close()


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    page = document[number]
    try:
        yield page
    finally:
        page.close()


def _reason(error: pdfium.PdfiumError) -> str:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return say("the PDF is protected by a password; save a copy without one and import that")
    return say("the PDF is damaged, incomplete or without pages")


def _scale(page: pdfium.PdfPage) -> float:
    """Pixels per point."""
    width, height = page.get_size()
    dpi = _scanned_dpi(page, width * height) or _DPI
    return float(min(dpi / _POINTS_PER_INCH, _MAX_SIDE / max(width, height, 1.0)))


def _scanned_dpi(page: pdfium.PdfPage, page_area: float) -> float | None:
    """Resolution of the finest picture that covers the page; ``None`` if there is none."""
    found = []
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = image.get_bounds()
        area = (right - left) * (top - bottom)
        if area <= 0 or area < _COVERING * page_area:
            continue
        columns, rows = image.get_px_size()
        found.append((columns * rows / area) ** 0.5 * _POINTS_PER_INCH * _ROUNDING)
    return float(np.clip(max(found), *_SCANNED_DPI)) if found else None


def _pixel_size(page: pdfium.PdfPage, scale: float) -> tuple[int, int]:
    width, height = page.get_size()
    # PDFium's own rounding in PdfPage.render.
    return int(np.ceil(width * scale)), int(np.ceil(height * scale))
