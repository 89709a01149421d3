"""Merging what comes back from a second reader without losing anybody's work.

Texts, tags, outlines, lines and comments that only one side has changed are taken. Where both have, the text
waits to be decided, and of the rest ours stays and the report says so. Layout is one undo step over all
pages, the texts are one after it; comments are in none, as everywhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path

from core.document import LineOrigin, LineShape, Page
from core.errors import KnownError
from core.evaluation.agreement import Agreement, agreement
from core.exchange.package import Package, PackagedPage, read_package
from core.exchange.packaged_line import PackagedComment, PackagedLine, PackagedText
from core.geometry import shape_rotated
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.layout.matching import match_lines
from core.storage.comments import IncomingComment, merge_comments
from core.storage.layout_edits import outlines_ever, taken_off_by_hand
from core.storage.lines import list_entries
from core.storage.merged_layout import (
    IncomingLine,
    LineState,
    SaidText,
    merge_layout,
    same_corners,
    same_outline,
)
from core.storage.pages import known_hashes
from core.storage.project import Project
from core.storage.project_settings import note_setting, project_setting
from core.storage.second_readings import Incoming, merge_texts
from core.storage.text_batches import TextEdit
from core.wording import say
from core.workflow.merge_report import MergeReport
from core.workflow.second_reader import project_identity

AGREEMENTS = "package.agreements"
"""Setting: past merges."""


def merge(
    project: Project,
    file: Path,
    *,
    cancel: CancelToken | None = None,
    progress: ProgressSink = no_progress,
) -> MergeReport:
    """Take in what a second reader has done.

    Raises:
        UnreadableFile: If the file is no package.
        KnownError: If its pages were handed out by another project.
        Cancelled: If somebody asked to stop before anything was taken in; what is begun then is finished.
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
    for done, page in enumerate(package.pages):
        if cancel:
            cancel.raise_if_cancelled()
        progress(Progress(done, len(package.pages), page.name))
        here = pages.pop(page.sha256, None)
        if here is not None:
            merging.take_page(here, page)
        else:
            merging.unknown.append(page.name)
    if cancel:
        cancel.raise_if_cancelled()
    return merging.finish()


class _Merging:
    """Finds the lines of a package here, then writes layout, texts and comments, each in one transaction.

    Whoever is cut off between them merges again: what has come in already is the same on both sides.
    """

    def __init__(self, project: Project, package: Package) -> None:
        self._project, self._package = project, package
        self._lines: list[tuple[PackagedLine, IncomingLine]] = []
        self._texts: list[Incoming] = []
        self._comments: list[IncomingComment] = []
        self._drawn = self._blank = 0
        self._taken_off = cache(partial(taken_off_by_hand, project))
        self.unknown: list[str] = []

    def take_page(self, page: Page, packaged: PackagedPage) -> None:
        """Note what was done there."""
        here = _LinesHere(self._project, page, packaged, self._taken_off)
        # Those that are here themselves come first, so that no other line is taken for one of them.
        for line in sorted(packaged.lines, key=lambda line: not here.shows(line.key)):
            self._take_line(here, line, deleted=False)
        for line in packaged.deleted:
            self._take_line(here, line, deleted=True)

    def _take_line(self, here: "_LinesHere", line: PackagedLine, *, deleted: bool) -> None:
        there = LineState(line.tag, here.turned(line.shape, here.packaged.rotation))
        known = tuple(LineState(each.tag, here.turned(each.shape, each.rotation)) for each in line.known)
        changed = (
            _wrote(line)
            or any(each.handed is None for each in line.comments)
            or any(state.tag != there.tag or not same_outline(state.shape, there.shape) for state in known)
        )
        if line.key and not (changed or deleted or any(map(_settled, line.comments))):
            return
        line_id = here.find(line.key, [there.shape, *(state.shape for state in known)], deleted=deleted)
        if line_id is None and (deleted or (line.key and not changed)):
            return
        incoming = IncomingLine(
            here.page.id,
            line_id,
            there,
            known,
            deleted=deleted,
            found=line.origin is LineOrigin.DETECTED and not (line.text or line.tag or line.comments),
            texts=frozenset({_said(line.base), _said(line.text)}),
            comments=frozenset(each.key for each in line.comments),
        )
        self._lines.append((line, incoming))

    def finish(self) -> MergeReport:
        """Write; nothing that stands here is overwritten if it was changed here."""
        layout = merge_layout(self._project, [incoming for _, incoming in self._lines])
        for (line, incoming), line_id in zip(self._lines, layout.lines, strict=True):
            if line_id is not None:
                self._take_words(line, line_id, new=incoming.line_id is None)
        merged = merge_texts(self._project, self._texts)
        comments = merge_comments(self._project, self._comments)
        figures = agreement(merged.both)
        _note_agreement(self._project, self._package.reader, figures)
        return MergeReport(
            reader=self._package.reader,
            taken=merged.taken - self._drawn,
            drawn=self._drawn,
            blank=self._blank,
            same=merged.again + sum(ours == theirs for ours, theirs in merged.both),
            conflicts=merged.waiting,
            gone=merged.gone,
            layout=layout,
            comments=comments,
            unknown_pages=tuple(self.unknown),
            agreement=figures,
            change=layout.change | comments.change | merged.change,
        )

    def _take_words(self, line: PackagedLine, line_id: int, *, new: bool) -> None:
        """Note text and comments of a line that is here by now; ``new``: since it was drawn for them."""
        if _wrote(line):
            assert line.text is not None
            edit = TextEdit(
                line_id, line.text.text, line.text.state, self._package.reader or line.text.author
            )
            # On a line that is new here nobody has written, whatever the reader began with.
            self._texts.append(Incoming(edit, None if new else _said(line.base)))
            self._drawn += new
        else:
            self._blank += new
        self._comments += [
            IncomingComment(line_id, each.key, each.resolved, new=each.handed is None, settled=_settled(each))
            for each in line.comments
        ]


def _wrote(line: PackagedLine) -> bool:
    return line.text is not None and line.text != line.base


def _said(text: PackagedText | None) -> SaidText:
    return (text.text, text.state) if text else None


def _settled(comment: PackagedComment) -> bool:
    """Whether somebody has settled a remark since it was handed out or written."""
    return comment.resolved and not comment.handed


class _LinesHere:
    """Finds the line of a page that a packaged one is.

    Its key alone does not say so: the page may have been taken out since and brought in anew, and other lines
    have got the ids of its old ones.
    """

    def __init__(
        self, project: Project, page: Page, packaged: PackagedPage, taken_off: Callable[[], set[int]]
    ) -> None:
        self.page, self.packaged, self._taken_off = page, packaged, taken_off
        # Of lines for which no packaged one was found yet.
        self._ever = outlines_ever(project, page.id)
        self._now = {entry.line.id: self._ever[entry.line.id] for entry in list_entries(project, page.id)}

    def shows(self, key: int) -> bool:
        """Whether a line with that id is on the page."""
        return key in self._now

    def turned(self, shape: LineShape, rotation: int) -> LineShape:
        """An outline of the page turned by ``rotation`` on the page as it lies here."""
        degrees = (self.page.rotation - rotation) % 360
        if not degrees:
            return shape
        width, height = self.packaged.width, self.packaged.height
        if (rotation - self.packaged.rotation) % 180:
            width, height = height, width
        return shape_rotated(shape, degrees, width, height)

    def find(self, key: int, shapes: Sequence[LineShape], *, deleted: bool) -> int | None:
        """The id of the line here; ``None`` if there is none. Nor is it that of two packaged lines.

        A line that was handed out is still itself when its outline was mended on either side. If it is off
        its page by now, one that was found or drawn in its stead will do, but not to be deleted. One that was
        drawn there is the same only where it has, or had when it was sent, the same outline: it may be a part
        of a line here.
        """
        found = self._handed(key, shapes, deleted=deleted) if key else self._with_outline(shapes)
        if found is not None:
            self._ever.pop(found)
            self._now.pop(found, None)
        return found

    def _handed(self, key: int, shapes: Sequence[LineShape], *, deleted: bool) -> int | None:
        itself = key if key in self._ever and any(_touch(self._ever[key], s) for s in shapes) else None
        if itself in self._now or deleted:
            return itself
        return next(filter(None, map(self._like, shapes)), itself)

    def _like(self, shape: LineShape) -> int | None:
        """A line on the page that holds the same text as far as outlines tell."""
        [match] = match_lines(list(self._now.values()), [shape])
        return None if match.found is None else list(self._now)[match.found]

    def _with_outline(self, shapes: Sequence[LineShape]) -> int | None:
        """A line with one of these outlines; also one that people have taken off the page since."""

        def fits(line_id: int) -> bool:
            return any(same_corners(self._ever[line_id].polygon, shape.polygon) for shape in shapes)

        found = next(filter(fits, self._now), None)
        if found is not None:
            return found
        gone = list(filter(fits, self._ever.keys() - self._now.keys()))
        return next((line_id for line_id in gone if line_id in self._taken_off()), None)


def _touch(one: LineShape, other: LineShape) -> bool:
    """Whether one of two outlines lies mainly within the other."""
    matches = (*match_lines([one], [other]), *match_lines([other], [one]))
    return any(match.found is not None or match.pieces for match in matches)


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
