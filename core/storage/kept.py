"""What of a merge stayed as it is here, by the numbers under which people find it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.storage.schema import LineRow, PageRow


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line that stayed as it is here, by its numbers as they are shown, from 1.

    ``line`` is ``None`` if it is off its page; ``tag``: that which it has there.
    """

    page: int
    line: int | None
    tag: str


def kept_lines(session: Session, rows: Iterable[tuple[LineRow, str]]) -> tuple[KeptLine, ...]:
    """Lines with their tags there; call when they are numbered anew."""
    return tuple(
        KeptLine(session.get_one(PageRow, row.page_id).number, None if row.deleted else row.order + 1, tag)
        for row, tag in rows
    )
