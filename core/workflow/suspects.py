"""Labels that may be wrong: corrected lines in which a model that never learned them reads otherwise."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.document import Split, TranscriptionState
from core.errors import BadCheckpoint
from core.evaluation.suspicion import suspicion, usual_edits
from core.jobs import CancelToken
from core.storage.changes import Change
from core.storage.lines import page_of_lines
from core.storage.models import list_models
from core.storage.pages import list_pages
from core.storage.project import Project
from core.storage.project_settings import note_entry, project_setting
from core.storage.runs import list_runs
from core.storage.second_opinions import Label, Reading, draft_readings, evaluation_readings, labels
from core.storage.text_batches import TextEdit, change_texts
from core.training.folds import OUT_OF_FOLD
from core.training.run_folder import lines_used, read_readings
from core.versions import ModelVersion

KEPT = "suspects.kept"
"""Setting: revision of each label that somebody looked at and kept."""


class HeldOutReadings(Protocol):
    """Where readings come from, each by a model that did not learn the line."""

    def readings(self, project: Project, wanted: Sequence[Label]) -> Iterator[Reading]:
        """At least one for each line it knows something of; the first one of a line counts."""
        ...


class StoredEvaluations:
    """Validation and test lines: what the newest model read when it was evaluated."""

    def readings(self, project: Project, wanted: Sequence[Label]) -> Iterator[Reading]:
        """By lines that are still on validation and test pages."""
        learned = learned_pages(project)
        pages = {label.line_id: label.page_id for label in wanted}
        known = {(r.line_id, r.model, r.text): r for r in draft_readings(project, list(pages))}
        for reading in evaluation_readings(project):
            page = pages.get(reading.line_id)
            if page is not None and page not in learned.get(reading.model, frozenset()):
                # an evaluation keeps no confidences, but the same reading may lie there as a draft
                yield known.get((reading.line_id, reading.model, reading.text), reading)


class UnseenDrafts:
    """Any line: its newest draft by a model that was not trained on its page, nor any of its ancestors."""

    def readings(self, project: Project, wanted: Sequence[Label]) -> Iterator[Reading]:
        """The newest ones first."""
        learned = learned_pages(project)
        pages = {label.line_id: label.page_id for label in wanted}
        for reading in draft_readings(project, list(pages)):
            if pages[reading.line_id] not in learned.get(reading.model, frozenset()):
                yield reading


class FoldReadings:
    """Training lines: what that network of a training with folds read which did not learn the line."""

    def readings(self, project: Project, wanted: Sequence[Label]) -> Iterator[Reading]:
        """Those of the newest training with folds first; none of pages that its base had learned before."""
        learned = learned_pages(project)
        pages = {label.line_id: label.page_id for label in wanted}
        for run in list_runs(project):
            file = project.folder / run.folder / OUT_OF_FOLD
            if run.model and file.exists():
                for line_id, read in read_readings(file).items():
                    page = pages.get(line_id)
                    if page is not None and page not in learned.get(run.base, frozenset()):
                        yield Reading(line_id, run.model, read.text)


SOURCES: tuple[HeldOutReadings, ...] = (StoredEvaluations(), FoldReadings(), UnseenDrafts())


@dataclass(frozen=True, slots=True)
class Suspect:
    """A label, what the model reads instead, and how strongly (``evaluation.suspicion``)."""

    label: Label
    reading: Reading
    score: float


def learned_pages(
    project: Project, models: Collection[str] | None = None, *, checked: bool = False
) -> Mapping[str, frozenset[int]]:
    """Pages that model versions, or those they descend from, were trained on.

    Args:
        project: The open project.
        models: Only of these and their ancestors: the snapshot of each run has to be read.
        checked: Also those that they were checked on: by these their weights were chosen.
    """
    splits = (Split.TRAIN, Split.VAL) if checked else (Split.TRAIN,)
    versions = list_models(project)  # parents come before their children
    if models is not None:
        versions = _with_ancestors(versions, models)
    runs = {run.model: run for run in list_runs(project) if run.model}
    serving = frozenset(page.id for page in list_pages(project) if page.split in splits)
    learned: dict[str, frozenset[int]] = {}
    for model in versions:
        own: frozenset[int] = frozenset()
        if run := runs.get(model.name):
            try:
                lines = lines_used(project.folder / run.folder, splits)
            except BadCheckpoint:  # its files are gone: whatever is for training may have been learned
                own = serving
            else:
                own = frozenset(page_of_lines(project, lines).values())
        elif model.parent:
            own = serving
        learned[model.name] = own | learned.get(model.parent or "", frozenset())
    return learned


def _with_ancestors(versions: Sequence[ModelVersion], names: Collection[str]) -> list[ModelVersion]:
    """Some versions and those they descend from; parents come before their children in both lists."""
    wanted = set(names)
    for model in reversed(versions):
        if model.name in wanted and model.parent:
            wanted.add(model.parent)
    return [model for model in versions if model.name in wanted]


def suspects(
    project: Project, sources: Sequence[HeldOutReadings] = SOURCES, *, cancel: CancelToken | None = None
) -> list[Suspect]:
    """Labels with which a model disagrees, the most suspicious first; those kept as they are left out.

    Raises:
        Cancelled: On request.
    """
    kept = project_setting(project, KEPT)
    wanted = [label for label in labels(project) if kept.get(str(label.line_id)) != label.revision]
    first: dict[int, Reading] = {}
    for source in sources:
        for reading in source.readings(project, wanted):
            first.setdefault(reading.line_id, reading)
            if cancel:
                cancel.raise_if_cancelled()
    witnessed = [(label, first[label.line_id]) for label in wanted if label.line_id in first]
    usual = {
        model: usual_edits(
            (label.text, reading.text) for label, reading in witnessed if reading.model == model
        )
        for model in {reading.model for _, reading in witnessed}
    }
    found = []
    for label, reading in witnessed:
        score = suspicion(label.text, reading.text, reading.confidences, usual[reading.model])
        if reading.text and score > 0:
            found.append(Suspect(label, reading, score))
    return sorted(found, key=lambda each: (-each.score, each.label.page_number, each.label.order))


def keep(project: Project, label: Label) -> Change:
    """Somebody looked: the label is right. It is asked for again only if it changes, or after an undo."""
    return note_entry(project, KEPT, str(label.line_id), label.revision, label.line_id)


def correct(project: Project, label: Label, text: str) -> Change:
    """Put another text in place of a label; a reviewed line counts as corrected then, as one undo step."""
    edit = TextEdit(label.line_id, text, TranscriptionState.CORRECTED)
    return change_texts(project, [edit], "suspect")
