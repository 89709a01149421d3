"""Any Pillow picture as a plain 8-bit BGR array."""

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

_SHORT_MODES = ("I;16", "I;16L", "I;16B", "I;16N")
_DEEP_MODES = ("I", "F", *_SHORT_MODES)
_ALPHA_MODES = ("RGBA", "LA", "PA", "RGBa", "La")

_BITS_PER_SAMPLE, _PHOTOMETRIC, _MAX_SAMPLE_VALUE, _SMAX_SAMPLE_VALUE = 258, 262, 281, 341  # TIFF tags
_WHITE_IS_ZERO = 0
_BYTE, _TWELVE_BITS, _SHORT = 2**8 - 1, 2**12 - 1, 2**16 - 1
_BRIGHT_SHARE = 0.1


def to_bgr(picture: Image.Image) -> NDArray[np.uint8]:
    """Convert a picture of any mode to 8-bit colour ``(H, W, 3)``, channels blue, green, red.

    Transparent parts become white paper. Sixteen-bit greys keep the upper eight of the bits that are in use
    (:func:`_white`), so that the brightness of two scans stays comparable; only 32-bit values, which have
    no usual range, are scaled to theirs.
    """
    if picture.mode in _DEEP_MODES:
        grey = _eight_bit(picture)
        return np.repeat(grey[:, :, np.newaxis], 3, axis=2)
    if picture.mode in _ALPHA_MODES or "transparency" in picture.info:
        picture = _on_white(picture)
    # No copy more than needed: a page of twelve megapixels takes 36 MB each time.
    rgb = picture if picture.mode == "RGB" else picture.convert("RGB")
    return np.asarray(cv2.cvtColor(np.asarray(rgb), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def sixteen_bit(picture: Image.Image) -> NDArray[np.uint16] | None:
    """The values (H, W) of a sixteen-bit grey picture, 65535 for white; ``None`` for other pictures.

    Args:
        picture: As it was opened: a copy has lost the tags of its TIFF.
    """
    if picture.mode not in _SHORT_MODES:
        return None
    values = np.asarray(picture).astype(np.uint16)
    tags = picture.tag_v2 if isinstance(picture, TiffImagePlugin.TiffImageFile) else {}
    white = _white(values, tags)
    if white < _SHORT:
        values = (np.minimum(values, white).astype(np.uint32) * _SHORT // white).astype(np.uint16)
    # Pillow turns such greys only where they have up to eight bits.
    return _SHORT - values if tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO else values


def _white(values: NDArray[np.uint16], tags: Mapping[int, Any]) -> int:
    """The greatest value that the picture could have.

    Cameras and scanners of ten to fourteen bits write their values as they are. A TIFF may say so itself: by
    its bits per sample, or by a greatest sample value of the form 2^n - 1 (others only tell what occurs).
    Where it says nothing, no more than twelve bits are taken for granted, and only if no value is greater
    and a tenth of the picture lies above the half of them: as sixteen bits even its paper would be all but
    black (at most 6 % of white). A picture that is merely dark stays dark.
    """
    greatest = int(values.max(initial=0))
    stated = [_first(tags, name) for name in (_MAX_SAMPLE_VALUE, _SMAX_SAMPLE_VALUE)]
    for white in ((1 << _first(tags, _BITS_PER_SAMPLE)) - 1, *stated):
        if _BYTE < white < _SHORT and white & (white + 1) == 0 and greatest <= white:
            return white
    if max(greatest, *stated) > _TWELVE_BITS:
        return _SHORT
    bright = np.quantile(values, 1 - _BRIGHT_SHARE, method="lower") > _TWELVE_BITS // 2
    return _TWELVE_BITS if bright else _SHORT


def _first(tags: Mapping[int, Any], name: int) -> int:
    """A whole number of a TIFF's tag, the first if there is one for each channel; 0 without any."""
    value = tags.get(name, 0)
    value = next(iter(value), 0) if isinstance(value, tuple) else value
    return int(value) if isinstance(value, int) else 0


def _on_white(picture: Image.Image) -> Image.Image:
    rgba = picture.convert("RGBA")
    white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, rgba)


def _eight_bit(picture: Image.Image) -> NDArray[np.uint8]:
    if (values := sixteen_bit(picture)) is not None:
        return np.asarray(values >> 8, dtype=np.uint8)
    real = np.nan_to_num(np.asarray(picture, dtype=np.float64))
    highest = max(float(real.max(initial=0.0)), 0.0)
    whole = next((limit for limit in (1.0, 255.0, 65535.0) if highest <= limit), highest)
    return np.asarray(np.clip(real * (255.0 / whole), 0, 255), dtype=np.uint8)
