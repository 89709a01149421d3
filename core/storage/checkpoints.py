"""Copying the write-ahead log into the database beside the work, never on the way of a commit."""

import threading
from collections.abc import Callable

PAUSE = 0.7
"""Seconds after a commit before the log is copied: the annotator is reading the next line then."""

BACKSTOP_PAGES = 16_000
"""A commit copies the log itself only when it has grown to 64 MB, as in a large import."""


class Checkpointer:
    """A thread that calls ``checkpoint`` soon after each burst of commits; it begins with the first."""

    def __init__(self, checkpoint: Callable[[], None]) -> None:
        self._checkpoint = checkpoint
        self._written = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def note_commit(self) -> None:
        """Something was committed."""
        if self._thread is None:
            # A daemon: a program that ends without closing loses nothing, the log stays and is read.
            self._thread = threading.Thread(target=self._work, name="checkpoints", daemon=True)
            self._thread.start()
        self._written.set()

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        self._written.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while self._written.wait():
            # Cleared before looking whether to end: a close after that look leaves the event set.
            self._written.clear()
            if self._closing.wait(PAUSE):
                return
            self._checkpoint()
