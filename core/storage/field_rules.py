"""The project's field rules, and the lines they look at."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.document import TranscriptionState
from core.errors import BadRule, KnownError
from core.rules.rule import FieldRule
from core.rules.scope import LinePlace
from core.storage.project import Project
from core.storage.schema import FieldRuleRow, LineRow, LineTextRow, PageRow, TranscriptionRow
from core.wording import say

PAGES_AT_A_TIME = 20


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A rule of the project; one that is not ``enabled`` is kept but looks at nothing."""

    id: int
    rule: FieldRule
    enabled: bool


@dataclass(frozen=True, slots=True)
class RuledLine:
    """What rules need to know of a line; ``state`` is ``None`` where there is only a draft."""

    line_id: int
    page_id: int
    order: int
    place: LinePlace
    text: str
    state: TranscriptionState | None


def list_rules(project: Project) -> list[StoredRule]:
    """All rules in the order they were made."""
    with project.reading() as session:
        return [_stored(row) for row in session.scalars(select(FieldRuleRow).order_by(FieldRuleRow.id))]


def enabled_rules(project: Project) -> list[FieldRule]:
    """The rules that are in force."""
    return [each.rule for each in list_rules(project) if each.enabled]


def add_rule(project: Project, rule: FieldRule) -> StoredRule:
    """Add a rule, in force at once.

    Raises:
        BadRule: If another one has its name.
    """
    with project.writing() as session:
        _refuse_twin(session, rule.name, None)
        row = FieldRuleRow(enabled=True)
        _fill(row, rule)
        session.add(row)
        session.flush()
        return _stored(row)


def change_rule(project: Project, rule_id: int, rule: FieldRule) -> StoredRule:
    """Put another rule in a rule's place.

    Raises:
        BadRule: If another one has its name.
        KnownError: If there is none with that id.
    """
    with project.writing() as session:
        row = _existing(session, rule_id)
        _refuse_twin(session, rule.name, rule_id)
        _fill(row, rule)
        return _stored(row)


def enable_rule(project: Project, rule_id: int, enabled: bool = True) -> StoredRule:
    """Put a rule in force, or out of it."""
    with project.writing() as session:
        row = _existing(session, rule_id)
        row.enabled = enabled
        return _stored(row)


def delete_rule(project: Project, rule_id: int) -> None:
    """Take a rule away."""
    with project.writing() as session:
        session.delete(_existing(session, rule_id))


def ruled_lines(project: Project, *, outlines: bool = True) -> Iterator[RuledLine]:
    """All lines that show a text, in reading order, fetched some pages at a time.

    Args:
        project: The open project.
        outlines: Read where on the page each line is; without it all are at its upper left corner.
    """
    pages = select(PageRow.id, PageRow.number, PageRow.width, PageRow.height).order_by(PageRow.number)
    with project.reading() as session:
        known = {
            page_id: (number, width, height) for page_id, number, width, height in session.execute(pages)
        }
    ids = list(known)
    for first in range(0, len(ids), PAGES_AT_A_TIME):
        yield from _lines_of(project, known, ids[first : first + PAGES_AT_A_TIME], outlines)


def _lines_of(
    project: Project,
    known: dict[int, tuple[int, int, int]],
    page_ids: list[int],
    outlines: bool,
) -> list[RuledLine]:
    # Without outlines a large project is gone through twice as fast.
    outline = LineRow.polygon if outlines else func.json("[[0, 0]]", type_=LineRow.polygon.type)
    query = (
        select(
            LineRow.id,
            LineRow.page_id,
            LineRow.order,
            LineRow.tag,
            outline,
            LineTextRow.text,
            TranscriptionRow.state,
        )
        .join(LineTextRow, LineTextRow.line_id == LineRow.id)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(LineRow.page_id.in_(page_ids), LineRow.deleted.is_(False))
        .order_by(PageRow.number, LineRow.order)
    )
    with project.reading() as session:
        return [
            RuledLine(
                found,
                page_id,
                order,
                place_of(polygon, tag, *known[page_id]),
                text,
                TranscriptionState(state) if state else None,
            )
            for found, page_id, order, tag, polygon, text, state in session.execute(query)
        ]


def place_of(
    polygon: list[list[float]] | tuple[tuple[float, float], ...],
    tag: str,
    number: int,
    width: int,
    height: int,
) -> LinePlace:
    """Where a line is on its page of ``width`` and ``height`` px."""
    xs, ys = [point[0] for point in polygon], [point[1] for point in polygon]
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return LinePlace(number, tag, middle[0] / max(width, 1), middle[1] / max(height, 1))


def _stored(row: FieldRuleRow) -> StoredRule:
    values = {"name": row.name, "scope": row.scope, "rule": row.rule}
    return StoredRule(row.id, FieldRule.from_json(values), row.enabled)


def _fill(row: FieldRuleRow, rule: FieldRule) -> None:
    row.name, row.scope, row.rule = rule.name, rule.scope.to_json(), rule.check.to_json()


def _existing(session: Session, rule_id: int) -> FieldRuleRow:
    row = session.get(FieldRuleRow, rule_id)
    if row is None:
        raise KnownError(
            say(
                "There is no rule {rule_id} any more; list the rules and choose another one.", rule_id=rule_id
            )
        )
    return row


def _refuse_twin(session: Session, name: str, rule_id: int | None) -> None:
    twin = session.scalar(select(FieldRuleRow.id).where(FieldRuleRow.name == name))
    if twin is not None and twin != rule_id:
        raise BadRule(say("There is a rule “{name}” already; choose another name.", name=name))
