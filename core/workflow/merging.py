"""Merging what comes back from a second reader without losing anybody's work.

Texts, tags, outlines, lines, comments, reading orders and turned pages that only one side has changed are
taken. Where both have, the text waits to be decided, and of the rest ours stays and the report says so. There
is a step of undo, over all pages, for each of pages turned, layout, texts and comments that were deleted, one
after the other; comments that were added or settled are in none, as everywhere.
"""

from dataclasses import asdict
from functools import cache, partial
from pathlib import Path

from core.document import LineOrigin, Page
from core.errors import KnownError
from core.evaluation.agreement import Agreement, agreement
from core.exchange.package import Package, PackagedPage, read_package
from core.exchange.packaged_line import PackagedComment, PackagedLine, PackagedText
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.comments import IncomingComment, merge_comments
from core.storage.layout_edits import taken_off_by_hand
from core.storage.merged_layout import (
    IncomingLine,
    IncomingPage,
    LineState,
    SaidText,
    merge_layout,
    same_outline,
)
from core.storage.pages import known_hashes
from core.storage.project import Project
from core.storage.project_settings import note_setting, project_setting
from core.storage.second_readings import Incoming, merge_texts
from core.storage.text_batches import TextEdit
from core.wording import say
from core.workflow.lines_here import LinesHere
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
    package = read_package(file, drafts=False, cancel=cancel)
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
        self._pages: list[IncomingPage] = []
        self._drawn = self._blank = 0
        self._taken_off = cache(partial(taken_off_by_hand, project))
        self.unknown: list[str] = []

    def take_page(self, page: Page, packaged: PackagedPage) -> None:
        """Note what was done there."""
        here = LinesHere(self._project, page, packaged, self._taken_off)
        # Those that are here themselves come first, so that no other line is taken for one of them.
        for line in sorted(packaged.lines, key=lambda line: not here.shows(line.key)):
            self._take_line(here, line, deleted=False)
        for line in packaged.deleted:
            self._take_line(here, line, deleted=True)
        if page_there := here.incoming():
            self._pages.append(page_there)

    def _take_line(self, here: LinesHere, line: PackagedLine, *, deleted: bool) -> None:
        there = LineState(line.tag, here.turned(line.shape, here.packaged.rotation))
        known = tuple(LineState(each.tag, here.turned(each.shape, each.rotation)) for each in line.known)
        changed = (
            _wrote(line)
            or any(each.handed is None and not each.deleted for each in line.comments)
            or any(state.tag != there.tag or not same_outline(state.shape, there.shape) for state in known)
        )
        words_only = any(_settled(each) or each.deleted for each in line.comments)
        if line.key and not (changed or deleted or words_only):
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
            ref=line.ref,
        )
        self._lines.append((line, incoming))

    def finish(self) -> MergeReport:
        """Write; nothing that stands here is overwritten if it was changed here."""
        layout = merge_layout(self._project, [incoming for _, incoming in self._lines], self._pages)
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
            IncomingComment(
                line_id,
                each.key,
                each.resolved,
                new=each.handed is None,
                settled=_settled(each),
                deleted=each.deleted,
                known=frozenset({each.resolved, each.resolved if each.handed is None else each.handed}),
            )
            for each in line.comments
        ]


def _wrote(line: PackagedLine) -> bool:
    return line.text is not None and line.text != line.base


def _said(text: PackagedText | None) -> SaidText:
    return (text.text, text.state) if text else None


def _settled(comment: PackagedComment) -> bool:
    """Whether somebody has settled a remark since it was handed out or written."""
    return comment.resolved and not comment.handed and not comment.deleted


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
