"""Handing pages out to a second reader, and from there back home."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.document import BASE_MODELS, LineEntry, LineShape, Page, TranscriptionState
from core.errors import KnownError
from core.exchange.package import Package, PackagedPage, write_package
from core.exchange.packaged_line import KnownLine, KnownPage, PackagedComment, PackagedLine, PackagedText
from core.jobs import CancelToken, ProgressSink, no_progress
from core.storage.comments import Comment, page_comments
from core.storage.layout_edits import lines_taken_off
from core.storage.lines import list_entries
from core.storage.pages import list_pages, scan_path
from core.storage.project import Project
from core.storage.project_settings import note_setting, project_setting
from core.wording import say

IDENTITY, HOME = "project.identity", "package.home"
"""Settings: who the project is; where its pages come from, if it was made of a package."""

ARRIVED = "arrived"
"""In ``HOME``: how many pages have been received, and how many the package has."""


def project_identity(project: Project) -> str:
    """An id that no other project has; made when it is first asked for."""
    known = project_setting(project, IDENTITY)
    if not known:
        known = {"id": uuid.uuid4().hex}
        note_setting(project, IDENTITY, known)
    return str(known["id"])


def is_received(project: Project) -> bool:
    """Whether a project was made of a package, so that what it hands out goes home."""
    return bool(project_setting(project, HOME))


def not_arrived(project: Project) -> str:
    """What is missing in a project made of a package whose receiving was broken off; empty if nothing is."""
    home = project_setting(project, HOME)
    arrived, sent = home.get(ARRIVED, (0, 0))  # older programs did not note it
    if arrived == sent:
        return ""
    return say(
        "Only {arrived} of the {sent} pages that “{home}” handed out are here: receiving them was broken "
        "off. For the others open the package again, in a new folder; what is corrected here can be sent "
        "back.",
        arrived=arrived,
        sent=sent,
        home=home["name"],
    )


def is_home(project: Project, identity: str) -> bool:
    """Whether the pages of a package whose home has that id were handed out by this project."""
    known = project_setting(project, IDENTITY)
    return bool(known) and known["id"] == identity


def refuses_hand_out(project: Project) -> str:
    """Why pages cannot be handed out: whose they are must be noted first. Empty if they can."""
    known = project_setting(project, HOME) or project_setting(project, IDENTITY)
    return "" if known else project.read_only_reason or ""


def hand_out(
    project: Project,
    file: Path,
    pages: Sequence[Page],
    reader: str = "",
    *,
    cancel: CancelToken | None = None,
    progress: ProgressSink = no_progress,
) -> Package:
    """Write pages with scans, lines, texts and comments to one file.

    From a project that was made of a package this is the way back: the file can be merged at home.

    Raises:
        KnownError: If there are no pages, or the file cannot be written.
        Cancelled: If somebody asked to stop; no file was written.
    """
    if not pages:
        raise KnownError(
            say("No page of {project} was chosen; there is nothing to hand out.", project=project.name)
        )
    home = project_setting(project, HOME)
    packing = []
    for page in pages:
        if cancel:
            cancel.raise_if_cancelled()
        packing.append(_PagePacking(project, page, home))
    package = Package(
        home=home["id"] if home else project_identity(project),
        home_name=home["name"] if home else project.name,
        reader=reader or (home["reader"] if home else ""),
        pages=tuple(each.packaged for each in packing),
    )
    scans = {page.sha256: scan_path(project, page) for page in pages}
    write_package(file, package, lambda page: scans[page.sha256], cancel=cancel, progress=progress)
    if home and not project.read_only:
        for each in packing:
            each.note_sent()
    return package


def handed_key(sha256: str) -> str:
    """The setting that keeps what the home project knows of the lines of a page, in one made of a package.

    Under the id of each line here stand what ``PackagedLine.known`` says and the remarks that came along or
    were sent home; under ``OF_PAGE`` what ``PackagedPage.known`` says. An older program has made none.
    """
    return f"package.handed.{sha256}"


OF_PAGE = "page"


class _PagePacking:
    """Makes a page with its lines ready to go; ``packaged`` is how it goes."""

    def __init__(self, project: Project, page: Page, home: dict[str, Any]) -> None:
        self._project, self._page, self._home = project, page, home
        self._handed = project_setting(project, handed_key(page.sha256)) if home else {}
        self._comments = page_comments(project, page.id)
        self._lines = {entry.line.id: self._line(entry) for entry in list_entries(project, page.id)}
        gone = [self._line(entry) for entry in lines_taken_off(project, page.id)] if home else []
        self._now = KnownPage(page.rotation, tuple(line.ref for line in self._lines.values()))
        known = tuple(map(KnownPage.from_json, self._handed.get(OF_PAGE, []))) if home else (self._now,)
        self.packaged = PackagedPage(
            page.sha256,
            page.name,
            page.number,
            page.width,
            page.height,
            page.rotation,
            page.split,
            page.group,
            Path(page.file).suffix,
            tuple(self._lines.values()),
            # Of others nobody at home knows, or they came with a package of an older program.
            deleted=tuple(line for line in gone if line.known),
            known=known,
        )

    def note_sent(self) -> None:
        """From now on page and lines may be at home as they are in the package."""
        handed = dict(self._handed)
        known = self.packaged.known
        if known and self._now not in known:
            handed[OF_PAGE] = [each.to_json() for each in (*known, self._now)]
        for line_id, line in self._lines.items():
            # Of a line that came with a package of an older program nobody knows how it is at home.
            if line.known or not line.key:
                handed[str(line_id)] = self._sent(line)
        if handed != self._handed:
            note_setting(self._project, handed_key(self._page.sha256), handed)

    def _sent(self, line: PackagedLine) -> dict[str, Any]:
        """What home may know of a line once the package is there."""
        state = self._state(line.tag, line.shape)
        known = line.known if state in line.known else (*line.known, state)
        return {
            "known": [each.to_json() for each in known],
            "comments": [each.to_json() for each in line.comments],
        }

    def _state(self, tag: str, shape: LineShape) -> KnownLine:
        return KnownLine(tag, shape, self._page.rotation)

    def _line(self, entry: LineEntry) -> PackagedLine:
        line, human, draft = entry.line, entry.transcription, entry.draft
        text = PackagedText(human.text, human.state, human.revision, human.author) if human else None
        key, base = line.id, text
        known: tuple[KnownLine, ...] = (self._state(line.tag, line.shape),)
        comments = self._comments.get(line.id, [])
        remarks = tuple(_remark(each, each.resolved) for each in comments)
        if self._home:
            key, handed = self._home["lines"].get(str(line.id), (0, None))
            base = PackagedText(handed[0], TranscriptionState(handed[1]), *handed[2:]) if handed else None
            noted = self._handed.get(str(line.id), {"known": [], "comments": []})
            known = tuple(KnownLine.from_json(each) for each in noted["known"])
            remarks = _returning(comments, [PackagedComment.from_json(each) for each in noted["comments"]])
        # Another model's name means nothing elsewhere, so only what a base model read goes along.
        drafted = draft is not None and draft.model in BASE_MODELS
        return PackagedLine(
            key,
            line.shape,
            line.origin,
            line.tag,
            base,
            text,
            draft.model if draft and drafted else "",
            draft.recognition if draft and drafted else None,
            known,
            remarks,
            drawn=0 if key else line.id,
        )


def _remark(comment: Comment, handed: bool | None) -> PackagedComment:
    return PackagedComment(comment.author, comment.text, comment.resolved, comment.at, handed)


def _returning(comments: Sequence[Comment], handed: Sequence[PackagedComment]) -> tuple[PackagedComment, ...]:
    """The remarks on a line on their way home; with them those that were deleted here."""
    came = {each.key: each for each in handed}
    there = [_remark(each, came[each.key].handed if each.key in came else None) for each in comments]
    present = {each.key for each in there}
    gone = [replace(each, deleted=True) for each in handed if each.key not in present]
    return (*there, *gone)


def pages_between(project: Project, words: str) -> list[Page]:
    """Pages by their numbers, see ``chosen_pages``."""
    return chosen_pages(list_pages(project), words, project.name)


def chosen_pages(pages: Sequence[Page], words: str, project: str) -> list[Page]:
    """Those of a project's pages that are meant: “10-40”, “7”, “1-3,9”; empty words mean all.

    Raises:
        KnownError: If the words are no numbers of pages, or there are no such pages.
    """
    if not words.strip():
        return list(pages)
    wanted: list[range] = []
    try:
        for part in re.split("[,，、]", words.replace("–", "-")):
            first, _, last = part.strip().partition("-")
            wanted.append(range(int(first), int(last or first) + 1))
    except ValueError:
        raise KnownError(
            say("“{words}” is no list of pages; write it like 10-40 or 1-3,9.", words=words)
        ) from None
    chosen = [page for page in pages if any(page.number in numbers for numbers in wanted)]
    if not chosen:
        raise KnownError(
            say(
                "No page of {project} has a number in {words}; it has 1 to {count}.",
                project=project,
                words=words,
                count=len(pages),
            )
        )
    return chosen
