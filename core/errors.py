"""Errors that a user can do something about.

A ``KnownError`` carries one sentence: what happened, where, and what to do next. The command line
prints it and exits with 1; the window shows it in its message strip. Everything else is a bug and
propagates.
"""

import errno
from pathlib import Path

from core.files import legible
from core.wording import Sentence, say


class KnownError(Exception):
    """Something the user can mend; ``str(error)`` is the whole message."""

    @property
    def clause(self) -> str:
        """What to say where the file that it is about is named already."""
        return Sentence.of(self)


class NotAProject(KnownError):
    """The folder holds no project database."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            say(
                "{folder} is not a Linewright project: it has no project.db. "
                "Make one with “linewright new {folder}” or choose another folder.",
                folder=folder,
            )
        )


class ProjectExists(KnownError):
    """A project or other files are already where a new one should go."""


class NewerDatabase(KnownError):
    """The database was written by a later Linewright; opening it could lose data."""


class DamagedDatabase(KnownError):
    """The project's database holds what SQLite cannot read; ``reason`` is SQLite's word for it."""

    def __init__(self, database: Path, reason: object) -> None:
        backups = database.parent / "backups"
        if any(backups.glob("*.db")):
            way_out = say(
                "Move it and the files {database}-wal and {database}-shm to another folder, then copy the "
                "newest file from {backups} here as {database}.",
                database=database.name,
                backups=backups,
            )
        else:
            way_out = say(
                "There is no copy of it in {backups}: keep the folder as it is and take a copy of the whole "
                "folder from your own backups.",
                backups=backups,
            )
        super().__init__(
            say(
                "{database} cannot be read as a project database ({reason}). {way_out}",
                database=database,
                reason=reason,
                way_out=way_out,
            )
        )


class ReadOnlyProject(KnownError):
    """An act that writes was tried on a project opened read-only."""


class NotSaved(KnownError):
    """The project's disk or another program kept an act from being written; nothing of it was stored."""


class StaleEdit(KnownError):
    """Somebody else saved the line in between; both texts are kept in the error.

    ``page`` and ``line`` are the numbers that people see.
    """

    def __init__(self, page: int, line: int, ours: str, theirs: str) -> None:
        self.ours, self.theirs = ours, theirs
        super().__init__(
            say(
                "Line {line} of page {page} was changed elsewhere in the meantime. "
                "Saved there: “{theirs}”; yours: “{ours}”. Choose one and confirm again.",
                line=line,
                page=page,
                theirs=theirs,
                ours=ours,
            )
        )


class UnreadableFile(KnownError):
    """A file that cannot be read as what it claims to be. ``reason`` is one clause without a full stop."""

    def __init__(self, file: Path, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(say("{file}: {reason}.", file=legible(file.name), reason=reason))

    @property
    def clause(self) -> str:
        """The reason alone."""
        return self.reason


class UnknownModel(KnownError):
    """No model version has that name."""


class ModelInUse(KnownError):
    """The model version cannot be deleted: it is a base, promoted, or another's parent."""


class BadCheckpoint(KnownError):
    """A weights file that does not fit what it should hold."""


class NotRecommended(KnownError):
    """A model version is to be promoted that the evidence does not speak for."""


class NotEnoughLines(KnownError):
    """Too few corrected lines for the act (training, comparing)."""


class BadConfig(KnownError):
    """A configuration value that is unknown or out of range."""


class BadRule(KnownError):
    """A field rule or search that cannot be used: a pattern with an error, an empty word list."""


class WorkerFailed(KnownError):
    """The worker process ended without finishing its work."""


_OF_THE_DISK = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM}
)


def of_disk(error: BaseException) -> KnownError | None:
    """What to tell of an error that nobody awaited, if the disk or its permissions are its cause."""
    if not isinstance(error, OSError):
        return None
    # So tempfile calls a disk that is full: none of the folders for temporary files could be written.
    nowhere = isinstance(error, FileNotFoundError) and error.filename is None
    if error.errno not in _OF_THE_DISK and not nowhere:
        return None
    told = say(
        "{file} could not be written or read ({strerror}). What was saved before is kept. Make room on the "
        "disk, or allow writing there, then try again.",
        file=legible(error.filename) if isinstance(error.filename, str | Path) else say("A file"),
        strerror=error.strerror,
    )
    return KnownError(told)
