"""Text to output classes and back."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from core.recognition.charset import Charset
from core.recognition.writing_order import visual


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as classes. ``unknown`` lists what could not be encoded; a training line must have none."""

    classes: tuple[int, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codec:
    """One code point is one class; texts are taken as NFC, classes in the order of the picture."""

    charset: Charset

    def encode(self, text: str) -> Encoded:
        """Classes (1 .. C-1) of ``text``; characters outside the charset are reported, not guessed."""
        class_of = self.charset.class_of
        composed = visual(unicodedata.normalize("NFC", text))
        return Encoded(
            classes=tuple(class_of[char] for char in composed if char in class_of),
            unknown=tuple(dict.fromkeys(char for char in composed if char not in class_of)),
        )

    def decode(self, classes: Iterable[int]) -> str:
        """NFC text of classes 1 .. C-1 (no blanks, runs already collapsed)."""
        characters = self.charset.characters
        read = unicodedata.normalize("NFC", "".join(characters[number - 1] for number in classes))
        return visual(read)
