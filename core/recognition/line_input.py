"""From a line image at model height to the numbers a network was trained on; no torch here."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from core.imaging.normalize import Crop

Numbers = NDArray[np.float32]

Colour = Literal["bgr", "rgb", "grey"]
Fill = Literal["zero", "black", "white", "edge"]

WIDTH_STEP = 32
"""Lines are padded to a multiple of this many px unless a network asks for another step."""

LUMINANCE = np.array((0.1140, 0.5870, 0.2989), dtype=np.float32)
"""Grey from blue, green, red: ITU-R BT.601, to the digits that ModelScope's CRNN multiplies with."""


def colour_of(channels: int) -> Colour:
    """The colour of other projects' networks, told by the channels of their first convolution."""
    return "grey" if channels == 1 else "rgb"


@dataclass(frozen=True, slots=True)
class LineInput:
    """What a network expects of its input images.

    A value x of 0-255 goes in as ``(x / 255 - mean) / deviation``, or with ``255 - x`` for x if ``inverted``.

    Args:
        height: Height in px.
        colour: The channels and their order.
        inverted: Ink is light on dark.
        mean: For all channels together, or one a channel.
        deviation: As ``mean``.
        margin: px of ``fill`` at both ends of the line.
        fill: What margin and right padding are made of: ``zero`` is the number 0, ``black`` and ``white`` are
            pixels of the scan, ``edge`` repeats the outermost column.
        step: Widths are padded on the right to a multiple of this many px.

    Raises:
        ValueError: If a value is out of range.
    """

    height: int
    colour: Colour = "bgr"
    inverted: bool = False
    mean: tuple[float, ...] = (0.5,)
    deviation: tuple[float, ...] = (0.5,)
    margin: int = 0
    fill: Fill = "zero"
    step: int = WIDTH_STEP

    def __post_init__(self) -> None:
        if self.colour not in get_args(Colour) or self.fill not in get_args(Fill):
            raise ValueError(f"unknown colour “{self.colour}” or fill “{self.fill}”")
        if self.height < 1 or self.step < 1 or self.margin < 0:
            raise ValueError("height and step are at least 1 px, a margin is at least 0 px")
        for numbers in (self.mean, self.deviation):
            if len(numbers) not in (1, self.channels):
                raise ValueError(f"{len(numbers)} factors for {self.channels} channels")
        if not all(self.deviation):
            raise ValueError("a deviation is 0")

    @property
    def channels(self) -> int:
        """Channels of the network's input: 1 or 3."""
        return 1 if self.colour == "grey" else 3

    def canvas(self, width: int) -> int:
        """Width in px, margins and padding included, of the input for an image ``width`` px wide.

        It hangs on the line alone, so that a line's neighbours never change its reading.
        """
        return -(-(width + 2 * self.margin) // self.step) * self.step

    def numbers(self, image: Crop) -> Numbers:
        """The image (H, W, 3), BGR, 0-255, as (H, W, channels)."""
        values: Numbers = image.astype(np.float32) / np.float32(255)
        if self.colour == "grey":
            values = (values @ LUMINANCE)[..., np.newaxis]
        elif self.colour == "rgb":
            values = values[..., ::-1]
        if self.inverted:
            values = 1 - values
        mean, deviation = np.asarray(self.mean, np.float32), np.asarray(self.deviation, np.float32)
        numbers: Numbers = (values - mean) / deviation
        return numbers

    def draw(self, image: Crop, row: Numbers) -> None:
        """Write an image into ``row`` (H, canvas, channels), which is full of zeros."""
        end = self.margin + image.shape[1]
        if self.fill in ("black", "white"):
            pixel = np.full((1, 1, 3), 255 if self.fill == "white" else 0, np.uint8)
            row[:] = self.numbers(pixel)
        row[:, self.margin : end] = self.numbers(image)
        if self.fill == "edge":
            row[:, : self.margin] = row[:, self.margin : self.margin + 1]
            row[:, end:] = row[:, end - 1 : end]

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "LineInput":
        """The inverse of ``to_json``.

        Raises:
            KeyError, TypeError: If a field is missing or unknown.
            ValueError: If a value is out of range.
        """
        return cls(**{**values, "mean": tuple(values["mean"]), "deviation": tuple(values["deviation"])})
