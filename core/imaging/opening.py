"""Opening foreign picture files safely: by content, with a bound on their size, with clear reasons."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from core.errors import UnreadableFile
from core.wording import say

MAX_PIXELS = 250_000_000
"""Larger pictures are refused before they are decoded; A2 at 600 dpi has 139 megapixels."""

_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "JPEG2000")
_KNOWN = "PNG, JPEG, WebP, BMP, TIFF, JPEG 2000 or PDF"

# What Pillow's decoders raise on damaged files, besides its own classes.
_DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    LookupError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)

# Pillow warns above this and refuses above twice this; refuse_bomb() refuses in between.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# Its warning would be printed beside our own sentence.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@contextmanager
def opened_picture(path: Path) -> Iterator[Image.Image]:
    """The picture, opened but not yet decoded; what its decoder raises inside becomes known.

    The file is opened by Python and recognised by its content: OpenCV's own file access does not
    find paths outside the system's code page on Windows, and names lie.

    Raises:
        UnreadableFile: If the file is missing, empty, damaged, too large or no picture.
    """
    try:
        _refuse_empty(path)
        # From a path Pillow maps plain greys of TIFF into memory by their size after turning, which scrambles
        # the pixels of those that lie on their side (Pillow 13.0); from a stream it reads them.
        with path.open("rb") as stream, Image.open(stream, formats=_FORMATS) as picture:
            refuse_bomb(path, picture.size)
            yield picture
    except UnidentifiedImageError as error:
        raise UnreadableFile(path, say("it is not a {known} file", known=_KNOWN)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableFile(path, _limit()) from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise UnreadableFile(path, access_reason(error)) from error
    except _DECODER_ERRORS as error:
        raise UnreadableFile(
            path, say("the picture is damaged or incomplete ({error})", error=error)
        ) from error


def refuse_bomb(path: Path, size: tuple[int, int]) -> None:
    """Check a size in px before anything of it is decoded.

    Raises:
        UnreadableFile: If the picture has more than ``MAX_PIXELS``.
    """
    if size[0] * size[1] > MAX_PIXELS:
        raise UnreadableFile(
            path, say("it has {size} × {size2} px; {limit}", size=size[0], size2=size[1], limit=_limit())
        )


def access_reason(error: OSError) -> str:
    """Why a file could not be opened, as a clause."""
    if isinstance(error, FileNotFoundError):
        return say("the file does not exist")
    return say("it cannot be opened ({error})", error=error.strerror)


def _limit() -> str:
    return say("more than {limit} megapixels are not read", limit=MAX_PIXELS // 10**6)


def _refuse_empty(path: Path) -> None:
    if path.stat().st_size == 0:
        raise UnreadableFile(path, say("the file is empty (0 bytes)"))
