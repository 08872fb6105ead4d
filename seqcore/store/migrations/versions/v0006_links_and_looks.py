"""Links that end, when a thing was last looked at, and which chore was begun when.

No link is made for what was shared by its id until now: an id alone opens nothing of others any more. Everything counts
as looked at now, so that nothing is deleted for what nobody could know.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from seqcore.store.column_types import UtcTime
from seqcore.store.schema import ID_LENGTH, NAME_LENGTH

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns and create the tables."""
    for name in ("datasets", "experiments", "sweeps"):
        op.add_column(name, sa.Column("looked_at", UtcTime))
        op.execute(sa.table(name, sa.column("looked_at", UtcTime)).update().values(looked_at=datetime.now(UTC)))
    op.create_table(
        "links",
        sa.Column("id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("names", sa.String(12), nullable=False),
        sa.Column("thing_id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("created", UtcTime, nullable=False),
        sa.Column("expires", UtcTime),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
        sa.UniqueConstraint("token_hash", name="uq_links_token_hash"),
    )
    op.create_index("ix_links_workspace", "links", ["workspace"])
    op.create_index("ix_links_thing_id", "links", ["thing_id"])
    op.create_table(
        "chores",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("begun", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_chores"),
    )
