"""Writing files so that a crash leaves the old one or the new one, never half of one; names that fit."""

import os
import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LONGEST_NAME = 255
"""Bytes of UTF-8 that a file's name may have on Linux; Windows and macOS allow no fewer characters."""


_TEMPORARY = re.compile(r"\..*\.[0-9a-f]{12}\.tmp", re.DOTALL)
"""So ``write_atomically`` calls a file that is not whole yet."""


def shortened(stem: str, room: int) -> str:
    """The beginning of a name that leaves so many bytes for what follows; a Chinese character takes three."""
    return stem.encode()[: LONGEST_NAME - room].decode(errors="ignore")


def legible(name: str | Path) -> str:
    """A name as it can be stored and printed: for bytes that are no UTF-8 stands �."""
    return str(name).encode(errors="surrogateescape").decode(errors="replace")


def is_file(path: Path) -> bool:
    """Whether there is a file of that name, also where other programs made it up."""
    try:
        return path.is_file()
    except OSError:  # a name longer than file systems allow
        return False


def write_atomically(file: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a temporary neighbour of ``file``, sync it to disk, then rename it over ``file``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    ending = f".{uuid.uuid4().hex[:12]}.tmp"
    temporary = file.with_name(f".{shortened(legible(file.name), room=len(ending) + 1)}{ending}")
    try:
        write(temporary)
        with temporary.open("r+b") as stream:
            os.fsync(stream.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def remove(file: Path) -> None:
    """Remove a file that nothing needs any more; one that is in use, or gone already, is no error."""
    with suppress(OSError):
        file.unlink()


def forget_half_written(folder: Path) -> None:
    """Remove what processes that were killed left of the files that they were writing into a folder."""
    for file in folder.glob(".*.tmp"):
        if _TEMPORARY.fullmatch(file.name):
            remove(file)


def write_text(file: Path, text: str) -> None:
    """Write a whole text as UTF-8, with line ends as they are."""
    write_atomically(file, lambda temporary: temporary.write_bytes(text.encode()))
