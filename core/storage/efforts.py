"""What corrected lines cost their annotators, kept with the project and told to nobody else."""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from core.storage.project import Project
from core.storage.schema import DraftRow, EffortRow, LineRow, ModelRow, table_of


@dataclass(frozen=True, slots=True)
class Effort:
    """One line, from taking it in hand to confirming it.

    ``keystrokes`` counts every key and every step of an input method; ``seconds`` leaves out pauses;
    ``edits`` is the edit distance (characters) from the text that was offered to the confirmed one;
    ``helps`` counts how often each help was used.
    """

    keystrokes: int
    seconds: float
    edits: int
    characters: int
    helps: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EffortSummary:
    """All lines that were offered by one model version (``None``: those without a draft)."""

    model: str | None
    lines: int
    keystrokes: int
    characters: int
    edits: int
    seconds: float

    @property
    def typing(self) -> int:
        """Keystrokes for typing it all: one a character, and Enter."""
        return self.characters + self.lines

    @property
    def saved(self) -> float:
        """Share of the typing that the drafts spared (0-1); negative where an empty field is quicker."""
        return 1 - self.keystrokes / max(self.typing, 1)


_DRAFTED_BY = (
    select(DraftRow.model_id)
    .join(LineRow, LineRow.current_draft_id == DraftRow.id)
    .where(LineRow.id == bindparam("line"))
)
_INSERT = insert(table_of(EffortRow)).values(model_id=_DRAFTED_BY.scalar_subquery())


def insert_effort(session: Session, line_id: int, effort: Effort, author: str) -> None:
    """Store an effort within the transaction that confirms the line."""
    values = {
        "line": line_id,
        "line_id": line_id,
        "author": author,
        "keystrokes": effort.keystrokes,
        "seconds": effort.seconds,
        "edits": effort.edits,
        "characters": effort.characters,
        "helps": effort.helps,
    }
    session.connection().execute(_INSERT, values)


_NEWEST = select(EffortRow).order_by(EffortRow.id.desc()).limit(bindparam("newest")).subquery()
_BY_MODEL = (
    select(
        ModelRow.name,
        func.count(_NEWEST.c.id),
        func.sum(_NEWEST.c.keystrokes),
        func.sum(_NEWEST.c.characters),
        func.sum(_NEWEST.c.edits),
        func.sum(_NEWEST.c.seconds),
    )
    .select_from(_NEWEST)
    .outerjoin(ModelRow, ModelRow.id == _NEWEST.c.model_id)
    .group_by(_NEWEST.c.model_id)
    .order_by(_NEWEST.c.model_id)
)
"""Made once: every turn of a page asks it, and making it takes longer than asking."""


def effort_by_model(project: Project, newest: int | None = None) -> list[EffortSummary]:
    """Efforts summed by the model version whose drafts were offered; of the ``newest`` lines, or of all."""
    with project.reading() as session:
        return [EffortSummary(*row) for row in session.execute(_BY_MODEL, {"newest": newest or -1})]
