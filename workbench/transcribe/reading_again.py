"""Reading the rest of a line again after each of the human's corrections. No Qt."""

from core.decoding.alternatives import alternatives_at
from core.decoding.constrained import redecode
from core.decoding.fusion import Fusion
from core.decoding.posteriors import Posteriors
from workbench.transcribe.doubts import MAX_ALTERNATIVES, Doubt

SMALL = 2
"""Characters that one correction adds or takes away; more at once is pasting, and says little."""


class ReadingAgain:
    """One line in hand: what the model saw in it, and which part of the text nobody has vouched for yet."""

    def __init__(self, posteriors: Posteriors, fusion: Fusion | None, text: str) -> None:
        self._posteriors, self._fusion = posteriors, fusion
        self._unjudged = len(text)

    def after_edit(self, before: str, text: str) -> str | None:
        """The whole text with its rest read again; ``None`` if it stays as it is.

        Args:
            before: The text before the human changed it.
            text: The text now.
        """
        start, end = _common_ends(before, text)
        removed, added = before[start : len(before) - end], text[start : len(text) - end]
        left_of_an_earlier_edit = end > self._unjudged
        self._unjudged = min(self._unjudged, end)
        if left_of_an_earlier_edit or not end or max(len(removed), len(added)) > SMALL:
            return None
        prefix, rest = text[: len(text) - end], text[len(text) - end :]
        deleted = removed if not added else ""
        reading = redecode(self._posteriors, prefix, rest=rest, deleted=deleted, fusion=self._fusion)
        if not reading.changed or not reading.text.startswith(prefix):
            return None
        self._unjudged = len(reading.text) - len(prefix)
        return reading.text

    def alternatives(self, text: str, position: int) -> Doubt | None:
        """What else the character after ``position`` may be."""
        if not 0 <= position < len(text):
            return None
        found = alternatives_at(self._posteriors, text, position, fusion=self._fusion)
        others = tuple(char for char, _ in found if char != text[position])
        return Doubt(position, position + 1, 0.0, 0.0, others[:MAX_ALTERNATIVES]) if others else None


def _common_ends(before: str, after: str) -> tuple[int, int]:
    """Lengths of the common beginning and, apart from it, of the common end."""
    most = min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    most -= start
    end = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return start, end
