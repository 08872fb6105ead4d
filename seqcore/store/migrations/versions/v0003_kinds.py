"""A data set says what its examples are; until now all were texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("datasets", sa.Column("kind", sa.String(32), nullable=False, server_default="text"))
