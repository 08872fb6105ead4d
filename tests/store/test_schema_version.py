"""Databases of older versions, made by the migrations themselves, and the tables as the program defines them."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from seqcore.errors import SeqlabError
from seqcore.spec import RunSpec
from seqcore.store import RunState, Store, schema, schema_version
from seqcore.store.database import _as_url, _folder_of
from seqcore.store.migrations.versions import v0001_first

TABLES = [table.name for table in schema.metadata.sorted_tables]


@pytest.fixture
def old(url):
    """A home folder as version 1 left it: a data set and a run that was going."""
    if (folder := _folder_of(_as_url(url))) is not None:
        folder.mkdir(parents=True)
    engine = sa.create_engine(_as_url(url))
    with engine.begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            v0001_first.upgrade()
        text = "2026-01-02 03:04:05.000000"
        classes = '["0", "1"]'
        connection.exec_driver_sql(
            f"INSERT INTO datasets VALUES ('d', 'personal', 'reviews.csv', 'hash', 2, '{classes}', '{text}', '{{}}')"
        )
        connection.exec_driver_sql(f"INSERT INTO experiments VALUES ('e', 'personal', 'reviews', 'd', '{text}')")
        spec = RunSpec(dataset="hash", architecture="rnn").model_dump_json()
        connection.exec_driver_sql(
            f"INSERT INTO runs VALUES ('r', 'personal', 'e', 0, 'rnn', 0, 'rnn', '{spec}', 'training', '', 5, '{text}',"
            f" '{text}', NULL, 1.5, 10, 7, 0.0, '{{}}', '{{}}', false, 'engine', 'worker')"
        )
        connection.exec_driver_sql("INSERT INTO metrics VALUES (1, 'r', 'train', 1.0, 5, 0.5, 0.7, 0.5)")
    engine.dispose()


def test_a_home_folder_of_version_1_opens_with_everything_in_it(url, old, tmp_path):
    store = Store(url, str(tmp_path))
    (run,) = store.runs.all("personal")
    assert (run.id, run.state, run.epoch, run.attempts, run.submitted) == ("r", RunState.TRAINING, 1.5, 0, None)
    assert store.datasets.get("personal", "d").bytes == 0
    assert len(store.measurements.rows(["r"])) == 1
    assert store.engines.resolve_orphans([], "It ended.") == ["r"]
    assert store.queue.resume("personal", ["r"]) == ["r"]


def test_what_the_migrations_make_is_what_the_program_defines(url, old, tmp_path):
    store = Store(url, str(tmp_path))
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": only_ours})
        assert compare_metadata(context, schema.metadata) == []
        tables = sa.inspect(connection).get_table_names()
        assert sorted(tables) == sorted([*TABLES, "alembic_version"])


def only_ours(name, kind, parents):
    return kind != "table" or name in TABLES


def test_a_new_database_has_the_newest_migrations_number(url, tmp_path):
    store = Store(url, str(tmp_path))
    with store.database.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == schema.SCHEMA_VERSION
    assert ScriptDirectory(str(schema_version._MIGRATIONS)).get_current_head() == schema.SCHEMA_VERSION


def test_opening_again_changes_nothing(url, old, tmp_path):
    Store(url, str(tmp_path))
    assert [run.id for run in Store(url, str(tmp_path)).runs.all("personal")] == ["r"]


def test_a_database_of_a_newer_version_is_left_alone(url, tmp_path):
    store = Store(url, str(tmp_path))
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(SeqlabError, match="0099"):
        Store(url, str(tmp_path))


def test_a_migration_that_breaks_leaves_the_old_database_as_it_was(url, old, tmp_path, monkeypatch):
    def breaks(connection):
        connection.exec_driver_sql("ALTER TABLE runs ADD COLUMN half INTEGER")
        raise OSError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(schema_version, "_migrate", breaks)
        with pytest.raises(OSError, match="power"):
            Store(url, str(tmp_path))
    assert [run.id for run in Store(url, str(tmp_path)).runs.all("personal")] == ["r"]
    with Store(url, str(tmp_path)).database.reading() as connection:
        assert "half" not in [column["name"] for column in sa.inspect(connection).get_columns("runs")]
