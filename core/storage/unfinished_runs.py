"""Which training runs are not at their end: those that run, can be resumed, or were prepared."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage.schema import TrainingRunRow
from core.versions import RunState

_ENDED_EARLY = (RunState.INTERRUPTED, RunState.CANCELLED, RunState.FAILED)


def state_file(project_folder: Path, run_folder: str) -> Path:
    """The file that a run is resumed from."""
    return project_folder / run_folder / "resume.pt"


def prepared_file(project_folder: Path, run_folder: str) -> Path:
    """The empty file that says that other processes learn what is written in a run's folder.

    It is no state of the run: a program that knows of no such state could not open the project.
    """
    return project_folder / run_folder / "prepared"


def resumable_row(session: Session, project_folder: Path) -> TrainingRunRow | None:
    """The newest run, if it did not end well and has a state to go on from."""
    newest = _newest_ended_early(session)
    return newest if newest and state_file(project_folder, newest.folder).exists() else None


def prepared_row(session: Session, project_folder: Path) -> TrainingRunRow | None:
    """The newest run, if it was prepared for other processes and nobody has gone on with it."""
    newest = _newest_ended_early(session)
    return newest if newest and prepared_file(project_folder, newest.folder).exists() else None


def _newest_ended_early(session: Session) -> TrainingRunRow | None:
    newest = session.scalar(select(TrainingRunRow).order_by(TrainingRunRow.id.desc()).limit(1))
    return newest if newest and newest.state in _ENDED_EARLY else None


def running_row(session: Session, base_id: int) -> TrainingRunRow | None:
    """A run that started from a model version and still learns."""
    query = select(TrainingRunRow).where(
        TrainingRunRow.base_id == base_id, TrainingRunRow.state == RunState.RUNNING
    )
    return session.scalar(query.limit(1))
