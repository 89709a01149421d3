"""One file with which pages go to a second reader and come back: a zip of ``manifest.json`` and scans.

Of every line the package holds text, tag and outline as they were when it was handed out and as they are
now, so that whoever merges can tell which side has changed it.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.document import Split
from core.errors import KnownError, UnreadableFile
from core.exchange.packaged_line import QUARTERS, KnownPage, PackagedLine, list_from, text_from
from core.imaging.opening import access_reason
from core.jobs import Cancelled, CancelToken, Progress, ProgressSink, no_progress
from core.wording import say

SUFFIX = ".lwpages"
"""How the names of packages end."""

FORMAT = 1
"""A package of a later format is refused, so what was added since did not raise it: ``scan_sha256``;
``deleted``, ``known`` and ``comments``; ``known`` of a page, ``drawn``, and remarks that were ``deleted``. It
is read with ``get``, and older programs pass it over without losing anything. At home such a program takes
texts and drawn lines as it always did; the rest is taken when a newer one merges the same file again. What
one sends back says nothing of the rest, and nothing is made of that. Another number would only keep the texts
from people who have not updated.
"""

MANIFEST = "manifest.json"

_BROKEN = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What ``zipfile`` raises for archives that are cut off, damaged, encrypted or packed in another way."""

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
"""Windows opens a device instead of a file that is called so, whatever its suffix."""


@dataclass(frozen=True, slots=True)
class PackagedPage:
    """A page as in ``document.Page``; ``number`` is that of the project it comes from.

    ``deleted`` are lines of the home project that were taken off the page since. ``known`` is the page as it
    was handed out, and then each other state in which it was sent home, as in ``PackagedLine``.

    ``scan_sha256`` is the hash of the scan's bytes in the package: ``sha256`` is that of what was imported,
    be it the page of a PDF. It is written with the package; older ones have none.
    """

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
    scan_sha256: str = ""
    deleted: tuple[PackagedLine, ...] = ()
    known: tuple[KnownPage, ...] = ()

    @property
    def order(self) -> tuple[int, ...]:
        """Its reading order."""
        return tuple(line.ref for line in self.lines)

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


def write_package(
    file: Path,
    package: Package,
    scan: Callable[[PackagedPage], Path],
    *,
    cancel: CancelToken | None = None,
    progress: ProgressSink = no_progress,
) -> None:
    """Write a package; a file that was there is replaced only when the new one is whole.

    Raises:
        KnownError: If it cannot be written, or a scan not be read.
        Cancelled: If somebody asked to stop; nothing is left of what was written.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:  # scans are compressed already
            by_member = {page.member: page for page in package.pages}
            hashes = {}
            for done, (name, page) in enumerate(by_member.items()):
                if cancel:
                    cancel.raise_if_cancelled()
                progress(Progress(done, len(by_member), page.name))
                hashes[name] = _write_scan(archive, page, scan(page))
            manifest = json.dumps(_to_json(package, hashes), ensure_ascii=False)
            archive.writestr(MANIFEST, manifest, zipfile.ZIP_DEFLATED)
        part.replace(file)
    except (Cancelled, UnreadableFile):
        part.unlink(missing_ok=True)
        raise
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KnownError(
            say(
                "{file} cannot be written ({strerror}). Choose another place.",
                file=file,
                strerror=error.strerror,
            )
        ) from error


def _write_scan(archive: zipfile.ZipFile, page: PackagedPage, scan: Path) -> str:
    """Put a scan into a package; returns the hash of its bytes.

    Raises:
        UnreadableFile: If it is not there any more.
    """
    try:
        data = scan.read_bytes()
    except OSError as error:
        raise UnreadableFile(scan, access_reason(error)) from error
    archive.writestr(page.member, data)
    return hashlib.sha256(data).hexdigest()


def read_package(file: Path, *, drafts: bool = True, cancel: CancelToken | None = None) -> Package:
    """The inverse of ``write_package``.

    A name that would lead elsewhere than into its folder, on whatever system, is made a plain one.

    Args:
        file: The package.
        drafts: Whether the drafts are wanted; without them it takes a fifth of the time.
        cancel: Stops the reading.

    Raises:
        UnreadableFile: If the file is no package, a newer one, or one whose pages say what they cannot be.
        Cancelled: If somebody asked to stop.
    """

    def pause(values: dict[str, Any]) -> dict[str, Any]:
        """Called with each object: without Python code no other thread would run until all is parsed."""
        if cancel:
            cancel.raise_if_cancelled()
        return values

    try:
        with zipfile.ZipFile(file) as archive:
            values = json.loads(archive.read(MANIFEST), object_hook=pause)
            return _from_json(values, file, drafts, cancel)
    except FileNotFoundError as error:
        raise UnreadableFile(file, say("there is no such file")) from error
    except (*_BROKEN, KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise UnreadableFile(
            file, say("it is not a package of pages that Linewright has handed out")
        ) from error


def extract_scan(file: Path, page: PackagedPage, target: Path) -> None:
    """Copy the scan of a page out of a package.

    Raises:
        UnreadableFile: If it is missing, damaged or another one.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            data = archive.read(page.member)
    except (*_BROKEN, KeyError) as error:
        raise _bad_scan(file, page) from error
    if page.scan_sha256 and hashlib.sha256(data).hexdigest() != page.scan_sha256:
        raise _bad_scan(file, page)
    target.write_bytes(data)


def _bad_scan(file: Path, page: PackagedPage) -> UnreadableFile:
    return UnreadableFile(
        file,
        say(
            "the scan of page {page} is missing or damaged; ask whoever sent the package to hand the pages "
            "out again",
            page=page.name,
        ),
    )


def _to_json(package: Package, hashes: dict[str, str]) -> dict[str, Any]:
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
                "scan_sha256": hashes[page.member],
                "lines": [line.to_json() for line in page.lines],
                "deleted": [line.to_json() for line in page.deleted],
                "known": [each.to_json() for each in page.known],
            }
            for page in package.pages
        ],
    }


def _from_json(values: dict[str, Any], file: Path, drafts: bool, cancel: CancelToken | None) -> Package:
    if values["format"] != FORMAT:
        raise UnreadableFile(file, say("a later Linewright wrote this package; update this one to read it"))
    pages = []
    raw = list_from(values["pages"])[::-1]
    values["pages"] = None  # page after page is let go: all at once would stop the other threads for long
    while raw:
        if cancel:
            cancel.raise_if_cancelled()
        pages.append(_page_from_json(raw.pop(), file, drafts))
    return Package(
        text_from(values["home"]), text_from(values["home_name"]), text_from(values["reader"]), tuple(pages)
    )


def _page_from_json(values: dict[str, Any], file: Path, drafts: bool) -> PackagedPage:
    name = _plain_name(values["name"])
    sound = (
        _SUFFIX.fullmatch(values["suffix"])
        and _SHA256.fullmatch(values["sha256"])
        and _SHA256.fullmatch(values.get("scan_sha256", values["sha256"]))
        and all(_is_count(values[size]) for size in ("number", "width", "height"))
        and values["rotation"] in QUARTERS
    )
    if not sound:
        raise UnreadableFile(
            file,
            say(
                "what it says of page {page} is damaged; ask whoever sent the package to hand the pages out "
                "again",
                page=name,
            ),
        )
    return PackagedPage(
        sha256=values["sha256"],
        name=name,
        number=values["number"],
        width=values["width"],
        height=values["height"],
        rotation=values["rotation"],
        split=Split(values["split"]) if values["split"] else None,
        group=text_from(values["group"]),
        suffix=values["suffix"],
        lines=tuple(PackagedLine.from_json(line, drafts=drafts) for line in values["lines"]),
        scan_sha256=values.get("scan_sha256", ""),
        deleted=tuple(
            PackagedLine.from_json(line, drafts=drafts) for line in list_from(values.get("deleted", []))
        ),
        known=tuple(KnownPage.from_json(each) for each in list_from(values.get("known", []))),
    )


def _is_count(value: object) -> bool:
    return type(value) is int and value > 0


def _plain_name(name: str) -> str:
    """The name of one file on every system: no folders, drives or devices."""
    plain = _NOT_IN_NAMES.sub("_", name).strip(" .") or "_"
    return f"_{plain}" if _DEVICE.fullmatch(plain) else plain
