"""Runs take turns on workers, and workspaces may share a place in the queue; until now a run kept its worker."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from seqcore.store.column_types import UtcTime
from seqcore.store.schema import NAME_LENGTH

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns and create the tables."""
    op.add_column("runs", sa.Column("taken", UtcTime))
    op.add_column("runs", sa.Column("worked", sa.Float, nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("leaving", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "turns",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("began", UtcTime, nullable=False),
        sa.Column("ended", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
    )
    op.create_index("ix_turns_ended", "turns", ["ended"])
    op.create_table(
        "places",
        sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("place", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("noted", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_places"),
    )
    op.create_index("ix_places_place", "places", ["place"])
