"""Picture files for pages that come out of a multi-page file."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from core.imaging.bgr import sixteen_bit, to_bgr

_PNG_MODES = ("1", "L", "LA", "I;16", "P", "RGB", "RGBA")
_LOSSY = ("jpeg", "tiff_jpeg")
_HUGE_PNG = 0.8  # bytes per px; drawn pages need 0.02 to 0.2, photographs in colour 1 to 2
_JPEG_QUALITY = 95


def encode_frame(picture: Image.Image) -> tuple[bytes, str]:
    """File bytes and suffix of a TIFF frame: PNG of the same depth, JPEG only if it was JPEG inside."""
    was_lossy = picture.info.get("compression") in _LOSSY
    deep = sixteen_bit(picture)  # a PNG has no tags to say how many bits are in use
    upright = ImageOps.exif_transpose(picture) if deep is None else Image.fromarray(deep)
    if upright.mode not in _PNG_MODES:
        upright = Image.fromarray(to_bgr(upright)[:, :, ::-1])
    if was_lossy and upright.mode in ("L", "RGB"):
        return _jpeg(upright), ".jpg"
    return _png(upright), ".png"


def encode_page(image: NDArray[np.uint8]) -> tuple[bytes, str]:
    """File bytes and suffix of a drawn page, BGR ``(H, W, 3)``: PNG, or JPEG for a photograph."""
    blue, green, red = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    grey = np.array_equal(blue, green) and np.array_equal(green, red)
    picture = Image.fromarray(blue if grey else np.ascontiguousarray(image[:, :, ::-1]))
    png = _png(picture)
    if len(png) <= _HUGE_PNG * picture.width * picture.height:
        return png, ".png"
    return _jpeg(picture), ".jpg"


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return buffer.getvalue()
