"""Counts what a line costs its annotator. No Qt."""

import time
from collections import Counter
from collections.abc import Callable

from rapidfuzz.distance import Levenshtein

from core.storage.efforts import Effort

PAUSE = 30.0
"""Seconds without a key after which the annotator is thought to be elsewhere."""


class EffortMeter:
    """One line at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.start("")

    def start(self, offered: str) -> None:
        """A line was taken in hand, and this text is offered for it."""
        self._offered = offered
        self._keys = 0
        self._seconds = 0.0
        self._last = self._clock()
        self._helps: Counter[str] = Counter()

    def key(self) -> None:
        """A key was pressed, or an input method took a step."""
        self._keys += 1
        self._note_time()

    def helped(self, by: str) -> None:
        """A help was used."""
        self._helps[by] += 1

    def finish(self, text: str) -> Effort:
        """The line is confirmed with this text."""
        self._note_time()
        return Effort(
            keystrokes=self._keys,
            seconds=round(self._seconds, 2),
            edits=Levenshtein.distance(self._offered, text),
            characters=len(text),
            helps=dict(self._helps),
        )

    def _note_time(self) -> None:
        now = self._clock()
        self._seconds += min(now - self._last, PAUSE)
        self._last = now
