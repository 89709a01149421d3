"""The steps between a line crop and a network: grey, contrast, size.

The three steps are those of the article Linewright grew from. They are named, and a model's file says
which of them it was trained with. *Size* is always needed. *Grey* and *contrast stretch* are off by
default: with a stretch the base ppocr-v6-small makes 7.7, 9.3, 1.7 and 33.3 % character errors on 120
lines each of a book of 1550, Fraktur, classical Chinese and handwriting, without it 7.9, 9.3, 1.7 and
32.4 %; crnn-ppocr-v2 makes 56 % with it and 34 % without on the book.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

Crop = NDArray[np.uint8]
"""A line's image (H, W, 3), BGR, reading left to right."""

Step = Literal["grey", "contrast_stretch", "size"]
STEPS: tuple[Step, ...] = get_args(Step)

MAX_RATIO = 160
"""Longest line, in multiples of its height; a longer crop is squeezed so that memory stays bounded."""

TAILS = (1.0, 99.0)
"""Percentiles of grey that the contrast stretch maps to 0 and 255."""


@dataclass(frozen=True, slots=True)
class Normalization:
    """Which steps a model wants, in the order in which they run.

    ``width`` (px) is that of models made for single words, which stretch every image to one size; ``None``
    keeps the ratio.

    Raises:
        ValueError: If a step is unknown, ``size`` is missing, or the width is none.
    """

    steps: tuple[Step, ...] = ("size",)
    width: int | None = None

    def __post_init__(self) -> None:
        if self.width is not None and self.width < 1:
            raise ValueError(f"a width of {self.width} px")
        unknown = [step for step in self.steps if step not in STEPS]
        if unknown or "size" not in self.steps:
            raise ValueError(f"normalisation steps {self.steps}: choose from {STEPS}; size is needed")

    @classmethod
    def of(cls, steps: Collection[str]) -> "Normalization":
        """Some steps in their order; ``size`` is always among them.

        Raises:
            ValueError: If a step is unknown.
        """
        unknown = [step for step in steps if step not in STEPS]
        if unknown:
            raise ValueError(f"normalisation steps {unknown}: choose from {STEPS}")
        return cls(tuple(step for step in STEPS if step in (*steps, "size")))

    def with_steps(self, steps: Collection[str]) -> "Normalization":
        """Other steps, the same width.

        Raises:
            ValueError: If a step is unknown.
        """
        return replace(self, steps=Normalization.of(steps).steps)

    def apply(self, crop: Crop, height: int) -> Crop:
        """The crop ready for a network: (height, W', 3), BGR, 0-255.

        Raises:
            ValueError: If the crop is empty or not (H, W, 3) of bytes.
        """
        if crop.ndim != 3 or crop.shape[2] != 3 or crop.size == 0 or crop.dtype != np.uint8:
            raise ValueError(f"a crop is a non-empty (H, W, 3) array of bytes, not {crop.shape} {crop.dtype}")
        for step in self.steps:
            if step == "grey":
                crop = to_grey(crop)
            elif step == "contrast_stretch":
                crop = stretch_contrast(crop)
            else:
                crop = (
                    scale_to_height(crop, height) if self.width is None else stretch(crop, self.width, height)
                )
        return crop


def to_grey(crop: Crop) -> Crop:
    """Luminance in all three channels."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    return _bytes(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))


def stretch_contrast(crop: Crop) -> Crop:
    """Spread the grey values so that their 1st and 99th percentile become 0 and 255; a flat crop stays."""
    low, high = np.percentile(crop, TAILS)
    if high - low < 1:
        return crop
    table = np.clip((np.arange(256) - low) * (255.0 / (high - low)), 0, 255).astype(np.uint8)
    return _bytes(cv2.LUT(crop, table))


def scale_to_height(crop: Crop, height: int) -> Crop:
    """Scale to ``height`` px keeping the ratio, at least 1 px and at most ``MAX_RATIO * height`` px wide."""
    rows, columns = crop.shape[:2]
    width = min(max(round(columns * height / rows), 1), MAX_RATIO * height)
    if (rows, columns) == (height, width):
        return crop
    method = cv2.INTER_AREA if rows > height else cv2.INTER_LINEAR  # area averages: fine strokes survive
    return _bytes(cv2.resize(crop, (width, height), interpolation=method))


def stretch(crop: Crop, width: int, height: int) -> Crop:
    """Scale to a size without keeping the ratio."""
    rows, columns = crop.shape[:2]
    method = cv2.INTER_AREA if rows > height and columns > width else cv2.INTER_LINEAR
    return _bytes(cv2.resize(crop, (width, height), interpolation=method))


def _bytes(image: object) -> Crop:
    return np.asarray(image, dtype=np.uint8)
