"""`train --match`: models of equal size, or with equal updates, and what is said of them."""

from __future__ import annotations

import json
import threading
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from seqcore.cli import training
from seqcore.cli.app import app
from seqcore.errors import OptionError
from seqcore.lab.measure.measurer import Measurer
from seqcore.lab.plan import Choices
from seqcore.store import Store
from tests.cli.test_more_seeds import AtOnce
from tests.lab.measure.test_steps import Model
from tests.pages.finished import labelled


@pytest.fixture(autouse=True)
def trains_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "started_engine", lambda *_arguments: nullcontext(AtOnce(store)))


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


def test_equal_seconds_are_measured_first(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = Model(lambda spec: 0.0064 if spec.architecture == "lstm" else 0.0001 * spec.model["units"])
    measurer = Measurer(engine, lambda _stage: None, threading.Event(), poll=0.0)
    monkeypatch.setattr(training, "measuring", lambda _settings: nullcontext(measurer))
    said, told = trained(capsys, replace(Choices(architectures=("lstm", "rnn")), match="seconds"))
    assert [(model["width"], model["ratio"]) for model in said["match"]["models"]] == [
        (None, 1.0), (64, pytest.approx(1.0)),
    ]  # fmt: skip
    assert {dataset_id for _, dataset_id in engine.measured} == {
        dataset.id for dataset in store.datasets.all("personal")
    }
    assert "RNN: Matched to LSTM: 64 units, 6.4\u00a0ms a step" in told


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
