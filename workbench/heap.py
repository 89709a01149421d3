"""How glibc shares out memory, for a window that shows a scan after the other; elsewhere nothing is done.

Measured in docs/MEASUREMENTS.md, "Memory".
"""

import ctypes
import sys

LARGE = 1024 * 1024
"""Bytes from which a block is a mapping of its own: pictures of pages, not of lines."""

IDLE_MS = 4000
"""So long after the last picture memory is given back: at once, the next page would have to get it again."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # malloc.h


def set_limits() -> None:
    """Before the first scan is read.

    Left to itself, glibc asks the system for large blocks one by one until it has seen some come and go: then
    it carves them out of its heap, up to 32 MiB each, and the heap ends up full of holes in the size of page
    pictures. A fixed limit keeps the two apart.
    """
    if library := _glibc("mallopt"):
        library.mallopt(_MMAP_THRESHOLD, LARGE)
        library.mallopt(_TRIM_THRESHOLD, 2 * LARGE)  # as glibc itself would: twice the other


def give_back() -> None:
    """Hand freed memory back to the system: some 75 MB after a few pages of five megapixels.

    Other threads run meanwhile.
    """
    if library := _glibc("malloc_trim"):
        library.malloc_trim(0)


def _glibc(function: str) -> ctypes.CDLL | None:
    """The C library, if it has a function that only glibc has."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, function) else None
