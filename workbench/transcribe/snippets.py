"""Texts that a user has put on keys or abbreviations of their own."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QKeySequence

from core.errors import KnownError
from core.files import write_text
from core.wording import say

LONGEST = 200
"""Characters of a text, or of an abbreviation."""


_IS_KEY = re.compile(r"(?=.*(Ctrl|Alt|Meta)\+)[A-Za-z]+\+.+|(Shift\+)?F\d+")
"""With a modifier that makes it no letter, or a function key."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """``key`` is a key with a modifier (``Alt+Shift+S``), which writes ``text`` at once, or an abbreviation.

    An abbreviation is typed and then replaced by ``text`` when Tab is pressed.
    """

    key: str
    text: str

    @property
    def sequence(self) -> str:
        """The key in Qt's portable notation; empty if ``key`` is an abbreviation."""
        return key_sequence(self.key)


def key_sequence(key: str) -> str:
    """A key combination in Qt's portable notation; empty for what is typed as text."""
    sequence = QKeySequence(key.strip())
    name = sequence.toString()
    return name if sequence.count() == 1 and _IS_KEY.fullmatch(name) else ""


def checked(snippets: Sequence[Snippet], taken: dict[str, str]) -> tuple[Snippet, ...]:
    """The snippets that are complete, their keys in one notation.

    Args:
        snippets: What was written.
        taken: Names of commands by their keys.

    Raises:
        KnownError: If a key belongs to a command or to two snippets, or a text or key is missing.
    """
    known: dict[str, str] = {}
    for snippet in snippets:
        key, text = snippet.sequence or snippet.key.strip(), snippet.text
        if not key and not text:
            continue
        _check_form(key, text)
        if key in taken:
            raise KnownError(
                say("{key} already does “{command}”; choose another key.", key=key, command=taken[key])
            )
        if key in known:
            raise KnownError(say("{key} is there twice; once it writes “{text}”.", key=key, text=known[key]))
        known[key] = text
    return tuple(Snippet(key, text) for key, text in known.items())


def _check_form(key: str, text: str) -> None:
    if not key or not text:
        raise KnownError(say("“{what}” lacks its other half: fill in key and text.", what=key or text))
    if len(key) > LONGEST or len(text) > LONGEST:
        raise KnownError(say("“{key}” is too long; {most} characters at most.", key=key[:20], most=LONGEST))
    if not key_sequence(key) and any(char.isspace() for char in key):
        raise KnownError(say("The abbreviation “{key}” has a blank in it; leave it out.", key=key))


def before_cursor(snippets: Sequence[Snippet], before: str) -> Snippet | None:
    """The longest abbreviation that a text ends with; a whole word, not the end of one."""
    found = [
        each
        for each in snippets
        if not each.sequence
        and before.endswith(each.key)
        and not (each.key[0].isalnum() and before[: -len(each.key)][-1:].isalnum())
    ]
    return max(found, key=lambda each: len(each.key), default=None)


def to_json(snippets: Sequence[Snippet]) -> str:
    """All snippets as one text."""
    return json.dumps([[each.key, each.text] for each in snippets], ensure_ascii=False)


def from_json(text: str) -> tuple[Snippet, ...]:
    """The inverse of ``to_json``; empty for anything else."""
    try:
        return tuple(Snippet(str(key), str(written)) for key, written in json.loads(text or "[]"))
    except (ValueError, TypeError):
        return ()


def write_file(file: Path, snippets: Sequence[Snippet]) -> None:
    """Write snippets as lines ``key, tabulator, text``; a file that was there stays until they are whole.

    Raises:
        KnownError: If the file cannot be written.
    """
    try:
        write_text(file, "".join(f"{each.key}\t{each.text}\n" for each in snippets))
    except OSError as error:
        raise KnownError(
            say("{file} cannot be written: {reason}.", file=file, reason=error.strerror)
        ) from error


def read_file(file: Path) -> tuple[Snippet, ...]:
    """Read what ``write_file`` wrote.

    Raises:
        KnownError: If it is not such a file.
    """
    try:
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8-sig").splitlines() if line]
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(say("{file} cannot be read as UTF-8 text.", file=file)) from error
    if not all(len(row) == 2 for row in rows):
        raise KnownError(
            say("{file} holds no keys with texts: each line is a key, a tabulator, a text.", file=file)
        )
    return tuple(Snippet(key, text) for key, text in rows)
