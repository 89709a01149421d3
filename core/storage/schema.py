"""The tables. Rows never leave ``core.storage``."""

import datetime as dt
from typing import Any, cast

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA_REVISION = "0005"
"""The newest migration; a test holds it equal to Alembic's head, so that opening needs no Alembic."""


def utc_now() -> dt.datetime:
    """The present moment, in UTC."""
    return dt.datetime.now(dt.UTC)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """SQLite keeps no time zones: store UTC, give aware values back."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Aware -> naive UTC."""
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Naive UTC -> aware."""
        return value.replace(tzinfo=dt.UTC) if value else None


class Row(DeclarativeBase):
    """Base of all tables; names of constraints are fixed so that migrations can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


def table_of(row: type[Row]) -> Table:
    """The table of a kind of row, for statements that do without the row mapper."""
    return cast(Table, row.__table__)


class PageRow(Row):
    """One scan side."""

    __tablename__ = "pages"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(index=True)
    name: Mapped[str]
    file: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    rotation: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(unique=True)
    split: Mapped[str | None]
    group: Mapped[str]
    source: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now)


class LineRow(Row):
    """One line. Deleting only hides it, so that no human text is dropped and undo is exact."""

    __tablename__ = "lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"))
    order: Mapped[int]
    polygon: Mapped[list[Any]]
    baseline: Mapped[list[Any] | None]
    direction: Mapped[str]
    origin: Mapped[str]
    tag: Mapped[str] = mapped_column(default="")
    deleted: Mapped[bool] = mapped_column(default=False)
    current_draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("drafts.id", ondelete="SET NULL", use_alter=True), index=True
    )
    __table_args__ = (Index("ix_lines_page", "page_id", "deleted", "order"),)


class PageCountRow(Row):
    """How many lines of a page are in which state. Triggers write it, nobody else (migration 0002).

    ``doubtful`` are open lines whose draft has doubtful characters, ``truth`` those whose text may teach,
    ``doubt`` is the mean of 1 - confidence over all drafts (0-1).
    """

    __tablename__ = "page_counts"
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True)
    lines: Mapped[int]
    drafted: Mapped[int]
    corrected: Mapped[int]
    reviewed: Mapped[int]
    unreadable: Mapped[int]
    doubtful: Mapped[int]
    truth: Mapped[int]
    doubt: Mapped[float]


class LineTextRow(Row):
    """The shown text of a line that has any, for searching. Triggers write it, nobody else (migration 0002).

    Beside it stands ``line_search``, an FTS5 index of its trigrams.
    """

    __tablename__ = "line_texts"
    line_id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class DraftRow(Row):
    """Machine text of a line: one row per line and model version."""

    __tablename__ = "drafts"
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"))
    model_id: Mapped[int] = mapped_column(ForeignKey("models.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    confidence: Mapped[float]
    doubtful: Mapped[int]
    characters: Mapped[bytes] = mapped_column(LargeBinary)
    posteriors: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    read_shape: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    created_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("line_id", "model_id"),)


class TranscriptionRow(Row):
    """The human text of a line as it stands."""

    __tablename__ = "transcriptions"
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int]
    author: Mapped[str]
    updated_at: Mapped[dt.datetime]


class TranscriptionHistoryRow(Row):
    """Every text a line ever had; rows are only added."""

    __tablename__ = "transcription_history"
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"))
    revision: Mapped[int]
    text: Mapped[str]
    state: Mapped[str]
    author: Mapped[str]
    cause: Mapped[str]
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("line_id", "revision"),)


class JournalRow(Row):
    """What undo and redo walk along; survives a restart."""

    __tablename__ = "journal"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    before: Mapped[list[Any]]
    after: Mapped[list[Any]]
    undone: Mapped[bool] = mapped_column(default=False, index=True)
    at: Mapped[dt.datetime] = mapped_column(default=utc_now)


class ModelRow(Row):
    """A model version; the base models have no file of their own."""

    __tablename__ = "models"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("models.id"))
    architecture: Mapped[str]
    file: Mapped[str | None]
    sha256: Mapped[str]
    charset_size: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    config: Mapped[dict[str, Any]]
    data: Mapped[dict[str, Any]]
    scores: Mapped[dict[str, Any]]
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now)


class PromotionRow(Row):
    """Which model drafts, in time; the newest that was not rolled back counts."""

    __tablename__ = "promotions"
    id: Mapped[int] = mapped_column(primary_key=True)
    model_id: Mapped[int] = mapped_column(ForeignKey("models.id", ondelete="CASCADE"))
    rolled_back: Mapped[bool] = mapped_column(default=False)
    at: Mapped[dt.datetime] = mapped_column(default=utc_now)


class TrainingRunRow(Row):
    """One fine-tuning."""

    __tablename__ = "training_runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("models.id"))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("models.id", ondelete="SET NULL"))
    state: Mapped[str]
    folder: Mapped[str]
    config: Mapped[dict[str, Any]]
    message: Mapped[str] = mapped_column(default="")
    started_at: Mapped[dt.datetime] = mapped_column(default=utc_now)
    ended_at: Mapped[dt.datetime | None]


class CurvePointRow(Row):
    """One point of a run's curves."""

    __tablename__ = "curve_points"
    run_id: Mapped[int] = mapped_column(ForeignKey("training_runs.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    seconds: Mapped[float]
    learning_rate: Mapped[float]
    train_loss: Mapped[float]
    val_loss: Mapped[float | None]
    val_cer: Mapped[float | None]


class EvaluationRow(Row):
    """One model on one split."""

    __tablename__ = "evaluations"
    id: Mapped[int] = mapped_column(primary_key=True)
    model_id: Mapped[int] = mapped_column(ForeignKey("models.id", ondelete="CASCADE"), index=True)
    split: Mapped[str]
    lines: Mapped[int]
    characters: Mapped[int]
    cer: Mapped[float]
    accuracy_lcs: Mapped[float]
    wer: Mapped[float]
    exact: Mapped[int]
    lines_per_second: Mapped[float]
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now)


class EvaluationLineRow(Row):
    """One line of an evaluation."""

    __tablename__ = "evaluation_lines"
    evaluation_id: Mapped[int] = mapped_column(
        ForeignKey("evaluations.id", ondelete="CASCADE"), primary_key=True
    )
    line_id: Mapped[int] = mapped_column(
        ForeignKey("lines.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    truth: Mapped[str]
    text: Mapped[str]
    edits: Mapped[int]
    characters: Mapped[int]
    promised: Mapped[float | None]


class SettingRow(Row):
    """One thing that a project remembers about itself, as JSON."""

    __tablename__ = "settings"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]


class CommentRow(Row):
    """A remark on a line."""

    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"), index=True)
    author: Mapped[str]
    text: Mapped[str]
    resolved: Mapped[bool] = mapped_column(default=False)
    at: Mapped[dt.datetime] = mapped_column(default=utc_now)


class FieldRuleRow(Row):
    """What the text of some lines must look like; ``scope`` says which lines, ``rule`` what is demanded."""

    __tablename__ = "field_rules"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[dict[str, Any]]
    rule: Mapped[dict[str, Any]]
    enabled: Mapped[bool] = mapped_column(default=True)


class SecondReadingRow(Row):
    """What another annotator wrote for a line; it never replaces the line's own text by itself."""

    __tablename__ = "second_readings"
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"), primary_key=True)
    author: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    state: Mapped[str]
    settled: Mapped[bool] = mapped_column(default=False)
    at: Mapped[dt.datetime] = mapped_column(default=utc_now)


class AcceptanceRow(Row):
    """Drafts that were accepted together under a budget of expected errors."""

    __tablename__ = "acceptances"
    id: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[str]
    budget: Mapped[float]
    expected: Mapped[float]
    at: Mapped[dt.datetime] = mapped_column(default=utc_now)


class AcceptedLineRow(Row):
    """A line of an acceptance; audited ones are read again. ``edits`` is what the auditor changed."""

    __tablename__ = "accepted_lines"
    acceptance_id: Mapped[int] = mapped_column(
        ForeignKey("acceptances.id", ondelete="CASCADE"), primary_key=True
    )
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]
    audited: Mapped[bool] = mapped_column(default=False)
    edits: Mapped[int | None]


class EffortRow(Row):
    """What a confirmed line cost its annotator."""

    __tablename__ = "efforts"
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"), index=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("models.id", ondelete="SET NULL"), index=True)
    author: Mapped[str]
    keystrokes: Mapped[int]
    seconds: Mapped[float]
    edits: Mapped[int]
    characters: Mapped[int]
    helps: Mapped[dict[str, Any]]
    at: Mapped[dt.datetime] = mapped_column(default=utc_now)
