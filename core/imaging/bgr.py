"""Any Pillow picture as a plain 8-bit BGR array."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_DEEP_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
_ALPHA_MODES = ("RGBA", "LA", "PA", "RGBa", "La")


def to_bgr(picture: Image.Image) -> NDArray[np.uint8]:
    """Convert a picture of any mode to 8-bit colour ``(H, W, 3)``, channels blue, green, red.

    Transparent parts become white paper. Sixteen-bit greys keep their upper eight bits, so that the
    brightness of two scans stays comparable; only 32-bit values, which have no usual range, are
    scaled to theirs.
    """
    if picture.mode in _DEEP_MODES:
        grey = _eight_bit(picture)
        return np.repeat(grey[:, :, np.newaxis], 3, axis=2)
    if picture.mode in _ALPHA_MODES or "transparency" in picture.info:
        picture = _on_white(picture)
    # No copy more than needed: a page of twelve megapixels takes 36 MB each time.
    rgb = picture if picture.mode == "RGB" else picture.convert("RGB")
    return np.asarray(cv2.cvtColor(np.asarray(rgb), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _on_white(picture: Image.Image) -> Image.Image:
    rgba = picture.convert("RGBA")
    white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, rgba)


def _eight_bit(picture: Image.Image) -> NDArray[np.uint8]:
    values = np.asarray(picture)
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        return np.asarray(values >> 8, dtype=np.uint8)
    real = np.nan_to_num(np.asarray(values, dtype=np.float64))
    highest = max(float(real.max(initial=0.0)), 0.0)
    whole = next((limit for limit in (1.0, 255.0, 65535.0) if highest <= limit), highest)
    return np.asarray(np.clip(real * (255.0 / whole), 0, 255), dtype=np.uint8)
