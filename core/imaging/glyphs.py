"""Pictures of single characters, and how far each is from what that character usually looks like."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.imaging.normalize import Crop

Floats = NDArray[np.float32]

PICTURE_HEIGHT = 48
"""Px of a picture to look at."""

PAD = 0.15
"""Line heights of surroundings left and right: a recogniser's places are no outlines."""

_PALE = 0.65
"""How far (0-1) surroundings fade into paper."""

_HEIGHT, _WIDTH, _SHIFT = 32, 24, 3
"""Px of a picture to compare, and how far it may be moved sideways to fit."""


def glyph_picture(crop: Crop, start: float, end: float) -> Crop:
    """One character with some surroundings, ``PICTURE_HEIGHT`` px high, BGR.

    Args:
        crop: The line (H, W, 3).
        start: Where the character begins, as a fraction (0-1) of the width, from the left.
        end: Where it ends.
    """
    height, width = crop.shape[:2]
    left = int(np.clip(start * width - PAD * height, 0, width - 1))
    right = int(np.clip(np.ceil(end * width + PAD * height), left + 1, width))
    part = crop[:, left:right].copy()
    # what stands beside the character is paled: it tells where one is, but is not what is looked at
    paper = np.percentile(part, 90, axis=(0, 1))
    for beside in (
        slice(0, max(int(start * width) - left, 0)),
        slice(int(np.ceil(end * width)) - left, None),
    ):
        part[:, beside] = (_PALE * paper + (1 - _PALE) * part[:, beside]).astype(np.uint8)
    size = (max(round(part.shape[1] * PICTURE_HEIGHT / height), 1), PICTURE_HEIGHT)
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def glyph_features(picture: Crop) -> Floats:
    """A picture brought to one size and contrast: grey, mean 0, length 1, (32, 30)."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    size = (_WIDTH + 2 * _SHIFT, _HEIGHT)
    small = cv2.GaussianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), (3, 3), 0)
    return _normed(255.0 - np.asarray(small, dtype=np.float32))


def strangeness(features: Sequence[Floats]) -> NDArray[np.float64]:
    """How far each picture is from the median of all, 0 (the same) to 2 (its negative).

    1 - correlation with the median picture, at the best of some small shifts sideways. The median is
    not drawn towards the few that are read wrongly, as a mean would be.
    """
    if not features:
        return np.empty(0)
    stack = np.stack(features)
    middle = _normed(np.median(stack, axis=0)[:, _SHIFT:-_SHIFT].astype(np.float32))
    best = np.full(len(stack), -1.0)
    for shift in range(2 * _SHIFT + 1):
        part = stack[:, :, shift : shift + _WIDTH]
        part = part - part.mean(axis=(1, 2), keepdims=True)
        length = np.maximum(np.sqrt((part**2).sum(axis=(1, 2))), 1e-6)
        best = np.maximum(best, (part * middle).sum(axis=(1, 2)) / length)
    return 1.0 - best


def _normed(values: Floats) -> Floats:
    centred = values - values.mean()
    return np.asarray(centred / max(float(np.sqrt((centred**2).sum())), 1e-6), dtype=np.float32)
