"""Runs know when they were queued and how often they were begun; files are counted for the storage limit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from seqcore.store.column_types import UtcTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; alembic numbers the schema from now on."""
    op.add_column("datasets", sa.Column("bytes", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("submitted", UtcTime))
    op.add_column("runs", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("bytes", sa.BigInteger, nullable=False, server_default="0"))
    op.drop_table("schema_info")
