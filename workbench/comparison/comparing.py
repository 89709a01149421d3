"""Comparing behind the window, with the names of the pages on which the lines stand. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.document import Split
from core.evaluation.classes import ClassErrors
from core.evaluation.comparison import Comparison
from core.jobs import CancelToken, ProgressSink
from core.storage.lines import page_of_lines
from core.storage.pages import list_pages
from core.storage.project import Project
from core.workflow.evaluating import compare_models
from core.workflow.judging import Judgement, errors_by_class, judge


@dataclass(frozen=True, slots=True)
class ComparedLines:
    """A comparison, the name of each line's page by the id of the line, and what it proves.

    ``split``: on which pages.
    """

    comparison: Comparison
    pages: Mapping[int, str]
    judgement: Judgement | None = None
    classes: tuple[ClassErrors, ...] = ()
    split: Split = Split.TEST


def compare_lines(
    project: Project,
    models: Sequence[str],
    split: Split,
    *,
    cancel: CancelToken,
    progress: ProgressSink,
) -> ComparedLines:
    """Compare model versions on the lines of a split; what was not evaluated yet is read first.

    Raises:
        NotEnoughLines: If no line of the split is corrected.
        Cancelled: On request.
    """
    comparison = compare_models(project, models, split, cancel=cancel, progress=progress)
    judgement = judge(project, comparison, split)
    if judgement.comparison.lines:  # the lines that count
        comparison = judgement.comparison
    names = {page.id: Path(page.name).stem for page in list_pages(project)}
    pages = page_of_lines(project, [line.line_id for line in comparison.lines])
    shown = {line.line_id: names.get(pages.get(line.line_id, 0), "") for line in comparison.lines}
    classes = tuple(errors_by_class(project, comparison))
    return ComparedLines(comparison, shown, judgement, classes, split)
