"""Lines with text from right to left, decoded in the order in which their picture is read.

CTC output is aligned and searched frame by frame. Here the frames of a line from right to left are taken from
its right end, so that its first letter comes first and what is fixed before a cursor mostly stays before it;
numbers and Latin words then run backwards. Texts are turned into that order and back at the border; between,
nothing knows of directions. A text from left to right is its own order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.decoding.posteriors import Posteriors
from core.document import ReadCharacter, Recognition
from core.recognition.writing_order import (
    begins_at_the_right,
    in_reading_order,
    mirrored,
    order_in_picture,
    runs_right_to_left,
    visual,
)


@dataclass(frozen=True)
class PictureOrder:
    """How a text (NFC) stands in the picture of its line."""

    text: str

    @property
    def is_that_of_the_text(self) -> bool:
        """Whether nothing has to be turned."""
        return not runs_right_to_left(self.text)

    @cached_property
    def from_right(self) -> bool:
        """Whether frames are taken from the right end."""
        return not self.is_that_of_the_text and begins_at_the_right(self.text)

    @cached_property
    def _places(self) -> Sequence[tuple[int, bool]]:
        if self.is_that_of_the_text:
            return [(place, False) for place in range(len(self.text))]
        places = list(order_in_picture(self.text))
        return places[::-1] if self.from_right else places

    @cached_property
    def written(self) -> str:
        """The text in that order."""
        return "".join(
            mirrored(self.text[place]) if turned else self.text[place] for place, turned in self._places
        )

    def seen(self, posteriors: Posteriors) -> Posteriors:
        """What the model saw of such a line, in that order."""
        return posteriors.from_right() if self.from_right else posteriors

    def beginning(self, length: int) -> str | None:
        """The first characters of the text, if they come first in that order too."""
        first = {place for place, _ in self._places[:length]}
        return self.written[:length] if first == set(range(length)) else None

    def place_of(self, position: int) -> int:
        """Where the character at ``position`` of the text comes."""
        return next(index for index, (place, _) in enumerate(self._places) if place == position)

    def char(self, char: str, position: int) -> str:
        """A character that was read at ``position`` of the text, as it is written there."""
        return mirrored(char) if self._places[self.place_of(position)][1] else char

    def text_of(self, written: str) -> str | None:
        """The text that stands so in such a line; ``None`` if it would stand otherwise."""
        if self.is_that_of_the_text:
            return written
        text = visual(written[::-1] if self.from_right else written)
        other = PictureOrder(text)
        return text if (other.from_right, other.written) == (self.from_right, written) else None

    def recognition_of(self, read: Recognition) -> Recognition:
        """What was read in that order, in the order of the text; places count from the left again."""
        if not self.from_right:
            return in_reading_order(read)
        turned = tuple(_from_left(character) for character in reversed(read.characters))
        return in_reading_order(Recognition(turned, tuple(1 - gap for gap in reversed(read.gaps))))


def _from_left(read: ReadCharacter) -> ReadCharacter:
    return replace(read, start=1 - read.end, end=1 - read.start)
