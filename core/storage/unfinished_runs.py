"""Which training runs are not at their end: those that run, and the one that can be resumed."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage.schema import TrainingRunRow
from core.versions import RunState

_ENDED_EARLY = (RunState.INTERRUPTED, RunState.CANCELLED, RunState.FAILED)


def state_file(project_folder: Path, run_folder: str) -> Path:
    """The file that a run is resumed from."""
    return project_folder / run_folder / "resume.pt"


def resumable_row(session: Session, project_folder: Path) -> TrainingRunRow | None:
    """The newest run, if it did not end well and has a state to go on from."""
    newest = session.scalar(select(TrainingRunRow).order_by(TrainingRunRow.id.desc()).limit(1))
    if newest and newest.state in _ENDED_EARLY and state_file(project_folder, newest.folder).exists():
        return newest
    return None


def running_row(session: Session, base_id: int) -> TrainingRunRow | None:
    """A run that started from a model version and still learns."""
    query = select(TrainingRunRow).where(
        TrainingRunRow.base_id == base_id, TrainingRunRow.state == RunState.RUNNING
    )
    return session.scalar(query.limit(1))
