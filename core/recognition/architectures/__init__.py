"""The network families, by name, with the facts that the steps around them need.

The facts are here without torch; ``build`` imports the module that holds the layers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import BadCheckpoint
from core.recognition.architectures.crnn_spec import CrnnSpec
from core.recognition.line_input import LineInput
from core.wording import say

if TYPE_CHECKING:
    from core.recognition.architectures.network import LineNetwork


@dataclass(frozen=True, slots=True)
class Architecture:
    """What a network expects, and one output frame for every ``stride`` px of width.

    The base models' layers are code; a network of the family ``crnn`` is described by ``spec``, which its
    model file carries.
    """

    name: str
    input: LineInput
    stride: int
    spec: CrnnSpec | None = None

    @property
    def height(self) -> int:
        """Height in px of the crops that go in."""
        return self.input.height

    def frames(self, width: int) -> int:
        """Output frames T of a crop that is ``width`` px wide at model height, its margins included."""
        if self.spec is not None:
            return self.spec.frames(width + 2 * self.input.margin)
        return -(-width // self.stride)


PPOCR_V6 = Architecture("ppocr-v6-small", LineInput(48), stride=8)
CRNN_V6 = Architecture("crnn-v6", LineInput(48), stride=8)
CRNN_PPOCR_V2 = Architecture("crnn-ppocr-v2", LineInput(32), stride=4)
CRNN = "crnn"

ARCHITECTURES = {architecture.name: architecture for architecture in (PPOCR_V6, CRNN_V6, CRNN_PPOCR_V2)}


def architecture(name: str) -> Architecture:
    """The facts of a base model's network.

    Raises:
        BadCheckpoint: If none has that name.
    """
    try:
        return ARCHITECTURES[name]
    except KeyError:
        raise BadCheckpoint(
            say(
                "The model is of the kind “{name}”, which this version does not know; it knows "
                "{names} and {crnn}. Update the program or choose another model.",
                name=name,
                names=", ".join(ARCHITECTURES),
                crnn=CRNN,
            )
        ) from None


def crnn(spec: CrnnSpec, line_input: LineInput) -> Architecture:
    """The facts of a network that a spec describes.

    Raises:
        ValueError: If the spec does not fit the height.
    """
    spec.features(line_input.height)
    return Architecture(CRNN, line_input, spec.stride, spec)


def build(facts: Architecture, classes: int) -> LineNetwork:
    """A network with random weights and ``classes`` outputs (C, blank included)."""
    if facts.spec is not None:
        from core.recognition.architectures.crnn import Crnn

        return Crnn(facts.spec, facts.input.channels, facts.height, classes)
    if facts is PPOCR_V6:
        from core.recognition.architectures.ppocr_v6 import PpocrV6

        return PpocrV6(classes)
    if facts is CRNN_V6:
        from core.recognition.architectures.crnn_v6 import CrnnV6

        return CrnnV6(classes)
    from core.recognition.architectures.crnn_ppocr_v2 import CrnnPpocrV2

    return CrnnPpocrV2(classes)
