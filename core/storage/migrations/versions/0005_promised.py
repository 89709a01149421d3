"""How many wrong characters the confidences of an evaluated line promised."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """To 0005."""
    op.add_column("evaluation_lines", sa.Column("promised", sa.Float(), nullable=True))
