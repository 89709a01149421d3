"""The folder an export goes to: a free name for it, and whether it may be written to."""

import re
from itertools import count
from pathlib import Path

from core.wording import say
from core.workflow.exporting import names_in, not_empty

NAMES_SHOWN = 3

_HOME = re.compile(r"~([/\\]+|$)")
"""How people write their home folder."""


def folder_of(text: str) -> Path | None:
    """What was written as a folder; what does not begin at a root is in the home folder."""
    text = text.strip()
    return Path.home() / _without_home(text) if text else None


def _without_home(text: str) -> str:
    begin = _HOME.match(text)
    return text[begin.end() :] if begin else text


def free_folder(parent: Path, name: str) -> Path:
    """A folder in ``parent`` that nothing stands in the way of."""
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(parent / each for each in names if not (parent / each).exists())


def problem_of(folder: Path) -> str:
    """Why nothing can be written there, and what is there already; empty if it can."""
    try:
        names = names_in(folder)
    except OSError as error:
        return say(
            "{folder} cannot be read ({strerror}). Choose another folder.",
            folder=folder,
            strerror=error.strerror,
        )
    if not names:
        return ""
    shown = ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
    return f"{not_empty(folder)} {say('It holds: {names}', names=shown)}"
