"""`compare` and `verdict`: the same judgement of our models, and of any whose right answers are in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqcore.cli import comparing
from seqcore.errors import DataError, NotFoundError, OptionError
from seqcore.spec import SplitOptions
from seqcore.store import Store
from tests.pages.finished import finished_experiment

SEEDS = [(name, seed) for name in ("rnn", "lstm") for seed in range(3)]


def compared(capsys: pytest.CaptureFixture[str], experiment: str, measure: str = "accuracy") -> dict[str, Any]:
    comparing.compare(experiment, measure, 1.0, as_json=True)
    return json.loads(capsys.readouterr().out)


def judged(capsys: pytest.CaptureFixture[str], tmp_path: Path, models: object) -> dict[str, Any]:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"models": models}))
    comparing.judge_file(file, 1.0, as_json=True)
    return json.loads(capsys.readouterr().out)


def test_compare_says_of_every_model_and_pair_what_the_page_says(store: Store, capsys) -> None:
    said = compared(capsys, finished_experiment(store, [*SEEDS, ("bag_of_words", 0)]).id)
    assert {each["label"] for each in said["models"]} == {"RNN", "LSTM", "Bag of words"}
    for model in said["models"]:
        assert {"architecture", "label", "seeds", "accuracy", "interval", "sd_texts", "sd_seeds"} <= set(model)
        assert model["interval"][0] <= model["accuracy"] <= model["interval"][1]
        assert model["interval_counts_seeds"]
    assert len(said["pairs"]) == 3
    for pair in said["pairs"]:
        wanted = {"first", "second", "difference", "interval", "p_value", "p_corrected", "verdict", "more_seeds"}
        assert wanted | {"more_texts"} <= set(pair)
        assert pair["verdict"] in ("better", "worse", "equal", "undecided")
        assert pair["p_corrected"] >= pair["p_value"]
    assert "Always answering ham would get" in said["sentence"]


def test_compare_has_the_same_keys_where_each_seed_drew_a_split(store: Store, capsys) -> None:
    usual = compared(capsys, finished_experiment(store, SEEDS).id)
    anew = compared(capsys, finished_experiment(store, SEEDS, split=SplitOptions(split_each_seed=True)).id)
    assert [set(each) for each in anew["models"]] == [set(each) for each in usual["models"]]
    assert [set(each) for each in anew["pairs"]] == [set(each) for each in usual["pairs"]]
    assert anew["pairs"][0]["counts_seeds"]
    assert anew["pairs"][0]["more_texts"] is None
    assert "other splits" in anew["sentence"] and "Nadeau and Bengio" in anew["paper"]


def test_of_models_trained_once_nothing_is_said_about_architectures(store: Store, capsys) -> None:
    said = compared(capsys, finished_experiment(store, [("rnn", 0), ("lstm", 0)], skill=0.5).id)
    assert [pair["verdict"] for pair in said["pairs"]] == ["undecided"]
    assert said["pairs"][0]["more_seeds"] == 2
    assert all(model["sd_seeds"] is None for model in said["models"])


@pytest.mark.parametrize("measure", ["macro_f1", "loss", "brier", "recall:spam", "f1:ham"])
def test_models_are_compared_by_any_measure(store: Store, capsys, measure: str) -> None:
    said = compared(capsys, finished_experiment(store, SEEDS).id, measure)
    assert said["measure"] == measure
    assert all(measure in model for model in said["models"])


def test_people_get_a_table_and_two_sentences(store: Store, capsys) -> None:
    comparing.compare(finished_experiment(store, SEEDS).id, "accuracy", 1.0, as_json=False)
    text = " ".join(capsys.readouterr().out.split())
    assert "on average over 3 seeds" in text
    assert "For a paper: Accuracy on" in text


def test_an_experiment_without_scores_or_a_measure_that_does_not_exist_is_refused(store: Store, capsys) -> None:
    with pytest.raises(NotFoundError, match="experiment"):
        comparing.compare("nothing", "accuracy", 1.0, as_json=True)
    experiment = finished_experiment(store, SEEDS)
    with pytest.raises(OptionError, match="no such measure"):
        comparing.compare(experiment.id, "beauty", 1.0, as_json=True)
    with pytest.raises(OptionError, match="number of points"):
        comparing.compare(experiment.id, "accuracy", 0.0, as_json=True)


def test_a_damaged_run_does_not_take_its_neighbours_with_it(store: Store, capsys) -> None:
    experiment = finished_experiment(store, [*SEEDS, ("gru", 0)])
    gru = next(run for run in store.runs.of(experiment.workspace, experiment.id) if run.architecture == "gru")
    store.artifacts.write(gru.id, "predictions.parquet", b"rubbish")
    comparing.compare(experiment.id, "accuracy", 1.0, as_json=True)
    out, err = capsys.readouterr()
    assert len(json.loads(out)["models"]) == 2
    assert "GRU" in err


def test_a_file_of_answers_is_judged_as_our_own_models_are(capsys, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    right = [(rng.random((4, 400)) < share).astype(int).tolist() for share in (0.95, 0.6)]
    said = judged(capsys, tmp_path, [{"label": "A", "right": right[0]}, {"label": "B", "right": right[1]}])
    assert [model["seeds"] for model in said["models"]] == [4, 4]
    assert said["pairs"][0]["verdict"] == "better"
    assert said["sentence"].startswith("A gets ")
    assert "Always answering" not in said["sentence"]


@pytest.mark.parametrize(
    ("models", "problem"),
    [
        ([], "models"),
        ([{"label": "A", "right": [[0, 2]]}], "right"),
        ([{"label": "A", "right": [[0, 1], [1]]}], "same texts"),
        ([{"label": "A", "right": [[]]}], "same texts"),
        ([{"label": "A", "right": [[0, 1]]}, {"label": "B", "right": [[0]]}], "same texts"),
        ([{"label": "A", "right": [[0, 1]]}, {"label": "A", "right": [[0, 1]]}], "same label"),
        ("rubbish", "models"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused_with_the_reason(capsys, tmp_path: Path, models, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        judged(capsys, tmp_path, models)


def test_a_file_that_is_no_json_or_not_there_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    with pytest.raises(DataError, match="cannot be read"):
        comparing.judge_file(file, 1.0, as_json=True)
    file.write_bytes(b"\xff\x00{")
    with pytest.raises(DataError, match="does not hold answers"):
        comparing.judge_file(file, 1.0, as_json=True)
