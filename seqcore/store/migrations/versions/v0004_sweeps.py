"""Sweeps and their trials; until now a sweep was known to the process that drove it, and to nobody after it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from seqcore.store.column_types import ReadableJson, UtcTime
from seqcore.store.schema import ID_LENGTH, NAME_LENGTH

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "sweeps",
        sa.Column("id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("dataset_id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("architecture", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("search", ReadableJson, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("experiment_id", sa.String(ID_LENGTH)),
        sa.Column("final_experiment_id", sa.String(ID_LENGTH)),
        sa.Column("driver", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("claimed_until", UtcTime),
        sa.Column("created", UtcTime, nullable=False),
        sa.Column("ended", UtcTime),
        sa.PrimaryKeyConstraint("id", name="pk_sweeps"),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name="fk_sweeps_dataset_id"),
        sa.ForeignKeyConstraint(["experiment_id"], ["experiments.id"], name="fk_sweeps_experiment_id"),
        sa.ForeignKeyConstraint(["final_experiment_id"], ["experiments.id"], name="fk_sweeps_final_experiment_id"),
    )
    op.create_index("ix_sweeps_workspace", "sweeps", ["workspace"])
    op.create_index("ix_sweeps_state", "sweeps", ["state"])
    op.create_table(
        "trials",
        sa.Column("sweep_id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("run_id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("settings", ReadableJson, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("given_up", sa.Boolean, nullable=False),
        sa.Column("losses", ReadableJson, nullable=False),
        sa.Column("loss", sa.Float),
        sa.Column("accuracy", sa.Float),
        sa.PrimaryKeyConstraint("sweep_id", "number", name="pk_trials"),
        sa.ForeignKeyConstraint(["sweep_id"], ["sweeps.id"], name="fk_trials_sweep_id"),
    )
