"""One run that cannot be read among three good ones, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seqcore.cli import listing, training
from seqcore.errors import SeqlabError
from seqcore.lab.ask import question
from seqcore.store import Run, Store
from tests.broken_runs import AFTER_TRAINING, IN_SQLITE, Break
from tests.pages.finished import WORKSPACE, finished_experiment

MODELS = [("rnn", 0), ("lstm_attention", 0), ("gru", 0), ("cnn", 0)]
IN_THE_TABLE = [pytest.param(each, id=name) for name, each in (IN_SQLITE | AFTER_TRAINING).items()]
SETTINGS = [pytest.param(each, id=name) for name, each in IN_SQLITE.items()]


@pytest.fixture
def four(store: Store) -> list[Run]:
    """Four finished models; the second is going to be broken."""
    return store.runs.of(WORKSPACE, finished_experiment(store, MODELS).id)


@pytest.mark.parametrize("broken", IN_THE_TABLE)
def test_runs_lists_all_four_and_says_what_is_wrong_with_one(
    store: Store, four: list[Run], broken: Break, capsys: pytest.CaptureFixture[str]
) -> None:
    broken.apply(store, four[1])
    listing.list_runs(as_json=True)
    listed = {run["run"]: run for run in json.loads(capsys.readouterr().out)["runs"]}
    assert set(listed) == {run.id for run in four}
    assert broken.says in listed[four[1].id]["problem"]
    assert [listed[run.id]["problem"] for run in (four[0], *four[2:])] == ["", "", ""]
    assert all(listed[run.id]["test"]["accuracy"] == run.scores.accuracy for run in (four[0], *four[2:]) if run.scores)


@pytest.mark.parametrize("broken", IN_THE_TABLE)
def test_the_table_of_runs_shows_it_too(
    store: Store, four: list[Run], broken: Break, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    broken.apply(store, four[1])
    listing.list_runs(as_json=False)
    said = capsys.readouterr().out
    assert said.count("cannot be read") == 1
    assert said.count("finished") == 3
    assert all(run.id in said for run in four)


@pytest.mark.parametrize("broken", SETTINGS)
def test_the_good_ones_are_exported_and_asked_and_the_broken_one_refuses_in_a_sentence(
    store: Store, four: list[Run], broken: Break, tmp_path: Path
) -> None:
    broken.apply(store, four[1])
    with pytest.raises(SeqlabError, match=broken.says):
        listing.export(four[1].id, tmp_path / "broken.zip")
    assert not (tmp_path / "broken.zip").exists()
    with pytest.raises(SeqlabError, match=broken.says):
        question(store, WORKSPACE, "predict", four[1].id, {"texts": ["a text"]})
    for run in (four[0], *four[2:]):
        listing.export(run.id, tmp_path / "good.zip")
        assert question(store, WORKSPACE, "predict", run.id, {"texts": ["a text"]}).run.id == run.id


def test_results_of_runs_are_printed_with_a_broken_one_among_them(
    store: Store, four: list[Run], capsys: pytest.CaptureFixture[str]
) -> None:
    for name, broken in (IN_SQLITE | AFTER_TRAINING).items():
        broken.apply(store, four[1])
        training._print_results(store.runs.of(WORKSPACE, four[0].experiment_id))
        assert capsys.readouterr().out.count("finished") >= 3, name
