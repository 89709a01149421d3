"""One file with which pages go to a second reader and come back: a zip of ``manifest.json`` and scans.

Of every line the package holds the text as it was when it was handed out (``base``) and as it is now, so
that whoever merges can tell which side has changed it.
"""

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.document import LineOrigin, LineShape, Recognition, Split, TranscriptionState
from core.errors import KnownError, UnreadableFile
from core.wording import say

SUFFIX = ".lwpages"
"""How the names of packages end."""

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class PackagedText:
    """A human text with its revision in the project it comes from."""

    text: str
    state: TranscriptionState
    revision: int
    author: str


@dataclass(frozen=True, slots=True)
class PackagedLine:
    """``key`` is the line's id in the home project, 0 for one that was drawn elsewhere."""

    key: int
    shape: LineShape
    origin: LineOrigin
    tag: str
    base: PackagedText | None
    text: PackagedText | None
    model: str = ""
    draft: Recognition | None = None


@dataclass(frozen=True, slots=True)
class PackagedPage:
    """A page as in ``document.Page``; ``number`` is that of the project it comes from."""

    sha256: str
    name: str
    number: int
    width: int
    height: int
    rotation: int
    split: Split | None
    group: str
    suffix: str
    lines: tuple[PackagedLine, ...]

    @property
    def member(self) -> str:
        """Where its scan lies in the zip."""
        return f"scans/{self.sha256}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Package:
    """``home``: id of the project that handed the pages out; ``reader``: who has them."""

    home: str
    home_name: str
    reader: str
    pages: tuple[PackagedPage, ...]


def write_package(file: Path, package: Package, scan: Callable[[PackagedPage], Path]) -> None:
    """Write a package; a file that was there is replaced only when the new one is whole.

    Raises:
        KnownError: If it cannot be written.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:  # scans are compressed already
            manifest = json.dumps(_to_json(package), ensure_ascii=False)
            archive.writestr(MANIFEST, manifest, zipfile.ZIP_DEFLATED)
            for member, page in {page.member: page for page in package.pages}.items():
                archive.write(scan(page), member)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KnownError(
            say(
                "{file} cannot be written ({strerror}). Choose another place.",
                file=file,
                strerror=error.strerror,
            )
        ) from error


def read_package(file: Path) -> Package:
    """The inverse of ``write_package``.

    Raises:
        UnreadableFile: If the file is no package, or a newer one.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _from_json(json.loads(archive.read(MANIFEST)), file)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise UnreadableFile(
            file, say("it is not a package of pages that Linewright has handed out")
        ) from error


def extract_scan(file: Path, page: PackagedPage, target: Path) -> None:
    """Copy the scan of a page out of a package.

    Raises:
        UnreadableFile: If it is missing or damaged.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            target.write_bytes(archive.read(page.member))
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise UnreadableFile(
            file, say("the scan of page {page} is missing or damaged", page=page.name)
        ) from error


def _to_json(package: Package) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "home": package.home,
        "home_name": package.home_name,
        "reader": package.reader,
        "pages": [
            {
                "sha256": page.sha256,
                "name": page.name,
                "number": page.number,
                "width": page.width,
                "height": page.height,
                "rotation": page.rotation,
                "split": page.split,
                "group": page.group,
                "suffix": page.suffix,
                "lines": [_line_to_json(line) for line in page.lines],
            }
            for page in package.pages
        ],
    }


def _line_to_json(line: PackagedLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "origin": line.origin,
        "tag": line.tag,
        **line.shape.to_json(),
        "base": _text_to_json(line.base),
        "text": _text_to_json(line.text),
        "model": line.model,
        "draft": line.draft.to_json() if line.draft else None,
    }


def _text_to_json(text: PackagedText | None) -> dict[str, Any] | None:
    if text is None:
        return None
    return {"text": text.text, "state": text.state, "revision": text.revision, "author": text.author}


def _from_json(values: dict[str, Any], file: Path) -> Package:
    if values["format"] != FORMAT:
        raise UnreadableFile(file, say("a later Linewright wrote this package; update this one to read it"))
    pages = tuple(
        PackagedPage(
            sha256=page["sha256"],
            name=page["name"],
            number=page["number"],
            width=page["width"],
            height=page["height"],
            rotation=page["rotation"],
            split=Split(page["split"]) if page["split"] else None,
            group=page["group"],
            suffix=page["suffix"],
            lines=tuple(_line_from_json(line) for line in page["lines"]),
        )
        for page in values["pages"]
    )
    return Package(values["home"], values["home_name"], values["reader"], pages)


def _line_from_json(values: dict[str, Any]) -> PackagedLine:
    return PackagedLine(
        key=values["key"],
        shape=LineShape.from_json(values),
        origin=LineOrigin(values["origin"]),
        tag=values["tag"],
        base=_text_from_json(values["base"]),
        text=_text_from_json(values["text"]),
        model=values["model"],
        draft=Recognition.from_json(values["draft"]) if values["draft"] else None,
    )


def _text_from_json(values: dict[str, Any] | None) -> PackagedText | None:
    if values is None:
        return None
    state = TranscriptionState(values["state"])
    return PackagedText(values["text"], state, values["revision"], values["author"])
