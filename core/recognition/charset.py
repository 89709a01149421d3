"""The characters that a model can write, in the order of its output classes."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

BLANK = 0
"""Class of the CTC blank; character ``i`` of a charset is class ``i + 1``."""


@dataclass(frozen=True)
class Charset:
    """Ordered distinct characters (single code points); the blank is not among them.

    Raises:
        ValueError: If a character occurs twice or is not one code point.
    """

    characters: tuple[str, ...]

    def __post_init__(self) -> None:
        if any(len(char) != 1 for char in self.characters):
            raise ValueError("a charset holds single code points")
        if len(set(self.characters)) != len(self.characters):
            raise ValueError("a character occurs twice in the charset")

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> "Charset":
        """All characters of ``texts`` after NFC, in code point order."""
        seen: set[str] = set()
        for text in texts:
            seen.update(unicodedata.normalize("NFC", text))
        return cls(tuple(sorted(seen)))

    @property
    def classes(self) -> int:
        """Number of output classes C: the characters and the blank."""
        return len(self.characters) + 1

    @cached_property
    def class_of(self) -> dict[str, int]:
        """Class (1 .. C-1) of each character."""
        return {char: number for number, char in enumerate(self.characters, start=1)}

    @cached_property
    def sha256(self) -> str:
        """Hash of the ordered characters; equal hashes mean interchangeable heads."""
        return hashlib.sha256("\n".join(self.characters).encode()).hexdigest()

    @property
    def vocabulary(self) -> str:
        """The characters one a line, as other programs list them: line i is class i."""
        return "".join(f"{char}\n" for char in self.characters)

    def __len__(self) -> int:
        return len(self.characters)

    def __contains__(self, char: str) -> bool:
        return char in self.class_of

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Characters of ``texts`` (NFC) that cannot be written, in code point order."""
        return tuple(char for char in Charset.of_texts(texts).characters if char not in self)

    def union(self, other: "Charset") -> "Charset":
        """This charset, its classes unchanged, followed by what only ``other`` has."""
        return Charset(self.characters + tuple(char for char in other.characters if char not in self))
