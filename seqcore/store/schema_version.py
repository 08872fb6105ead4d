"""Brings the tables of a database to the version that this program knows."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from seqcore.errors import SeqlabError
from seqcore.store import schema

FIRST = "0001"  # numbered by a table of its own, before alembic
_VERSIONS = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))
_MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(connection: sa.Connection) -> None:
    """Create missing tables, or change those of an older version, within the connection's transaction.

    Raises:
        SeqlabError: the database was written by a newer version of this program.
    """
    found = _version(connection)
    if found == schema.SCHEMA_VERSION:
        return
    if found is None:
        schema.metadata.create_all(connection)
        _VERSIONS.create(connection)
        _stamp(connection, schema.SCHEMA_VERSION)
        return
    if found > schema.SCHEMA_VERSION:
        raise SeqlabError(
            "This database belongs to a newer version of Sequence Lab",
            received=f"schema {found}, this version knows {schema.SCHEMA_VERSION}",
            remedy="Update Sequence Lab, or choose another folder with SEQLAB_HOME",
        )
    if found == FIRST and not sa.inspect(connection).has_table(_VERSIONS.name):
        _VERSIONS.create(connection)
        _stamp(connection, FIRST)
    _migrate(connection)


def _version(connection: sa.Connection) -> str | None:
    """Of the tables there; None when there are none."""
    tables = sa.inspect(connection)
    if tables.has_table(_VERSIONS.name):
        return connection.execute(sa.select(_VERSIONS.c.version_num)).scalar()
    if tables.has_table("schema_info"):
        return f"{connection.exec_driver_sql('SELECT version FROM schema_info').scalar():04d}"
    return None


def _stamp(connection: sa.Connection, version: str) -> None:
    connection.execute(_VERSIONS.insert().values(version_num=version))


def _migrate(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
