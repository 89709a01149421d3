"""What is looked for in texts, and what goes in its place."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from core.document import TranscriptionState, normalize_text
from core.errors import BadRule
from core.rules.repetition import refuse_nested_repetition
from core.wording import say

LONGEST_LINE = 2000
"""A regular expression is not tried on longer texts."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, where, and what goes in its place.

    ``below``: only lines whose draft has less mean confidence than this (0-1).
    """

    find: str
    replacement: str = ""
    match_case: bool = True
    whole_words: bool = False
    regular: bool = False
    in_texts: bool = True
    in_drafts: bool = True
    states: frozenset[TranscriptionState] = field(default_factory=lambda: frozenset(TranscriptionState))
    below: float | None = None

    @property
    def needle(self) -> str:
        """What is looked for, as texts are stored."""
        return unicodedata.normalize("NFC", self.find).replace("\0", "")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """``spans`` are the places found in the old text, ``placed`` what stands there in the new one."""

    text: str
    spans: tuple[Span, ...]
    placed: tuple[Span, ...]


Rewriter = Callable[[str], Rewritten | None]


def rewriter(search: Search) -> Rewriter:
    """A function from a text to what becomes of it; ``None`` if nothing is found.

    Raises:
        BadRule: If the regular expression has an error, could take forever, or the replacement asks for a
            group that is not there.
    """
    pattern = _compiled(search)

    def rewrite(text: str) -> Rewritten | None:
        if search.regular and len(text) > LONGEST_LINE:
            return None
        matches = [match for match in pattern.finditer(text) if match.end() > match.start()]
        if not matches:
            return None
        parts, placed, at, length = [], [], 0, 0
        for match in matches:
            new = match.expand(search.replacement) if search.regular else search.replacement
            parts += [text[at : match.start()], new]
            length += match.start() - at
            placed.append((length, length + len(new)))
            at, length = match.end(), length + len(new)
        spans = tuple((match.start(), match.end()) for match in matches)
        written = normalize_text("".join([*parts, text[at:]]))
        return Rewritten(written, spans, tuple(placed))

    return rewrite


def _compiled(search: Search) -> re.Pattern[str]:
    source = search.needle if search.regular else _plain(search.needle, search.match_case)
    if search.whole_words:
        # Not \b: what is looked for may begin or end with a sign.
        source = rf"(?<!\w)(?:{source})(?!\w)"
    try:
        pattern = re.compile(source, re.IGNORECASE if search.regular and not search.match_case else 0)
        if search.regular:
            refuse_nested_repetition(search.needle)
            pattern.sub(search.replacement, "")
    except (re.error, IndexError, OverflowError, RecursionError) as error:
        raise BadRule(
            say("The regular expression or its replacement has an error: {error}.", error=error)
        ) from error
    return pattern


def _plain(needle: str, match_case: bool) -> str:
    """The needle as a pattern. Capital and small letters only: Python takes ``ſ`` for an ``s``, too."""
    if match_case:
        return re.escape(needle)
    return "".join(f"[{re.escape(low)}{re.escape(high)}]" for low, high in map(_cases, needle))


def _cases(char: str) -> tuple[str, str]:
    low, high = char.lower(), char.upper()
    return (low, high) if len(low) == len(high) == 1 and high.lower() == low else (char, char)
