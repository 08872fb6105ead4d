"""The tables of version 1, which numbered its schema in a table of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from seqcore.store.column_types import UtcTime
from seqcore.store.schema import ID_LENGTH, NAME_LENGTH

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "datasets",
        sa.Column("id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("name", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("classes", sa.JSON, nullable=False),
        sa.Column("created", UtcTime, nullable=False),
        sa.Column("meta", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_datasets"),
        sa.UniqueConstraint("workspace", "content_hash", "name", name="uq_datasets_workspace_content_hash_name"),
    )
    op.create_index("ix_datasets_workspace", "datasets", ["workspace"])
    op.create_table(
        "experiments",
        sa.Column("id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("name", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("dataset_id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("created", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_experiments"),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name="fk_experiments_dataset_id"),
    )
    op.create_index("ix_experiments_workspace", "experiments", ["workspace"])
    op.create_table(
        "runs",
        sa.Column("id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("experiment_id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("architecture", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("spec", sa.JSON, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("parameters", sa.BigInteger),
        sa.Column("created", UtcTime, nullable=False),
        sa.Column("started", UtcTime),
        sa.Column("finished", UtcTime),
        sa.Column("epoch", sa.Float, nullable=False),
        sa.Column("epochs", sa.Integer, nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("texts_per_second", sa.Float, nullable=False),
        sa.Column("seconds", sa.JSON, nullable=False),
        sa.Column("results", sa.JSON, nullable=False),
        sa.Column("cancel_requested", sa.Boolean, nullable=False),
        sa.Column("engine", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("worker", sa.String(NAME_LENGTH), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.ForeignKeyConstraint(["experiment_id"], ["experiments.id"], name="fk_runs_experiment_id"),
    )
    op.create_index("ix_runs_workspace", "runs", ["workspace"])
    op.create_index("ix_runs_state", "runs", ["state"])
    op.create_index("ix_runs_experiment_id_position", "runs", ["experiment_id", "position"])
    op.create_table(
        "metrics",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.String(ID_LENGTH), nullable=False),
        sa.Column("split", sa.String(12), nullable=False),
        sa.Column("epoch", sa.Float, nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("loss", sa.Float),
        sa.Column("accuracy", sa.Float),
        sa.PrimaryKeyConstraint("id", name="pk_metrics"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_metrics_run_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_metrics_run_id_id", "metrics", ["run_id", "id"])
    op.create_table(
        "engines",
        sa.Column("id", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("host", sa.String(NAME_LENGTH), nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("beats", sa.BigInteger, nullable=False),
        sa.Column("heartbeat", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_engines"),
    )
    op.create_table("schema_info", sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))
    op.execute("INSERT INTO schema_info (version) VALUES (1)")
