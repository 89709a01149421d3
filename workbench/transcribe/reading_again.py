"""Reading the rest of a line again after each of the human's corrections. No Qt."""

from core.decoding.alternatives import alternatives_at
from core.decoding.constrained import redecode
from core.decoding.fusion import Fusion
from core.decoding.picture_order import PictureOrder
from core.decoding.posteriors import Posteriors
from core.recognition.writing_order import mirrored
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
        prefix, deleted = text[: len(text) - end], removed if not added else ""
        read = self._read_again(PictureOrder(text), len(prefix), deleted)
        if read is None or not read.startswith(prefix):
            return None
        self._unjudged = len(read) - len(prefix)
        return read

    def _read_again(self, order: PictureOrder, fixed: int, deleted: str) -> str | None:
        """The text with what comes after its first ``fixed`` characters read again, if that changes it.

        Where the cursor is in a word that runs against its line, what is fixed lies on both sides of what is
        not: nothing is read again.
        """
        prefix = order.beginning(fixed)
        if prefix is None:
            return None
        reading = redecode(
            order.seen(self._posteriors),
            prefix,
            rest=order.written[fixed:],
            deleted="".join(map(mirrored, deleted)) if order.from_right else deleted,
            fusion=self._fusion,
        )
        return order.text_of(reading.text) if reading.changed else None

    def alternatives(self, text: str, position: int) -> Doubt | None:
        """What else the character after ``position`` may be."""
        if not 0 <= position < len(text):
            return None
        order = PictureOrder(text)
        seen, place = order.seen(self._posteriors), order.place_of(position)
        found = alternatives_at(seen, order.written, place, fusion=self._fusion)
        others = tuple(other for char, _ in found if (other := order.char(char, position)) != text[position])
        return Doubt(position, position + 1, 0.0, 0.0, others[:MAX_ALTERNATIVES]) if others else None


def _common_ends(before: str, after: str) -> tuple[int, int]:
    """Lengths of the common beginning and, apart from it, of the common end."""
    most = min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    most -= start
    end = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return start, end
