"""`train --match`: models of equal size, or with equal updates, and what is said of them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from seqcore.cli import training
from seqcore.cli.app import app
from seqcore.errors import OptionError
from seqcore.lab.plan import Choices
from seqcore.settings import get_settings
from seqcore.store import Store
from tests.cli.test_more_seeds import AtOnce
from tests.pages.finished import labelled


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SEQLAB_HOME", str(tmp_path))
    get_settings.cache_clear()
    store = training.open_store(get_settings())

    @contextmanager
    def started(*_arguments):
        yield AtOnce(store)

    monkeypatch.setattr(training, "started_engine", started)
    yield store
    get_settings.cache_clear()


def trained(capsys: pytest.CaptureFixture[str], chosen: Choices) -> tuple[dict, str]:
    training.train(labelled(), chosen, (0,), as_json=True)
    printed = capsys.readouterr()
    return json.loads(printed.out), printed.err


def test_equal_parameters_reach_the_runs_and_are_said(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = training.matching(Choices(architectures=("lstm", "rnn", "bag_of_words")), "parameters", "")
    said, told = trained(capsys, chosen)
    match = said["match"]
    assert (match["by"], match["to"]) == ("parameters", "lstm")
    assert [(model["architecture"], model["width"], model["is_reached"]) for model in match["models"]] == [
        ("lstm", None, True), ("rnn", 76, True), ("bag_of_words", None, False),
    ]  # fmt: skip
    assert {run["architecture"]: run["settings"].get("units") for run in said["runs"]} == {
        "lstm": 32, "rnn": 76, "bag_of_words": None,
    }  # fmt: skip
    assert "RNN: Matched to LSTM: 76 units, " in told
    assert "All of its parameters are counted" in told


def test_equal_updates_turn_early_stopping_off(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    said, _ = trained(capsys, replace(Choices(architectures=("rnn",)), match="updates"))
    assert said["runs"][0]["settings"]["early_stopping"] == 0
    assert said["match"]["models"][0]["ratio"] == 1.0


def test_what_is_not_matched_says_nothing_of_it(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert "match" not in trained(capsys, Choices(architectures=("rnn",)))[0]


def test_the_command_hands_both_options_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Choices] = []
    monkeypatch.setattr(training, "train", lambda _data, chosen, _seeds, **_: seen.append(chosen))
    file = tmp_path / "mails.csv"
    file.write_text("text,label\n" + "".join(f"mail {n},{'ab'[n % 2]}\n" for n in range(40)))
    command = ["train", str(file), "--architectures", "rnn,gru", "--match", "parameters", "--match-to", "gru"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    assert [(chosen.match, chosen.match_to) for chosen in seen] == [("parameters", "gru")]
    refused = CliRunner().invoke(app, [*command[:-1], "lstm"])
    assert isinstance(refused.exception, OptionError)
