"""The network families, by name, with the facts that the steps around them need.

The facts are here without torch; ``build`` imports the module that holds the layers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import BadCheckpoint

if TYPE_CHECKING:
    from core.recognition.architectures.network import LineNetwork


@dataclass(frozen=True, slots=True)
class Architecture:
    """What a network expects: crops of ``height`` px; one output frame for every ``stride`` px of width.

    Channels are BGR; a value x of 0-255 goes in as ``(x / 255 - mean) / deviation``; padding is 0 after
    that, i.e. middle grey.
    """

    name: str
    height: int
    stride: int
    mean: float = 0.5
    deviation: float = 0.5

    def frames(self, width: int) -> int:
        """Output frames T of a crop that is ``width`` px wide at model height."""
        return -(-width // self.stride)


PPOCR_V6 = Architecture("ppocr-v6-small", height=48, stride=8)
CRNN_PPOCR_V2 = Architecture("crnn-ppocr-v2", height=32, stride=4)

ARCHITECTURES = {architecture.name: architecture for architecture in (PPOCR_V6, CRNN_PPOCR_V2)}


def architecture(name: str) -> Architecture:
    """The facts of a family.

    Raises:
        BadCheckpoint: If no family has that name.
    """
    try:
        return ARCHITECTURES[name]
    except KeyError:
        raise BadCheckpoint(
            f"The model is of the kind “{name}”, which this version does not know; "
            f"it knows {' and '.join(ARCHITECTURES)}. Update the program or choose another model."
        ) from None


def build(name: str, classes: int) -> LineNetwork:
    """A network with random weights and ``classes`` outputs (C, blank included).

    Raises:
        BadCheckpoint: If no family has that name.
    """
    if architecture(name) is PPOCR_V6:
        from core.recognition.architectures.ppocr_v6 import PpocrV6

        return PpocrV6(classes)
    from core.recognition.architectures.crnn_ppocr_v2 import CrnnPpocrV2

    return CrnnPpocrV2(classes)
