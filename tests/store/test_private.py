import os
import subprocess
import sys
from pathlib import Path

import pytest

from seqcore.settings import Settings
from seqcore.store import Store
from seqcore.store.private import keep_private

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes of files")


@pytest.fixture(autouse=True)
def usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def used(home, **places):
    """A home folder that a program has worked with, its database still open."""
    settings = Settings(home=home, **places)
    keep_private(settings)
    store = Store(settings.database, settings.artifacts)
    store.artifacts.write("run", "model.keras", b"x")
    store.try_to_write()
    return store


def mode(path):
    return oct(path.stat().st_mode & 0o777)


def modes(home):
    return {path.name: mode(path) for path in [home, *home.iterdir()]}


PRIVATE = {
    "home": "0o700",
    "artifacts": "0o700",
    "logs": "0o700",
    "sequence-lab.db": "0o600",
    "sequence-lab.db-wal": "0o600",
    "sequence-lab.db-shm": "0o600",
}


def test_a_new_home_is_its_owners_alone(tmp_path):
    store = used(tmp_path / "home")
    assert modes(tmp_path / "home") == PRIVATE
    store.close()


def test_a_home_that_was_readable_to_all_is_narrowed_while_another_program_works_with_it(tmp_path):
    home = tmp_path / "home"
    before = Store(f"sqlite:///{home / 'sequence-lab.db'}", str(home / "artifacts"))
    before.artifacts.write("run", "model.keras", b"x")
    assert mode(home) == "0o755"
    after = used(home)
    assert modes(home) == PRIVATE
    before.try_to_write()
    after.try_to_write()


def test_a_folder_that_others_use_too_is_left_as_it_is_but_our_things_in_it_are_narrowed(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("not ours")
    used(home)
    assert modes(home) == PRIVATE | {"home": "0o755", "thesis.txt": "0o644"}


def test_places_that_the_settings_name_are_left_alone(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    used(tmp_path / "home", artifacts_url=str(shared), database_url=f"sqlite:///{shared / 'lab.db'}")
    assert mode(shared) == "0o755"
    assert mode(shared / "lab.db") == "0o644"


def test_what_a_link_leads_to_is_left_alone(tmp_path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    (home / "artifacts").symlink_to(elsewhere)
    used(home)
    assert mode(elsewhere) == "0o755"
    assert mode(home) == "0o700"


def test_what_cannot_be_narrowed_stops_nobody(tmp_path, monkeypatch, caplog):
    home = tmp_path / "home"
    home.mkdir()

    def refuse(_path, _mode):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    used(home).try_to_write()
    assert "can be read by others" in caplog.text


def test_a_home_that_cannot_be_made_is_told_by_the_store_as_ever(tmp_path):
    (tmp_path / "home").write_text("a file")
    keep_private(Settings(home=tmp_path / "home"))


def test_the_command_line_makes_a_private_home(tmp_path):
    environment = os.environ | {"SEQLAB_HOME": str(tmp_path / "home")}
    subprocess.run([sys.executable, "-m", "seqcore", "runs"], check=True, env=environment, capture_output=True)
    assert mode(tmp_path / "home") == "0o700"
    assert mode(tmp_path / "home" / "sequence-lab.db") == "0o600"
