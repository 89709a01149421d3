"""A line in a package of pages: as it is, and as the home project knows it."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from core.document import LineOrigin, LineShape, Recognition, TranscriptionState

QUARTERS = (0, 90, 180, 270)
"""Degrees by which a page can be turned."""


@dataclass(frozen=True, slots=True)
class PackagedText:
    """A human text with its revision in the project it comes from."""

    text: str
    state: TranscriptionState
    revision: int
    author: str

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"text": self.text, "state": self.state, "revision": self.revision, "author": self.author}

    @staticmethod
    def from_json(values: dict[str, Any]) -> "PackagedText":
        """The inverse of ``to_json``."""
        state = TranscriptionState(values["state"])
        return PackagedText(
            text_from(values["text"]), state, int(values["revision"]), text_from(values["author"])
        )


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line as the home project has it, unless it was changed there: ``shape`` on the page so turned."""

    tag: str
    shape: LineShape
    rotation: int

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"tag": self.tag, "rotation": self.rotation, **self.shape.to_json()}

    @staticmethod
    def from_json(values: dict[str, Any]) -> "KnownLine":
        """The inverse of ``to_json``."""
        if values["rotation"] not in QUARTERS:
            raise ValueError(f"a page cannot be turned by {values['rotation']}")
        return KnownLine(text_from(values["tag"]), _shape_from(values), values["rotation"])


@dataclass(frozen=True, slots=True)
class PackagedComment:
    """A remark on a line.

    ``handed``: whether it was settled when it left the home project; ``None`` if it was written since.
    ``deleted``: it was taken away since; ``resolved`` then is as it was when it came or was sent last.
    """

    author: str
    text: str
    resolved: bool
    at: dt.datetime
    handed: bool | None
    deleted: bool = False

    @property
    def key(self) -> tuple[str, str, dt.datetime]:
        """Author, text and time, by which two projects know a remark to be the same."""
        return self.author, self.text, self.at

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "author": self.author,
            "text": self.text,
            "resolved": self.resolved,
            "at": self.at.isoformat(),
            "handed": self.handed,
            "deleted": self.deleted,
        }

    @staticmethod
    def from_json(values: dict[str, Any]) -> "PackagedComment":
        """The inverse of ``to_json``."""
        at = dt.datetime.fromisoformat(values["at"])
        text = text_from(values["text"])
        if at.tzinfo is None or not text.strip():
            raise ValueError("a remark has no words, or a time that could be any")
        handed = None if values["handed"] is None else _flag(values["handed"])
        return PackagedComment(
            text_from(values["author"]),
            text,
            _flag(values["resolved"]),
            at.astimezone(dt.UTC),
            handed,
            _flag(values.get("deleted", False)),
        )


@dataclass(frozen=True, slots=True)
class PackagedLine:
    """``key`` is the line's id in the home project, 0 for one that was drawn elsewhere.

    ``drawn`` is the id that one of these has where it was drawn, or came to from there.

    ``known`` is the line as it was handed out, and then each other state in which it was sent home: as long
    as it is one of these at home, nobody has changed it there. It is empty for lines that never went either
    way, and in packages of older programs.
    """

    key: int
    shape: LineShape
    origin: LineOrigin
    tag: str
    base: PackagedText | None
    text: PackagedText | None
    model: str = ""
    draft: Recognition | None = None
    known: tuple[KnownLine, ...] = ()
    comments: tuple[PackagedComment, ...] = ()
    drawn: int = 0

    @property
    def ref(self) -> int:
        """By what the reading order of its page names it: no other line of the page has the same."""
        return self.key or -self.drawn

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "key": self.key,
            "drawn": self.drawn,
            "origin": self.origin,
            "tag": self.tag,
            **self.shape.to_json(),
            "base": self.base.to_json() if self.base else None,
            "text": self.text.to_json() if self.text else None,
            "model": self.model,
            "draft": self.draft.to_json() if self.draft else None,
            "known": [each.to_json() for each in self.known],
            "comments": [each.to_json() for each in self.comments],
        }

    @staticmethod
    def from_json(values: dict[str, Any], *, drafts: bool = True) -> "PackagedLine":
        """The inverse of ``to_json``; packages of older programs lack what is asked for by ``get``."""
        return PackagedLine(
            key=int(values["key"]),
            shape=_shape_from(values),
            origin=LineOrigin(values["origin"]),
            tag=text_from(values["tag"]),
            base=None if values["base"] is None else PackagedText.from_json(values["base"]),
            text=None if values["text"] is None else PackagedText.from_json(values["text"]),
            model=text_from(values["model"]),
            draft=Recognition.from_json(values["draft"]) if drafts and values["draft"] else None,
            known=tuple(KnownLine.from_json(each) for each in list_from(values.get("known", []))),
            comments=tuple(PackagedComment.from_json(each) for each in list_from(values.get("comments", []))),
            drawn=int(values.get("drawn", 0)),
        )


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page as the home project has it, unless it was changed there: ``order`` are the lines' ``ref``."""

    rotation: int
    order: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"rotation": self.rotation, "order": list(self.order)}

    @staticmethod
    def from_json(values: dict[str, Any]) -> "KnownPage":
        """The inverse of ``to_json``."""
        if values["rotation"] not in QUARTERS:
            raise ValueError(f"a page cannot be turned by {values['rotation']}")
        return KnownPage(values["rotation"], tuple(int(ref) for ref in list_from(values["order"])))


def text_from(value: object) -> str:
    """A text that can be stored.

    Raises:
        TypeError: If it is none.
        ValueError: If half a character is in it.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode()
    return value


def list_from(value: object) -> list[Any]:
    """A list.

    Raises:
        TypeError: If it is none.
    """
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _shape_from(values: dict[str, Any]) -> LineShape:
    shape = LineShape.from_json(values)
    if not shape.polygon or not all(
        math.isfinite(c) for point in (*shape.polygon, *(shape.baseline or ())) for c in point
    ):
        raise ValueError("an outline has no points, or some that lie nowhere")
    return shape
