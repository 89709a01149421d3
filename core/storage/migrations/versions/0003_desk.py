"""The annotator's desk: kept CTC output, remarks, rules for fields, second readings, acceptances, effort."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _line(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["lines.id"], name=op.f(f"fk_{table}_line_id"), ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    """To 0003."""
    _keep_posteriors()
    _create_notes()
    _create_second_readings()
    _create_acceptances()
    _create_efforts()


def _keep_posteriors() -> None:
    op.add_column("drafts", sa.Column("posteriors", sa.LargeBinary(), nullable=True))


def _create_notes() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        *_line("comments"),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("resolved", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index("ix_comments_line_id", "comments", ["line_id"])
    op.create_table(
        "field_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_rules")),
        sa.UniqueConstraint("name", name=op.f("uq_field_rules_name")),
    )


def _create_second_readings() -> None:
    op.create_table(
        "second_readings",
        *_line("second_readings"),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("line_id", "author", name=op.f("pk_second_readings")),
    )


def _create_acceptances() -> None:
    op.create_table(
        "acceptances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("budget", sa.Double(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptances")),
    )
    op.create_table(
        "accepted_lines",
        sa.Column("acceptance_id", sa.Integer(), nullable=False),
        *_line("accepted_lines"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("audited", sa.Boolean(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acceptance_id"],
            ["acceptances.id"],
            name=op.f("fk_accepted_lines_acceptance_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("acceptance_id", "line_id", name=op.f("pk_accepted_lines")),
    )


def _create_efforts() -> None:
    op.create_table(
        "efforts",
        sa.Column("id", sa.Integer(), nullable=False),
        *_line("efforts"),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("keystrokes", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("helps", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["models.id"], name=op.f("fk_efforts_model_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_efforts")),
    )
    op.create_index("ix_efforts_line_id", "efforts", ["line_id"])
    op.create_index("ix_efforts_model_id", "efforts", ["model_id"])
