"""What pages say when the disk, the database or the engine is in the way: what it is, never that it is our mistake."""

import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.errors import EngineError, StorageError
from seqcore.store import MetricRow, RunState, Store
from seqcore.ui.session import shared, sitemap
from seqcore.ui.session.store_watch import Seen
from tests.pages.conftest import NotingRoom, words
from tests.pages.finished import WORKSPACE

OURS = "it is our mistake"
FULL = StorageError("The disk is full, so nothing new can be kept", remedy="Make room")


def all_pages(lab: AppTest) -> dict[str, str]:
    """What a visitor reads on every page."""
    lab.run()
    found = {}
    for entry in sitemap.PAGES:
        if entry.path.is_file():
            lab.switch_page(str(entry.path.relative_to(sitemap.PAGES_FOLDER))).run()
            found[entry.name] = words(lab)
    return found


def test_a_damaged_database_is_called_that_on_every_page(lab: AppTest, tmp_path: Path) -> None:
    (tmp_path / "sequence-lab.db").write_bytes(os.urandom(20_000))
    found = all_pages(lab)
    assert [name for name, said in found.items() if OURS in said] == []
    asks = [name for name, said in found.items() if "The database is damaged" in said]
    assert {"runs", "compare", "sweep"} <= set(asks)  # the others ask the store when a button is pressed


def test_data_that_a_full_disk_does_not_take_are_refused_with_what_to_do(
    lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    train = lab.run().switch_page("lab/train.py").run()
    monkeypatch.setattr(os, "fsync", full)
    train.button(key="train").click().run()
    assert "The disk is full" in words(train)
    assert "Make room" in words(train)
    assert OURS not in words(train)


def in_training(lab: AppTest, store: Store) -> AppTest:
    train = lab.run().switch_page("lab/train.py").run()
    train.button(key="train").click().run()
    experiment_id = str(train.query_params["experiment"])
    (run, *_) = store.runs.of(WORKSPACE, experiment_id)
    store.engines.beat("engine", "elsewhere", 1)
    store.progress.begin(run.id, "engine")
    store.progress.set_state(run.id, RunState.TRAINING)
    store.progress.record(run.id, [MetricRow("train", 0.5, 1, 1.0, 0.6, 0.7)], epoch=0.5, texts_per_second=10.0)
    return train


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (Seen(FULL), ["The disk is full", "Make room", "Resume"]),
        (Seen(silences={"engine": 45.0}), ["Nothing has been heard from the training engine for 45 s", "Resume"]),
    ],
)
def test_a_training_that_stands_still_says_why(
    lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch, seen: Seen, says: list[str]
) -> None:
    train = in_training(lab, store)
    assert not train.warning
    monkeypatch.setattr(shared.store_watch(), "seen", lambda: seen)
    train.run()
    assert all(part in train.warning[0].value for part in says)


def test_an_engine_that_stopped_is_told_and_resume_waits_for_it_without_an_error(
    lab: AppTest, store: Store, room: NotingRoom
) -> None:
    train = in_training(lab, store)
    run = next(run for run in store.runs.all(WORKSPACE) if run.state is RunState.TRAINING)
    store.progress.interrupt(run.id, "The training engine stopped while this run was going.")
    room.failure = EngineError("The training engine stopped 3 times in a row", remedy="The next try is in 8 s")
    train.run()
    assert all(part in train.error[0].value for part in ("stopped 3 times in a row", "The next try is in 8 s"))
    train.button(key=f"resume-{run.id}").click().run()
    assert run.id in room.submitted
    assert store.runs.find(run.id).state is RunState.QUEUED
    assert [element.value for element in train.error if "3 times" not in element.value] == []
