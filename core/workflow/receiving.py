"""Making a project of a package of pages: what a second reader begins with."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.document import Page, Recognition
from core.exchange.package import Package, PackagedPage, extract_scan, read_package
from core.exchange.packaged_line import PackagedLine, PackagedText
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.changes import Change
from core.storage.comments import IncomingComment, bring_comments
from core.storage.drafts import save_drafts
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.lines import list_entries
from core.storage.pages import NewPage
from core.storage.project import Project, create_project
from core.storage.project_settings import note_setting
from core.storage.text_batches import TextEdit, bring_texts
from core.workflow.line_finding import ChangeSink, ignore_change
from core.workflow.second_reader import ARRIVED, HOME, OF_PAGE, handed_key

_LONGEST_STEM = 50
"""Characters of a page's name in that of its scan: with number and suffix it still is a file's name, which
has 255 bytes at most.
"""


@dataclass(frozen=True, slots=True)
class ReceivedReport:
    """``pages`` came from the project ``home``, to which they go back."""

    home: str
    pages: int


def receive(file: Path, folder: Path) -> Project:
    """Make a project of a package, open for writing; it remembers where its pages belong.

    Raises:
        UnreadableFile: If the file is no package.
        ProjectExists: If the folder is not empty.
    """
    package = read_package(file)
    project = create_project(folder)
    try:
        take_pages(project, file, package, cancel=CancelToken())
    except BaseException:
        project.close()
        raise
    return project


def take_pages(
    project: Project,
    file: Path,
    package: Package,
    *,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    changed: ChangeSink = ignore_change,
) -> ReceivedReport:
    """Bring the pages of a package into a new project, and note where they belong.

    Raises:
        UnreadableFile: If a scan is missing or damaged; the pages before it stay.
        Cancelled: On request; the pages that came in before stay.
    """
    keys: dict[str, list[Any]] = {}
    home = {"id": package.home, "name": package.home_name, "reader": package.reader, "lines": keys}
    note_setting(project, HOME, {**home, ARRIVED: [0, len(package.pages)]})
    for number, packaged in enumerate(package.pages, start=1):
        cancel.raise_if_cancelled()
        page, own = _take_page(project, file, packaged)
        keys |= own
        # After each page: whoever is cut off here can still send the pages back.
        note_setting(project, HOME, {**home, ARRIVED: [number, len(package.pages)]})
        remarks = any(line.comments for line in packaged.lines)
        changed(Change(pages=frozenset({page.id}), comments=remarks))
        progress(Progress(number, len(package.pages), packaged.name))
    return ReceivedReport(package.home_name, len(package.pages))


def _take_page(project: Project, file: Path, page: PackagedPage) -> tuple[Page, dict[str, list[Any]]]:
    """Store a page; returns with it, by line, its key and text at home."""
    name = f"{page.number:04d}_{Path(page.name).stem[:_LONGEST_STEM]}{page.suffix}"
    extract_scan(file, page, project.scans / name)
    new = NewPage(
        page.name,
        f"scans/{name}",
        page.width,
        page.height,
        page.sha256,
        page.group,
        str(file),
        page.split,
        page.rotation,
    )
    lines = tuple(NewLine(line.shape, tag=line.tag) for line in page.lines)
    [stored] = add_pages_with_lines(project, [NewPageWithLines(new, lines)], "import")
    ids = [entry.line.id for entry in list_entries(project, stored.id)]
    own = list(zip(ids, page.lines, strict=True))
    edits = [TextEdit(i, each.text.text, each.text.state, each.text.author) for i, each in own if each.text]
    bring_texts(project, edits)
    remarks = [
        IncomingComment(i, each.key, each.resolved)
        for i, line in own
        for each in line.comments
        if not each.deleted
    ]
    bring_comments(project, remarks)
    drafts: dict[str, dict[int, Recognition]] = {}
    for line_id, line in own:
        if line.draft:
            drafts.setdefault(line.model, {})[line_id] = line.draft
    for model, readings in drafts.items():
        save_drafts(project, model, readings)
    handed = {str(i): _handed(line) for i, line in own}
    note_setting(project, handed_key(page.sha256), {**handed, OF_PAGE: _known_page(page, own)})
    return stored, {str(i): [line.key, _noted(line.base)] for i, line in own}


def _known_page(page: PackagedPage, own: list[tuple[int, PackagedLine]]) -> list[dict[str, Any]]:
    """What home knows of a page, its lines named as they will be on their way back."""
    here = {line.ref: line.key or -line_id for line_id, line in own}
    return [
        replace(known, order=tuple(here[ref] for ref in known.order if ref in here)).to_json()
        for known in page.known
    ]


def _handed(line: PackagedLine) -> dict[str, Any]:
    return {
        "known": [each.to_json() for each in line.known],
        "comments": [each.to_json() for each in line.comments if each.handed is not None or each.deleted],
    }


def _noted(text: PackagedText | None) -> list[Any] | None:
    return [text.text, str(text.state), text.revision, text.author] if text else None
