"""`learning-curve`: what is missing is trained once, and what all of it says is printed."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest

from seqcore.cli import data_curving, training
from seqcore.errors import OptionError
from seqcore.lab.data_curve.parts import SHARES, Parts, parts_of
from seqcore.store import Store
from tests.parts import AtOnce, trained_on_all, trained_on_parts


@pytest.fixture(autouse=True)
def trains_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "started_engine", lambda *_arguments: nullcontext(AtOnce(store)))


def test_it_trains_what_is_missing_and_prints_what_a_program_reads(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = trained_on_all(store, [("rnn", 0), ("rnn", 1), ("rnn", 2)])
    data_curving.learning_curve(experiment.id, Parts(), as_json=True)
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert (model["architecture"], model["label"]) == ("rnn", "RNN")
    assert sorted({point["share"] for point in model["points"]}) == [*SHARES, 1.0]
    assert len(model["points"]) == 15
    assert model["points"][0].keys() == {"share", "rows", "seed", "accuracy", "loss"}
    assert model["fit"].keys() == {"a", "b", "c"}
    assert [each["rows"] for each in model["at"]] == [2 * 648, 4 * 648]
    for each in model["at"]:
        low, high = each["interval"]
        assert 0 <= low <= each["accuracy"] <= high <= 1
    assert model["sentence"].startswith("With twice the texts, RNN would get about")


def test_a_second_time_needs_no_engine(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = trained_on_parts(store, [("rnn", 0), ("lstm", 0)], Parts(seeds=1))
    monkeypatch.setattr(training, "started_engine", None)
    data_curving.learning_curve(experiment.id, Parts(seeds=1), as_json=False)
    printed = capsys.readouterr()
    assert "1,296" in printed.out and "648" in printed.out
    assert "With twice the texts" in printed.err and "This assumes" in printed.err


def test_shares_seeds_and_models_can_be_chosen(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    experiment = trained_on_all(store, [("rnn", 0), ("lstm", 0)])
    data_curving.learning_curve(experiment.id, data_curving.wanted_of("25, 50", 2, "lstm"), as_json=True)
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert model["architecture"] == "rnn" and model["fit"] is None and model["at"] == []
    assert "cannot be told" in model["sentence"]
    assert [(run.spec.split.training_share, run.seed) for run in parts_of(store, experiment)] == [
        (0.25, 0), (0.5, 0), (0.25, 1), (0.5, 1)
    ]  # fmt: skip


@pytest.mark.parametrize("shares", ["ten", "", "0", "100", "10,,20"])
def test_shares_that_are_no_percentages_are_refused(shares: str) -> None:
    with pytest.raises(OptionError, match="percentages"):
        data_curving.wanted_of(shares, 3, None)


def test_an_architecture_that_does_not_exist_is_refused() -> None:
    with pytest.raises(OptionError):
        data_curving.wanted_of("10", 3, "nothing")
