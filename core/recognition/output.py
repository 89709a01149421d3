"""What a network says of one line, before anybody reads it."""

from dataclasses import dataclass

from core.document import Recognition
from core.recognition import ctc
from core.recognition.charset import Charset
from core.recognition.writing_order import in_reading_order


@dataclass(frozen=True, slots=True)
class LineOutput:
    """Logits (T, C) of a line without padding.

    ``length`` is that of its crop in frames, ``origin`` the frames of margin before it; ``temperature``
    divides the logits before probabilities are taken.
    """

    logits: ctc.Logits
    charset: Charset
    length: float
    origin: float = 0.0
    temperature: float = 1.0

    def decode(self) -> Recognition:
        """The greedy reading, in the order of the text."""
        read = ctc.decode(
            self.logits,
            self.charset,
            length=self.length,
            origin=self.origin,
            temperature=self.temperature,
        )
        return in_reading_order(read)
