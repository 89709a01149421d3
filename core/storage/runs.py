"""Training runs with their curves."""

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.errors import KnownError
from core.storage.evaluations import NewEvaluation, insert_evaluation
from core.storage.models import NewModel, existing_model, insert_model
from core.storage.project import Project
from core.storage.schema import CurvePointRow, ModelRow, TrainingRunRow, utc_now
from core.storage.unfinished_runs import prepared_file, resumable_row
from core.versions import CurvePoint, RunState, TrainingRun
from core.wording import say


def _run(session: Session, row: TrainingRunRow) -> TrainingRun:
    model = session.get(ModelRow, row.model_id) if row.model_id else None
    return TrainingRun(
        id=row.id,
        base=session.get_one(ModelRow, row.base_id).name,
        model=model.name if model else None,
        state=RunState(row.state),
        folder=row.folder,
        config=row.config,
        started_at=row.started_at,
        ended_at=row.ended_at,
        message=row.message,
    )


def start_run(project: Project, base: str, config: dict[str, Any]) -> TrainingRun:
    """Register a run and make its folder."""
    with project.writing() as session:
        row = TrainingRunRow(
            base_id=existing_model(session, base).id, state=RunState.RUNNING, folder="", config=config
        )
        session.add(row)
        session.flush()
        row.folder = f"runs/{row.id:04d}"
        (project.folder / row.folder).mkdir(parents=True, exist_ok=True)
        return _run(session, row)


def resume_run(project: Project, run_id: int) -> TrainingRun:
    """Mark an interrupted, cancelled or failed run as running again.

    Raises:
        KnownError: If the run cannot be resumed.
    """
    with project.writing() as session:
        row = _existing(session, run_id)
        if row.state == RunState.SUCCEEDED:
            raise KnownError(
                say("Run {run_id} has ended well already; start a new one instead.", run_id=run_id)
            )
        row.state, row.ended_at, row.message = RunState.RUNNING, None, ""
        run = _run(session, row)
    prepared_file(project.folder, run.folder).unlink(missing_ok=True)
    return run


def add_points(project: Project, run_id: int, points: Sequence[CurvePoint]) -> None:
    """Append to the curves; a step that is there already (after a resume) is replaced.

    SQLite knows no NaN: a loss that overflowed is kept as infinite.
    """
    if not points:
        return
    with project.writing() as session:
        steps = [point.step for point in points]
        session.execute(
            delete(CurvePointRow).where(CurvePointRow.run_id == run_id, CurvePointRow.step.in_(steps))
        )
        session.add_all(
            CurvePointRow(
                run_id=run_id,
                step=point.step,
                seconds=point.seconds,
                learning_rate=point.learning_rate,
                train_loss=math.inf if math.isnan(point.train_loss) else point.train_loss,
                val_loss=point.val_loss,
                val_cer=point.val_cer,
            )
            for point in points
        )


def finish_run(project: Project, run_id: int, state: RunState, *, message: str = "") -> TrainingRun:
    """Note how a run ended that made no model version."""
    with project.writing() as session:
        row = _existing(session, run_id)
        row.state, row.message, row.ended_at = state, message, utc_now()
        return _run(session, row)


def hand_over_run(project: Project, run_id: int, *, message: str) -> TrainingRun:
    """Leave a run to processes that this program does not start; its base stays until it is taken in."""
    prepared_file(project.folder, get_run(project, run_id).folder).touch()
    return finish_run(project, run_id, RunState.INTERRUPTED, message=message)


def conclude_run(
    project: Project, run_id: int, new_model: NewModel, evaluations: Sequence[NewEvaluation]
) -> TrainingRun:
    """End a run well: its model version, all evaluations and the run's state in one transaction."""
    with project.writing() as session:
        row = _existing(session, run_id)
        row.model_id = insert_model(session, new_model).id
        for evaluation in evaluations:
            insert_evaluation(session, evaluation)
        row.state, row.message, row.ended_at = RunState.SUCCEEDED, "", utc_now()
        return _run(session, row)


def get_run(project: Project, run_id: int) -> TrainingRun:
    """One run.

    Raises:
        KnownError: If there is none with that id.
    """
    with project.reading() as session:
        return _run(session, _existing(session, run_id))


def list_runs(project: Project) -> list[TrainingRun]:
    """All runs, newest first."""
    with project.reading() as session:
        rows = session.scalars(select(TrainingRunRow).order_by(TrainingRunRow.id.desc()))
        return [_run(session, row) for row in rows]


def resumable_run(project: Project) -> TrainingRun | None:
    """The newest run, if it did not end well and has a state to go on from."""
    with project.reading() as session:
        row = resumable_row(session, project.folder)
        return _run(session, row) if row else None


def curve(project: Project, run_id: int) -> list[CurvePoint]:
    """The curves of a run, by step."""
    query = select(CurvePointRow).where(CurvePointRow.run_id == run_id).order_by(CurvePointRow.step)
    with project.reading() as session:
        return [
            CurvePoint(r.step, r.seconds, r.learning_rate, r.train_loss, r.val_loss, r.val_cer)
            for r in session.scalars(query)
        ]


def _existing(session: Session, run_id: int) -> TrainingRunRow:
    row = session.get(TrainingRunRow, run_id)
    if row is None:
        raise KnownError(say("There is no training run {run_id} in this project.", run_id=run_id))
    return row
