"""An experiment that trains the models of another on parts of its rows says which; until now there were none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    op.add_column("experiments", sa.Column("origin", sa.String(32), nullable=False, server_default=""))
