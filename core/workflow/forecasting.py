"""A forecast for a project from its trainings so far, and the pages that would help most."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.document import Split
from core.evaluation.forecast import LearningPoint, Outlook, outlook
from core.jobs import CancelToken
from core.storage.evaluations import latest_evaluation, line_scores
from core.storage.lines import page_of_lines
from core.storage.models import get_model, list_models, promoted_model
from core.storage.pages import list_pages, page_progress
from core.storage.project import Project
from core.training.config import FineTuneConfig
from core.versions import ModelVersion
from core.workflow.measuring_subsets import measured_points
from core.workflow.next_pages import NextPage, next_pages
from core.workflow.suspects import learned_pages

MORE = (50, 100)
"""So many more corrected lines are looked at."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What more lines would bring, and where to get them.

    ``ahead`` begins with the ``lines`` to learn from that there are now, and is empty as long as nothing was
    trained. ``points`` are what it was made from, on pages of ``split``; ``root`` is the model before any.
    """

    root: str
    lines: int
    split: Split
    points: tuple[LearningPoint, ...]
    ahead: tuple[Outlook, ...]
    pages: tuple[NextPage, ...]


def forecast(project: Project, base: str | None = None, *, cancel: CancelToken | None = None) -> Forecast:
    """Fit a learning curve to the trainings so far.

    Args:
        project: The open project.
        base: Model version that a training would start from; the promoted one by default.
        cancel: Stops the work.

    Raises:
        UnknownModel: If there is no such base.
        Cancelled: On request.
    """
    root = origin(project, base).name
    versions = [
        each for each in list_models(project) if _trained(each) and origin(project, each.name).name == root
    ]
    for split in (Split.TEST, Split.VAL):
        known = learned_pages(project, [root, *(each.name for each in versions)], checked=split is Split.TEST)
        points = list(_points(project, root, versions, split, known))
        if points:
            break
    lines = _lines_to_learn_from(project)
    before = _errors(project, root, split, known[root])
    base_cer = before[0] / before[1] if before else None
    ahead = outlook(points, [lines + more for more in (0, *MORE)], base_cer)
    pages = next_pages(project, cancel=cancel)
    return Forecast(root, lines, split, tuple(points), ahead, tuple(pages))


def origin(project: Project, base: str | None = None) -> ModelVersion:
    """The model before any training here: all versions that descend from it stand on one curve.

    Raises:
        UnknownModel: If there is no such base.
    """
    version = get_model(project, base) if base else promoted_model(project)
    while _trained(version) and version.parent:
        version = get_model(project, version.parent)
    return version


def _trained(version: ModelVersion) -> bool:
    return "lines" in version.data


def _points(
    project: Project,
    root: str,
    versions: Sequence[ModelVersion],
    split: Split,
    known: Mapping[str, frozenset[int]],
) -> Iterator[LearningPoint]:
    """What trainings and measurements came to on one split; a training that was cut short is no point.

    ``known`` are the pages that each version knows too well to be measured by them.
    """
    for version in versions:
        if _broken_off(version):
            continue
        if found := _errors(project, version.name, split, known[version.name]):
            yield LearningPoint(version.data["lines"], *found)
    yield from (each.point for each in measured_points(project, root) if each.split is split)


def _errors(project: Project, model: str, split: Split, known: frozenset[int]) -> tuple[int, int] | None:
    """Errors and characters of the newest evaluation without some pages; ``None`` if nothing is left."""
    found = latest_evaluation(project, model, split)
    if found is None:
        return None
    errors, characters = round(found.cer * found.characters), found.characters
    if known:
        scores = line_scores(project, found.id)
        pages = page_of_lines(project, [score.line_id for score in scores])
        flattering = [score for score in scores if pages.get(score.line_id) in known]
        errors -= sum(score.edits for score in flattering)
        characters -= sum(score.characters for score in flattering)
    return (errors, characters) if characters else None


def _broken_off(version: ModelVersion) -> bool:
    config, data = FineTuneConfig.model_construct(**version.config), version.data
    return "steps" in data and config.broken_off(data["lines"], data["steps"])


def _lines_to_learn_from(project: Project) -> int:
    progress = page_progress(project)
    return sum(
        progress[page.id].truth for page in list_pages(project) if page.split not in (Split.VAL, Split.TEST)
    )
