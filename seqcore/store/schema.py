"""The tables, in SQL that SQLite and PostgreSQL both understand."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from seqcore.store.column_types import ReadableJson, UtcTime

SCHEMA_VERSION = "0007"  # the newest of the migrations
ID_LENGTH, NAME_LENGTH = 32, 200

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id(name: str = "id", *arguments: sa.ForeignKey, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(ID_LENGTH), *arguments, primary_key=primary_key, nullable=False)


def _workspace() -> sa.Column[str]:
    return sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False, index=True)


def _bytes() -> sa.Column[int]:
    return sa.Column("bytes", sa.BigInteger, nullable=False, server_default="0")  # of its files


def _looked_at() -> sa.Column[datetime]:
    return sa.Column("looked_at", UtcTime)  # when somebody last did, to the hour; empty: not since it was created


datasets = sa.Table(
    "datasets",
    metadata,
    _id(primary_key=True),
    _workspace(),
    sa.Column("name", sa.String(NAME_LENGTH), nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("classes", sa.JSON, nullable=False),
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("meta", sa.JSON, nullable=False),
    _bytes(),
    sa.Column("kind", sa.String(32), nullable=False, server_default="text"),  # what an example is
    _looked_at(),
    sa.UniqueConstraint("workspace", "content_hash", "name"),
)

experiments = sa.Table(
    "experiments",
    metadata,
    _id(primary_key=True),
    _workspace(),
    sa.Column("name", sa.String(NAME_LENGTH), nullable=False),
    _id("dataset_id", sa.ForeignKey("datasets.id")),
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("origin", sa.String(ID_LENGTH), nullable=False, server_default=""),  # whose models learn from parts here
    _looked_at(),
)

runs = sa.Table(
    "runs",
    metadata,
    _id(primary_key=True),
    _workspace(),
    _id("experiment_id", sa.ForeignKey("experiments.id")),
    sa.Column("position", sa.Integer, nullable=False),  # place within its experiment
    sa.Column("architecture", sa.String(NAME_LENGTH), nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("name", sa.String(NAME_LENGTH), nullable=False),
    sa.Column("spec", ReadableJson, nullable=False),
    sa.Column("state", sa.String(20), nullable=False, index=True),
    sa.Column("message", sa.Text, nullable=False, default=""),
    sa.Column("parameters", sa.BigInteger),
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("started", UtcTime),
    sa.Column("finished", UtcTime),
    sa.Column("epoch", sa.Float, nullable=False, default=0.0),
    sa.Column("epochs", sa.Integer, nullable=False),
    sa.Column("step", sa.BigInteger, nullable=False, default=0),
    sa.Column("texts_per_second", sa.Float, nullable=False, default=0.0),
    sa.Column("seconds", ReadableJson, nullable=False, default=dict),
    sa.Column("results", ReadableJson, nullable=False, default=dict),
    sa.Column("cancel_requested", sa.Boolean, nullable=False, default=False),
    sa.Column("engine", sa.String(NAME_LENGTH), nullable=False, default=""),
    sa.Column("worker", sa.String(NAME_LENGTH), nullable=False, default=""),  # address of the process that took it
    sa.Column("submitted", UtcTime),  # when it was last put into the queue; empty: when it was created
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),  # how often a worker began it
    _bytes(),
    sa.Column("taken", UtcTime),  # when its worker began its turn; empty while it waits
    sa.Column("worked", sa.Float, nullable=False, server_default="0"),  # seconds that workers had it since submitted
    sa.Column("leaving", sa.Boolean, nullable=False, server_default=sa.false()),  # told to give its worker up
    sa.Index(None, "experiment_id", "position"),
)

# What workers lately did for whom; kept apart from runs, because deleting a run gives nobody another turn.
turns = sa.Table(
    "turns",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("workspace", sa.String(NAME_LENGTH), nullable=False),
    sa.Column("began", UtcTime, nullable=False),
    sa.Column("ended", UtcTime, nullable=False, index=True),
)

# Where workspaces share one place in the queue, see `seqcore.store.fairness`; one that is missing has its own.
places = sa.Table(
    "places",
    metadata,
    sa.Column("workspace", sa.String(NAME_LENGTH), primary_key=True),
    sa.Column("place", sa.String(NAME_LENGTH), nullable=False, index=True),
    sa.Column("noted", UtcTime, nullable=False),
)

metrics = sa.Table(
    "metrics",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    _id("run_id", sa.ForeignKey("runs.id")),
    sa.Column("split", sa.String(12), nullable=False),
    sa.Column("epoch", sa.Float, nullable=False),
    sa.Column("step", sa.BigInteger, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("loss", sa.Float),  # empty: not a number (SQLite keeps NaN as NULL)
    sa.Column("accuracy", sa.Float),
    sa.Index(None, "run_id", "id"),
    sqlite_autoincrement=True,  # ids never come back, so "after" stays right when runs are deleted
)

engines = sa.Table(
    "engines",
    metadata,
    sa.Column("id", sa.String(NAME_LENGTH), primary_key=True),
    sa.Column("host", sa.String(NAME_LENGTH), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("beats", sa.BigInteger, nullable=False, default=0),
    sa.Column("heartbeat", UtcTime, nullable=False),
)

sweeps = sa.Table(
    "sweeps",
    metadata,
    _id(primary_key=True),
    _workspace(),
    _id("dataset_id", sa.ForeignKey("datasets.id")),
    sa.Column("architecture", sa.String(NAME_LENGTH), nullable=False),
    sa.Column("search", ReadableJson, nullable=False),  # what is searched, see `seqcore.lab.sweep.stored`
    sa.Column("state", sa.String(20), nullable=False, index=True),
    sa.Column("message", sa.Text, nullable=False, default=""),
    sa.Column("experiment_id", sa.String(ID_LENGTH), sa.ForeignKey("experiments.id")),  # its trials; empty before
    sa.Column("final_experiment_id", sa.String(ID_LENGTH), sa.ForeignKey("experiments.id")),  # what judges it
    sa.Column("driver", sa.String(NAME_LENGTH), nullable=False, default=""),  # who may go on with it ...
    sa.Column("claimed_until", UtcTime),  # ... and until when nobody else may
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("ended", UtcTime),
    _looked_at(),
)

trials = sa.Table(
    "trials",
    metadata,
    _id("sweep_id", sa.ForeignKey("sweeps.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    _id("run_id"),  # which may have been deleted since
    sa.Column("settings", ReadableJson, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("given_up", sa.Boolean, nullable=False, default=False),
    sa.Column("losses", ReadableJson, nullable=False, default=list),  # on the validation texts, once it has ended
    sa.Column("loss", sa.Float),  # empty: not a number
    sa.Column("accuracy", sa.Float),
)

links = sa.Table(
    "links",
    metadata,
    _id(primary_key=True),
    _workspace(),
    sa.Column("token_hash", sa.String(64), nullable=False),  # whoever reads the table cannot open what it names
    sa.Column("names", sa.String(12), nullable=False),  # "experiment" or "dataset"
    _id("thing_id"),
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("expires", UtcTime),  # empty: never
    sa.UniqueConstraint("token_hash"),
    sa.Index(None, "thing_id"),
)

chores = sa.Table(
    "chores",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("begun", UtcTime, nullable=False),  # when one of the servers of this store last began it
)
