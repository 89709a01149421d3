"""Memory of scans goes back to the system as soon as a scan is no longer shown.

glibc asks the system for large blocks one by one, until it has seen some come and go: then it carves them
out of its heap, up to 32 MiB each. A window that shows a page after the other ends up with a heap full of
holes in the size of page pictures (docs/MEASUREMENTS.md). A fixed limit keeps the two apart.
"""

import ctypes
import sys

LARGE = 1024 * 1024
"""Bytes from which a block is a mapping of its own: pictures of pages, not of lines."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # malloc.h


def keep_out_of_the_heap() -> None:
    """Before the first scan is read; only glibc needs to be told."""
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, LARGE)
        library.mallopt(_TRIM_THRESHOLD, 2 * LARGE)  # as glibc itself would: twice the other
