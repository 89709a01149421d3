"""One writer per project: an operating-system lock that a dead process releases by dying."""

import datetime as dt
import json
import os
import socket
from pathlib import Path

from filelock import FileLock, Timeout

from core.wording import say


class WriterLock:
    """Lock file ``project.lock`` beside the database; who holds it is noted in ``project.writer``."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "project.lock")
        self._note = folder / "project.writer"

    def acquire(self) -> bool:
        """Take the lock; ``False`` if another process or window has it.

        Raises:
            OSError: If the folder cannot be written; nothing is locked then.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        holder = {
            "process": os.getpid(),
            "machine": socket.gethostname(),
            "since": dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        }
        try:
            self._note.write_text(json.dumps(holder), encoding="utf-8")
        except OSError:
            self.release()
            raise
        return True

    def holder(self) -> str:
        """Who has the lock, in words."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return say("process {process} on {machine}, since {since}", **note)
        except (OSError, ValueError, LookupError, TypeError):
            return say("another process")

    def release(self) -> None:
        """Give the lock back."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()
