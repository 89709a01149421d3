"""The outline within which a draft was read, where the line has another one since."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """To 0004."""
    op.add_column("drafts", sa.Column("read_shape", sa.JSON(), nullable=True))
