"""Bringing scans, layout files and line data sets into a project."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from core.document import Direction, Page, Split
from core.errors import KnownError, UnreadableFile
from core.exchange.discover import FoundScan, discover
from core.exchange.imported import ImportedLine, ImportedLineImage, Skipped
from core.exchange.layout_xml import exif_turn, read_layout_xml
from core.files import legible, remove
from core.geometry import rectangle, shape_rotated
from core.imaging.scan import ScanFrame, open_frames
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.changes import Change
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.pages import NewPage, known_hashes, list_pages
from core.storage.project import Project
from core.wording import say, say_count
from core.workflow.corrections import take_corrections
from core.workflow.line_finding import ChangeSink, ignore_change

AUTHOR = "import"

_TRANSACTION = 50
"""Line pictures stored at a time."""

_COLUMN_RATIO = 1.5
"""A picture of several characters this much higher than wide holds a vertical column."""

_UPRIGHT_AGAIN = 90
"""Degrees clockwise: columns in line data sets are turned so that they read from left to right."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came in, and what was passed over; the rest went on. ``known`` pages were there already."""

    pages: int
    lines: int
    transcriptions: int
    skipped: tuple[Skipped, ...]
    change: Change
    known: int = 0

    @property
    def did_nothing(self) -> bool:
        """Whether nothing came in that could have, and nothing of it was there before."""
        return not (self.pages or self.lines or self.transcriptions or self.known)


def import_paths(
    project: Project,
    paths: Sequence[Path],
    *,
    split: Split | None = None,
    take_text: bool = True,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    changed: ChangeSink = ignore_change,
) -> ImportReport:
    """Import files and folders. Scans are copied into the project.

    A page that is there already (same content) is not doubled; text that its layout file brings goes onto
    its lines, except where a human has written; a page without lines takes those of the file.
    A broken file is passed over and named.

    Args:
        project: The open project.
        paths: Scans, PDFs, layout files, lists, folders.
        split: What the new pages serve for; ``None`` leaves it open, or to the name of a list.
        take_text: Whether text beside the pictures counts as true.
        cancel: Looked at between files.
        progress: Told after each file.
        changed: Told what was stored, as it goes.

    Raises:
        ReadOnlyProject: If the project was opened read-only.
        Cancelled: On request; what came in before stays.
    """
    project.check_writable()
    plan = discover(paths, project.folder)
    intake = _Intake(project, split, take_text, changed)
    intake.skipped += plan.skipped
    total = len(plan.scans) + sum(len(dataset.lines) for dataset in plan.datasets)
    done = 0
    for scan in plan.scans:
        cancel.raise_if_cancelled()
        intake.take_scan(scan)
        done += 1
        progress(Progress(done, total, legible(scan.file.name)))
    for dataset in plan.datasets:
        intake.skipped += dataset.skipped
        for batch in _batches(dataset.lines):
            cancel.raise_if_cancelled()
            intake.take_line_images(batch)
            done += len(batch)
            progress(Progress(done, total, legible(batch[-1].file.name)))
    return intake.report()


def _batches(lines: Iterable[ImportedLineImage]) -> Iterator[list[ImportedLineImage]]:
    remaining = iter(lines)
    while batch := list(islice(remaining, _TRANSACTION)):
        yield batch


class _Intake:
    """Counts what one import stores."""

    def __init__(self, project: Project, split: Split | None, take_text: bool, changed: ChangeSink) -> None:
        self._project, self._split, self._take_text, self._changed = project, split, take_text, changed
        self._known = known_hashes(project)
        self._names = {Path(page.file).name for page in list_pages(project)}
        self._pages = self._lines = self._transcriptions = self._again = 0
        self._change = Change()
        self.skipped: list[Skipped] = []

    def report(self) -> ImportReport:
        """The sum."""
        return ImportReport(
            self._pages,
            self._lines,
            self._transcriptions,
            tuple(self.skipped),
            self._change,
            self._again,
        )

    def take_scan(self, scan: FoundScan) -> None:
        """One scan file with all its frames, and its layout file."""
        try:
            frames = open_frames(scan.file)
        except UnreadableFile as error:
            self.skipped.append(Skipped(scan.file, error.reason))
            return
        layout_xml = self._layout_of_one_page(scan, len(frames))
        for frame in frames:
            lines = self._layout(layout_xml, frame)
            if (known := self._known.get(frame.sha256)) is not None:
                self._take_again(known, frame, layout_xml, lines)
                continue
            try:
                page = self._stored(frame, self._split)
            except UnreadableFile as error:
                self.skipped.append(Skipped(scan.file, error.reason))
                continue
            self._store([NewPageWithLines(page, tuple(self._new_line(line) for line in lines))])

    def take_line_images(self, batch: Sequence[ImportedLineImage]) -> None:
        """Pictures of single lines: each becomes a page with one line."""
        units: list[NewPageWithLines] = []
        for line in batch:
            try:
                (frame,) = open_frames(line.file)[:1]
                if frame.sha256 in self._known or frame.sha256 in {unit.page.sha256 for unit in units}:
                    reason = say("the same picture is in the project already")
                    self.skipped.append(Skipped(line.file, reason))
                    self._again += 1
                    continue
                page = self._stored(frame, self._split or line.split, line.group)
            except UnreadableFile as error:
                self.skipped.append(Skipped(line.file, error.reason))
                continue
            upright = frame.height > _COLUMN_RATIO * frame.width and len(line.text) > 1
            direction = line.direction or (Direction.TTB if upright else Direction.LTR)
            if direction is Direction.TTB and not upright:
                page = replace(page, width=page.height, height=page.width, rotation=_UPRIGHT_AGAIN)
            shape = rectangle(0, 0, page.width, page.height, direction)
            units.append(NewPageWithLines(page, (self._new_line(ImportedLine(shape, line.text)),)))
        if units:
            self._store(units)

    def _layout_of_one_page(self, scan: FoundScan, pages: int) -> Path | None:
        """The layout file of a scan; of which page of several it speaks is nowhere said."""
        if scan.layout_xml is None or pages == 1:
            return scan.layout_xml
        reason = say(
            "it describes one page, but {scan} has {count}; its lines were not read",
            scan=scan.file.name,
            count=pages,
        )
        self.skipped.append(Skipped(scan.layout_xml, reason))
        return None

    def _layout(self, layout_xml: Path | None, frame: ScanFrame) -> tuple[ImportedLine, ...]:
        if layout_xml is None:
            return ()
        try:
            turn = 0 if frame.is_pdf else exif_turn(frame.file)
            page = read_layout_xml(layout_xml, (frame.width, frame.height), turn)
        except UnreadableFile as error:
            self.skipped.append(Skipped(layout_xml, error.reason))
            return ()
        self.skipped += [Skipped(layout_xml, reason) for reason in page.skipped]
        return page.lines

    def _take_again(
        self, known: Page, frame: ScanFrame, layout_xml: Path | None, lines: Sequence[ImportedLine]
    ) -> None:
        self._again += 1
        again = say("it is in the project already, as page {number}", number=known.number)
        self.skipped.append(Skipped(frame.file, again))
        if layout_xml is None or not lines:
            return
        standing = [self._as_it_stands(line, known, frame) for line in lines]
        corrections = take_corrections(self._project, known.id, standing, AUTHOR)
        self._lines += corrections.drawn
        self._transcriptions += corrections.matched + corrections.texts
        if corrections.kept:
            reason = say_count(
                corrections.kept,
                "one of its lines differs from what stands on page {page}, which was kept",
                "{count} of its lines differ from what stands on page {page}, which was kept",
                page=known.number,
            )
            self.skipped.append(Skipped(layout_xml, reason))
        self._tell(corrections.change)

    def _as_it_stands(self, line: ImportedLine, page: Page, frame: ScanFrame) -> ImportedLine:
        """A line as it lies on a page that may have been turned since it came in."""
        shape = line.shape
        if page.rotation:
            shape = shape_rotated(shape, page.rotation, frame.width, frame.height)
        return ImportedLine(shape, line.text if self._take_text else "", line.tag)

    def _stored(self, frame: ScanFrame, split: Split | None, group: str = "") -> NewPage:
        """Copy the pixels into the project, under a name that is free there; alone if it has no group."""
        if frame.is_whole_file:
            frame.pixels()  # its bytes are copied as they are: a damaged file would fail only later
        data, suffix = frame.stored()
        name, number = f"{frame.name}{suffix}", 2
        while not self._may_take(target := self._project.scans / name, data):
            name, number = f"{frame.name}-{number}{suffix}", number + 1
        try:
            target.write_bytes(data)
        except OSError as error:
            remove(target)  # half of it is of use to nobody
            raise KnownError(
                say(
                    "{target} cannot be written ({strerror}). Make room there and import again.",
                    target=target,
                    strerror=error.strerror,
                )
            ) from error
        self._names.add(name)
        return NewPage(
            name=name,
            file=f"scans/{name}",
            width=frame.width,
            height=frame.height,
            sha256=frame.sha256,
            group=group or Path(name).stem,
            source=legible(frame.file),
            split=split,
        )

    def _may_take(self, target: Path, data: bytes) -> bool:
        """Whether a scan may be called so: nothing is, or what a killed import left of this very scan."""
        if not target.exists():
            return True
        return target.name not in self._names and data.startswith(target.read_bytes())

    def _new_line(self, line: ImportedLine) -> NewLine:
        return NewLine(line.shape, line.text if self._take_text else "", line.tag)

    def _store(self, units: Sequence[NewPageWithLines]) -> None:
        pages = add_pages_with_lines(self._project, units, AUTHOR)
        self._known |= {page.sha256: page for page in pages}
        self._pages += len(pages)
        self._lines += sum(len(unit.lines) for unit in units)
        self._transcriptions += sum(bool(line.text.strip()) for unit in units for line in unit.lines)
        self._tell(Change(pages=frozenset(page.id for page in pages)))

    def _tell(self, change: Change) -> None:
        self._change |= change
        self._changed(change)
