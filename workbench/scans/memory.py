"""Giving the memory of decoded pages back to the system on Linux."""

import ctypes
import sys

IDLE_MS = 4000
"""So long after the last picture it is given back: at once, the next page would have to get it all again."""


def give_back() -> None:
    """Hand freed memory back to the system: some 75 MB after a few pages of five megapixels.

    glibc keeps it otherwise; elsewhere this does nothing. Other threads run meanwhile.
    """
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if hasattr(library, "malloc_trim"):
            library.malloc_trim(0)
