"""Handing pages out to a second reader, and merging what comes back without losing anybody's work."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.document import BASE_MODELS, LineEntry, LineOrigin, LineShape, Page, Polygon, TranscriptionState
from core.errors import KnownError
from core.evaluation.agreement import Agreement, agreement
from core.exchange.package import (
    Package,
    PackagedLine,
    PackagedPage,
    PackagedText,
    read_package,
    write_package,
)
from core.geometry import shape_rotated
from core.layout.matching import match_lines
from core.storage.changes import Change
from core.storage.layout_edits import draw_line, outlines_ever
from core.storage.lines import list_entries
from core.storage.pages import known_hashes, list_pages, scan_path
from core.storage.project import Project
from core.storage.project_settings import note_setting, project_setting
from core.storage.second_readings import Incoming, merge_texts
from core.storage.text_batches import TextEdit
from core.wording import say

IDENTITY, HOME, AGREEMENTS = "project.identity", "package.home", "package.agreements"
"""Settings: who the project is; where its pages come from, if it was made of a package; past merges."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """Lines of a package: ``taken`` over, ``drawn`` anew, ``same`` on both sides, ``conflicts`` to decide.

    ``gone``: changed there, but no longer on their page here; their texts are kept as second readings.
    ``unknown_pages`` are not in this project. ``agreement``: over lines that both sides wrote.
    """

    reader: str
    taken: int
    drawn: int
    same: int
    conflicts: int
    gone: int
    unknown_pages: tuple[str, ...]
    agreement: Agreement
    change: Change


def project_identity(project: Project) -> str:
    """An id that no other project has; made when it is first asked for."""
    known = project_setting(project, IDENTITY)
    if not known:
        known = {"id": uuid.uuid4().hex}
        note_setting(project, IDENTITY, known)
    return str(known["id"])


def comes_home(project: Project, file: Path) -> bool:
    """Whether the pages of a package were handed out by this project.

    Raises:
        UnreadableFile: If the file is no package.
    """
    known = project_setting(project, IDENTITY)
    return bool(known) and known["id"] == read_package(file).home


def hand_out(project: Project, file: Path, pages: Sequence[Page], reader: str = "") -> Package:
    """Write pages with scans, lines and texts to one file.

    From a project that was made of a package this is the way back: the file can be merged at home.

    Raises:
        KnownError: If there are no pages, or the file cannot be written.
    """
    if not pages:
        raise KnownError(
            say("No page of {project} was chosen; there is nothing to hand out.", project=project.name)
        )
    home = project_setting(project, HOME)
    package = Package(
        home=home["id"] if home else project_identity(project),
        home_name=home["name"] if home else project.name,
        reader=reader or (home["reader"] if home else ""),
        pages=tuple(_packaged_page(project, page, home) for page in pages),
    )
    scans = {page.sha256: scan_path(project, page) for page in pages}
    write_package(file, package, lambda page: scans[page.sha256])
    return package


def _packaged_page(project: Project, page: Page, home: dict[str, Any]) -> PackagedPage:
    return PackagedPage(
        page.sha256,
        page.name,
        page.number,
        page.width,
        page.height,
        page.rotation,
        page.split,
        page.group,
        Path(page.file).suffix,
        tuple(_packaged_line(entry, home) for entry in list_entries(project, page.id)),
    )


def _packaged_line(entry: LineEntry, home: dict[str, Any]) -> PackagedLine:
    line, human, draft = entry.line, entry.transcription, entry.draft
    text = PackagedText(human.text, human.state, human.revision, human.author) if human else None
    key, base = line.id, text
    if home:
        key, handed = home["lines"].get(str(line.id), (0, None))
        base = PackagedText(handed[0], TranscriptionState(handed[1]), *handed[2:]) if handed else None
    # Another model's name means nothing elsewhere, so only what a base model read goes along.
    known = draft is not None and draft.model in BASE_MODELS
    return PackagedLine(
        key,
        line.shape,
        line.origin,
        line.tag,
        base,
        text,
        draft.model if draft and known else "",
        draft.recognition if draft and known else None,
    )


def merge(project: Project, file: Path) -> MergeReport:
    """Take in what a second reader has done. Texts that only one side changed are taken, as one undo step.

    Raises:
        UnreadableFile: If the file is no package.
        KnownError: If its pages were handed out by another project.
    """
    package = read_package(file)
    if package.home != project_identity(project):
        raise KnownError(
            say(
                "{file} belongs to the project “{home_name}”, not to {project}. Open that project "
                "and merge it there.",
                file=file.name,
                home_name=package.home_name,
                project=project.name,
            )
        )
    merging = _Merging(project, package)
    pages = known_hashes(project)
    for page in package.pages:
        if page.sha256 in pages:
            merging.take_page(pages[page.sha256], page)
        else:
            merging.unknown.append(page.name)
    return merging.finish()


class _Merging:
    """Sorts the lines of a package, then writes all texts in one transaction."""

    def __init__(self, project: Project, package: Package) -> None:
        self._project, self._package = project, package
        self._lines: list[tuple[int, PackagedLine]] = []
        self._drawn = 0
        self._change = Change()
        self.unknown: list[str] = []

    def take_page(self, page: Page, packaged: PackagedPage) -> None:
        """Note what was written; lines that were drawn there are drawn here, too."""
        here = _LinesHere(self._project, page)
        for line in packaged.lines:
            if line.text is None or line.text == line.base:
                continue
            shape = _as_turned_here(line.shape, packaged, page)
            line_id = here.find(line.key, shape)
            if line_id is None:
                step = draw_line(self._project, page.id, shape, origin=LineOrigin.IMPORTED, tag=line.tag)
                assert step.focus_line is not None
                self._change |= step
                self._drawn += 1
                # Nobody has written on it here, whatever the reader began with.
                line_id, line = step.focus_line, replace(line, base=None)
            self._lines.append((line_id, line))

    def finish(self) -> MergeReport:
        """Write; nothing that stands here is overwritten if it was changed here."""
        reader = self._package.reader
        merged = merge_texts(self._project, [_incoming(i, line, reader) for i, line in self._lines])
        figures = agreement(merged.both)
        _note_agreement(self._project, reader, figures)
        return MergeReport(
            reader=reader,
            taken=merged.taken - self._drawn,
            drawn=self._drawn,
            same=sum(ours == theirs for ours, theirs in merged.both),
            conflicts=merged.waiting,
            gone=merged.gone,
            unknown_pages=tuple(self.unknown),
            agreement=figures,
            change=self._change | merged.change,
        )


def _incoming(line_id: int, line: PackagedLine, reader: str) -> Incoming:
    assert line.text is not None
    edit = TextEdit(line_id, line.text.text, line.text.state, reader or line.text.author)
    return Incoming(edit, (line.base.text, line.base.state) if line.base else None)


class _LinesHere:
    """Finds the line of a page that a packaged one is.

    Its key alone does not say so: the page may have been taken out since and brought in anew, and other lines
    have got the ids of its old ones.
    """

    def __init__(self, project: Project, page: Page) -> None:
        self._ever = outlines_ever(project, page.id)
        self._now = {entry.line.id: self._ever[entry.line.id] for entry in list_entries(project, page.id)}

    def find(self, key: int, shape: LineShape) -> int | None:
        """The id of the line here; ``None`` if it is to be drawn.

        A line that was handed out is still itself when its outline was mended on either side. One that was
        drawn there is the same only where it has the same outline: it may be a part of a line here.
        """
        if key in self._ever and _touch(self._ever[key], shape):
            return key
        if not key:
            return next((i for i, other in self._now.items() if other.polygon == _rounded(shape)), None)
        [match] = match_lines(list(self._now.values()), [shape])
        return None if match.found is None else list(self._now)[match.found]


def _touch(one: LineShape, other: LineShape) -> bool:
    """Whether one of two outlines lies mainly within the other."""
    matches = (*match_lines([one], [other]), *match_lines([other], [one]))
    return any(match.found is not None or match.pieces for match in matches)


def _rounded(shape: LineShape) -> Polygon:
    """As the database keeps an outline."""
    return tuple((round(x, 1), round(y, 1)) for x, y in shape.polygon)


def _as_turned_here(shape: LineShape, packaged: PackagedPage, page: Page) -> LineShape:
    """A packaged outline on the page as it lies here; either side may have turned it meanwhile."""
    degrees = (page.rotation - packaged.rotation) % 360
    return shape_rotated(shape, degrees, packaged.width, packaged.height) if degrees else shape


def _note_agreement(project: Project, reader: str, figures: Agreement) -> None:
    if figures.lines:
        before = project_setting(project, AGREEMENTS).get("merges", [])
        note_setting(project, AGREEMENTS, {"merges": [*before, {"reader": reader, **asdict(figures)}]})


def last_agreement(project: Project) -> tuple[str, Agreement] | None:
    """Who came back last with lines that both had written, and how far they agreed."""
    merges = project_setting(project, AGREEMENTS).get("merges", [])
    if not merges:
        return None
    values = dict(merges[-1])
    return str(values.pop("reader")), Agreement(**values)


def pages_between(project: Project, words: str) -> list[Page]:
    """Pages by their numbers: “10-40”, “7”, “1-3,9”; empty words mean all.

    Raises:
        KnownError: If the words are no numbers of pages.
    """
    pages = list_pages(project)
    if not words.strip():
        return pages
    wanted: set[int] = set()
    try:
        for part in words.replace("–", "-").split(","):
            first, _, last = part.strip().partition("-")
            wanted |= set(range(int(first), int(last or first) + 1))
    except ValueError:
        raise KnownError(
            say("“{words}” is no list of pages; write it like 10-40 or 1-3,9.", words=words)
        ) from None
    chosen = [page for page in pages if page.number in wanted]
    if not chosen:
        raise KnownError(
            say(
                "No page of {project} has a number in {words}; it has 1 to {count}.",
                project=project.name,
                words=words,
                count=len(pages),
            )
        )
    return chosen
