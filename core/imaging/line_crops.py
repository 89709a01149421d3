"""Cutting many lines out of their scans, each scan decoded once."""

from collections.abc import Callable, Iterable, Iterator

from core.document import LineImage
from core.errors import KnownError
from core.imaging.crop import crop_line
from core.imaging.normalize import Crop
from core.imaging.scan import read_scan

Unreadable = Callable[[LineImage, KnownError], None]


def line_crops(lines: Iterable[LineImage], unreadable: Unreadable) -> Iterator[tuple[LineImage, Crop]]:
    """Lines with their crops (H, W, 3) BGR, one at a time.

    Args:
        lines: Those of a scan together, else it is decoded again.
        unreadable: Told of each line that cannot be cut, with the error; such a line is passed over.
    """
    scan, page = None, None
    for line in lines:
        try:
            if page is None or (line.scan, line.rotation) != scan:
                scan, page = (line.scan, line.rotation), read_scan(line.scan, line.rotation)
            crop = crop_line(page, line.shape)
        except KnownError as error:
            unreadable(line, error)
            continue
        yield line, crop
