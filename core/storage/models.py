"""Model versions: lineage, promotion, roll-back, deletion."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.document import BASE_MODELS, DEFAULT_BASE
from core.errors import ModelInUse, UnknownModel
from core.files import legible, remove, shortened
from core.storage.changes import Change
from core.storage.project import Project
from core.storage.read_shapes import next_newest
from core.storage.schema import DraftRow, LineRow, ModelRow, PromotionRow, TrainingRunRow
from core.storage.unfinished_runs import prepared_row, resumable_row, running_row
from core.versions import ModelVersion
from core.wording import say

NAME_ROOM = len("-9999.safetensors")
"""Bytes that the name of a version leaves in that of its file, for a number and the ending."""

_CHANGED = Change(models=True)


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model version to be registered; ``file`` is relative to the project folder and already there.

    ``parent`` is ``None`` for an imported one only: ``data["imported"]`` tells where that came from.
    """

    name: str
    parent: str | None
    architecture: str
    file: str
    sha256: str
    charset_size: int
    config: dict[str, Any]
    data: dict[str, Any]
    scores: dict[str, float]


def existing_model(session: Session, name: str) -> ModelRow:
    """The row of a model version.

    Raises:
        UnknownModel: If none has that name.
    """
    row = session.scalar(select(ModelRow).where(ModelRow.name == name))
    if row is None:
        known = ", ".join(session.scalars(select(ModelRow.name).order_by(ModelRow.id)))
        raise UnknownModel(
            say("There is no model “{name}” in this project; there are: {known}.", name=name, known=known)
        )
    return row


def _promoted_id(session: Session) -> int:
    newest = (
        select(PromotionRow.model_id)
        .where(PromotionRow.rolled_back.is_(False))
        .order_by(PromotionRow.id.desc())
    )
    return session.scalar(newest.limit(1)) or existing_model(session, DEFAULT_BASE).id


def _version(session: Session, row: ModelRow, promoted_id: int) -> ModelVersion:
    parent = session.get(ModelRow, row.parent_id) if row.parent_id else None
    return ModelVersion(
        id=row.id,
        name=row.name,
        parent=parent.name if parent else None,
        architecture=row.architecture,
        file=row.file,
        sha256=row.sha256,
        charset_size=row.charset_size,
        created_at=row.created_at,
        promoted=row.id == promoted_id,
        note=row.note,
        config=row.config,
        data=row.data,
        scores=row.scores,
    )


def list_models(project: Project) -> list[ModelVersion]:
    """All versions, oldest first; the base models come first."""
    with project.reading() as session:
        promoted = _promoted_id(session)
        return [
            _version(session, row, promoted)
            for row in session.scalars(select(ModelRow).order_by(ModelRow.id))
        ]


def get_model(project: Project, name: str) -> ModelVersion:
    """One version.

    Raises:
        UnknownModel: If none has that name.
    """
    with project.reading() as session:
        return _version(session, existing_model(session, name), _promoted_id(session))


def promoted_model(project: Project) -> ModelVersion:
    """The version that drafts; the default base until another one is promoted."""
    with project.reading() as session:
        promoted = _promoted_id(session)
        return _version(session, session.get_one(ModelRow, promoted), promoted)


def model_source(project: Project, model: ModelVersion) -> str:
    """What a recogniser is loaded from: a base model's name, or the path of a checkpoint."""
    return str(project.folder / model.file) if model.file else model.name


def free_model_name(project: Project) -> str:
    """A name for the next version: the project's name and the next number, like ``utopie-3``."""
    stem = shortened("-".join(legible(project.name).lower().split()) or "model", NAME_ROOM)
    taken = {model.name for model in list_models(project)}
    number = 1
    while f"{stem}-{number}" in taken or (project.models / f"{stem}-{number}.safetensors").exists():
        number += 1
    return f"{stem}-{number}"


def add_model(project: Project, new: NewModel) -> ModelVersion:
    """Register a version whose file is in place."""
    with project.writing() as session:
        return _version(session, insert_model(session, new), _promoted_id(session))


def insert_model(session: Session, new: NewModel) -> ModelRow:
    """Register a version within a running transaction."""
    if new.parent is None and "imported" not in new.data:
        raise ValueError(f"{new.name} descends from nothing and was not imported")
    row = ModelRow(
        name=new.name,
        parent_id=existing_model(session, new.parent).id if new.parent else None,
        architecture=new.architecture,
        file=new.file,
        sha256=new.sha256,
        charset_size=new.charset_size,
        config=new.config,
        data=new.data,
        scores=new.scores,
    )
    session.add(row)
    session.flush()
    return row


def set_note(project: Project, name: str, note: str) -> Change:
    """Keep a remark with a version."""
    with project.writing() as session:
        existing_model(session, name).note = note
    return _CHANGED


def promote_model(project: Project, name: str) -> Change:
    """Let drafts use this version from now on."""
    with project.writing() as session:
        row = existing_model(session, name)
        if row.id != _promoted_id(session):
            session.add(PromotionRow(model_id=row.id))
    return _CHANGED


def roll_back(project: Project) -> Change:
    """Let drafts use the version that was promoted before this one.

    Raises:
        ModelInUse: If nothing but the default base was ever promoted.
    """
    with project.writing() as session:
        newest = session.scalar(
            select(PromotionRow)
            .where(PromotionRow.rolled_back.is_(False))
            .order_by(PromotionRow.id.desc())
            .limit(1)
        )
        if newest is None:
            raise ModelInUse(
                say(
                    "Nothing to roll back to: {default_base} is where every project starts.",
                    default_base=DEFAULT_BASE,
                )
            )
        newest.rolled_back = True
    return _CHANGED


def delete_model(project: Project, name: str) -> Change:
    """Delete a version with its file, drafts and evaluations.

    Raises:
        ModelInUse: If it is a base model, promoted, the parent of another version, or what a training
            starts from that runs, was prepared, or can be resumed.
    """
    with project.writing() as session:
        row = _deletable_row(session, project, name)
        file: Path | None = project.folder / row.file if row.file else None
        _forget_drafts(session, row.id)
        session.execute(update(TrainingRunRow).where(TrainingRunRow.model_id == row.id).values(model_id=None))
        base = existing_model(session, DEFAULT_BASE).id
        session.execute(update(TrainingRunRow).where(TrainingRunRow.base_id == row.id).values(base_id=base))
        session.delete(row)
    if file:
        remove(file)
    return _CHANGED


def check_deletable(project: Project, name: str) -> None:
    """Whether a version may be deleted.

    Raises:
        ModelInUse: As ``delete_model`` would.
    """
    with project.reading() as session:
        _deletable_row(session, project, name)


def _deletable_row(session: Session, project: Project, name: str) -> ModelRow:
    """The row of a version that nothing needs."""
    row = existing_model(session, name)
    if name in BASE_MODELS:
        raise ModelInUse(say("{name} is a base model; every project starts from it, so it stays.", name=name))
    if row.id == _promoted_id(session):
        raise ModelInUse(
            say(
                "{name} makes the drafts now; promote another version or roll back, then delete it.",
                name=name,
            )
        )
    child = session.scalar(select(ModelRow.name).where(ModelRow.parent_id == row.id).limit(1))
    if child:
        raise ModelInUse(
            say("{name} is the parent of {child}; delete that one first.", name=name, child=child)
        )
    _refuse_if_trained_on(session, project, row)
    return row


def _refuse_if_trained_on(session: Session, project: Project, row: ModelRow) -> None:
    """A training that is not at its end needs the version that it started from for its last steps."""
    if run := running_row(session, row.id):
        raise ModelInUse(
            say(
                "Training {run} starts from {name} and is running; wait for its end, or cancel it, then "
                "delete {name}.",
                run=run.id,
                name=row.name,
            )
        )
    run = resumable_row(session, project.folder)
    if run and run.base_id == row.id:
        raise ModelInUse(
            say(
                "Training {run} started from {name} and can be resumed; resume it to its end or start "
                "another one, then delete {name}.",
                run=run.id,
                name=row.name,
            )
        )
    run = prepared_row(session, project.folder)
    if run and run.base_id == row.id:
        raise ModelInUse(
            say(
                "Training {run} was prepared and starts from {name}; train it and take it in, or start "
                "another one, then delete {name}.",
                run=run.id,
                name=row.name,
            )
        )


def _forget_drafts(session: Session, model_id: int) -> None:
    """Lines drafted by the model show their next newest draft instead, if that fits them as they are now."""
    others = next_newest(session, model_id)
    own = select(DraftRow.id).where(DraftRow.model_id == model_id)
    session.execute(
        update(LineRow)
        .where(LineRow.current_draft_id.in_(own))
        .values(current_draft_id=None)
        .execution_options(synchronize_session=False)
    )
    if others:
        shown = [{"id": line_id, "current_draft_id": draft_id} for line_id, draft_id in others.items()]
        session.execute(update(LineRow), shown)
