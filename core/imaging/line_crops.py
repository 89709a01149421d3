"""Cutting many lines out of their scans, each scan decoded once."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from core.document import LineImage
from core.errors import KnownError
from core.imaging.crop import Pixels, crop_line
from core.imaging.normalize import Crop
from core.imaging.scan import read_page

Unreadable = Callable[[LineImage, KnownError], None]


def line_crops(lines: Iterable[LineImage], unreadable: Unreadable) -> Iterator[tuple[LineImage, Crop]]:
    """Lines with their crops (H, W, 3) BGR, one at a time.

    Args:
        lines: Those of a scan together, else it is decoded again.
        unreadable: Told of each line that cannot be cut, with the error; such a line is passed over.
    """
    for place, neighbours in groupby(lines, key=_place):
        page = _page(*place)
        for line in neighbours:
            try:
                if isinstance(page, KnownError):
                    raise page
                crop = crop_line(page, line.shape)
            except KnownError as error:
                unreadable(line, error)
                continue
            yield line, crop


def _place(line: LineImage) -> tuple[Path, int, tuple[int, int] | None]:
    return line.scan, line.rotation, line.page_size


def _page(scan: Path, rotation: int, size: tuple[int, int] | None) -> Pixels | KnownError:
    """A page, or why it cannot be read."""
    try:
        return read_page(scan, rotation, size)
    except KnownError as error:
        return error
