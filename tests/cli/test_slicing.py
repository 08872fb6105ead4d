"""`slices` and `disagreements`: numbers that add up, texts with every model's probabilities, clear refusals."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from seqcore.cli import disagreeing, slicing
from seqcore.cli.disagreeing import Wanted
from seqcore.errors import NotFoundError, OptionError
from seqcore.spec import RunSpec, SplitOptions
from seqcore.store import Experiment, Store
from tests.pages.finished import WORKSPACE, finish, finished_experiment, labelled

ALL = Wanted(limit=10_000)


@pytest.fixture
def experiment(store: Store) -> Experiment:
    return finished_experiment(store, [("rnn", 0), ("lstm", 1), ("lstm", 0)], data=labelled(rows=600), skill=0.5)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_every_slice_of_every_model_is_told_with_the_worst(experiment: Experiment, capsys) -> None:
    slicing.slices(experiment.id, as_json=True)
    found = told(capsys)
    assert [(model["label"], model["seeds"]) for model in found["models"]] == [("LSTM", 2), ("RNN", 1)]
    assert {"class", "length in tokens"} <= {each["by"] for each in found["models"][0]["slices"]}
    assert found["searched"] == 2 * len(found["models"][0]["slices"])
    for model in found["models"]:
        assert model["worst"] in model["slices"]
        assert all(0 < each["p_corrected"] <= 1 for each in model["slices"])
        by_class = [each for each in model["slices"] if each["by"] == "class"]
        right = sum(each["accuracy"] * each["texts"] for each in by_class)
        assert right / found["texts"] == pytest.approx(model["accuracy"])
        assert model["sentence"]


def test_the_texts_that_models_disagree_on_come_with_every_probability(experiment: Experiment, capsys) -> None:
    disagreeing.disagreements(experiment.id, ALL, as_json=True)
    found = told(capsys)
    assert found["found"] == len(found["texts"]) > 0
    (pair,) = found["pairs"]
    assert (pair["first"], pair["second"]) == ("LSTM", "RNN")
    assert pair["only_first"] + pair["only_second"] == len(found["texts"])  # two classes: who disagrees errs alone
    for text in found["texts"]:
        assert len({answer["label"] for answer in text["answers"].values()}) == 2
        assert all(sum(each["probabilities"].values()) == pytest.approx(1) for each in text["answers"].values())


def test_a_pair_and_a_cell_can_be_asked_for(experiment: Experiment, capsys) -> None:
    disagreeing.disagreements(experiment.id, Wanted(right="LSTM", wrong="rnn", limit=3), as_json=True)
    found = told(capsys)
    assert found["found"] == found["pairs"][0]["only_first"]
    assert len(found["texts"]) == min(3, found["found"])
    assert all(text["answers"]["LSTM"]["label"] == text["label"] for text in found["texts"])
    disagreeing.disagreements(experiment.id, Wanted(model="RNN", true="ham", given="spam"), as_json=True)
    for text in told(capsys)["texts"]:
        assert (text["label"], text["answers"]["RNN"]["label"]) == ("ham", "spam")


def test_of_two_models_the_texts_come_first_about_which_they_are_furthest_apart(experiment: Experiment, capsys) -> None:
    disagreeing.disagreements(experiment.id, Wanted(between="LSTM", other="rnn", limit=5), as_json=True)
    texts = told(capsys)["texts"]
    apart = [text["apart"] for text in texts]
    assert apart == sorted(apart, reverse=True) and len(apart) == 5
    for text in texts:
        one, other = (text["answers"][name]["probabilities"] for name in ("LSTM", "RNN"))
        assert text["apart"] == pytest.approx(abs(one["ham"] - other["ham"]))
    disagreeing.disagreements(experiment.id, Wanted(between="LSTM", other="RNN", limit=1), as_json=False)
    assert f"{apart[0]:.4f}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(right="LSTM"), "--wrong"),
        (Wanted(model="RNN", true="ham"), "--given"),
        (Wanted(right="LSTM", wrong="GRU"), "LSTM, RNN"),
        (Wanted(model="RNN", true="ham", given="eggs"), "ham, spam"),
        (Wanted(right="LSTM", wrong="RNN", model="RNN"), "one of them"),
        (Wanted(between="LSTM"), "--and"),
        (Wanted(between="LSTM", other="GRU"), "LSTM, RNN"),
        (Wanted(between="LSTM", other="RNN", model="RNN"), "one of them"),
    ],
)
def test_half_a_question_and_unknown_names_are_refused(experiment: Experiment, wanted: Wanted, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        disagreeing.disagreements(experiment.id, wanted, as_json=True)


def test_people_get_tables(experiment: Experiment, capsys: pytest.CaptureFixture[str]) -> None:
    slicing.slices(experiment.id, as_json=False)
    disagreeing.disagreements(experiment.id, Wanted(limit=1), as_json=False)
    printed = capsys.readouterr()
    assert "length in tokens" in printed.out
    assert "only first" in printed.out
    assert "--limit takes more" in printed.err


def test_models_that_were_tested_on_other_texts_are_named_and_left_out(store: Store, capsys) -> None:
    data = labelled(rows=300)
    experiment = finished_experiment(store, [("rnn", 0)], data=data)
    other = RunSpec(dataset=data.content_hash, architecture="lstm", split=SplitOptions(split_seed=5))
    same = store.experiments.add(
        WORKSPACE, experiment.dataset_id, [store.runs.of(WORKSPACE, experiment.id)[0].spec, other]
    )
    for run, skill in zip(store.runs.of(WORKSPACE, same.id), (3.0, 0.5), strict=True):
        finish(store, run, data, skill=skill)
    slicing.slices(same.id, as_json=True)
    found = told(capsys)
    assert [model["label"] for model in found["models"]] == ["RNN"]
    assert found["elsewhere"] == ["LSTM"]


def test_where_each_seed_drew_a_split_models_stand_side_by_side_on_that_of_one_seed(store: Store, capsys) -> None:
    models, split = [("rnn", 1), ("lstm", 0), ("lstm", 1)], SplitOptions(split_each_seed=True)
    anew = finished_experiment(store, models, data=labelled(rows=600), skill=0.5, split=split)
    slicing.slices(anew.id, as_json=False)
    said = capsys.readouterr()
    assert "Each seed was tested on other texts: this is seed 1" in said.err
    assert "not among them" not in said.err
    disagreeing.disagreements(anew.id, ALL, as_json=True)
    assert [model["seed"] for model in told(capsys)["models"]] == [1, 1]


def test_an_experiment_without_a_score_is_refused(store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    empty = store.experiments.add(WORKSPACE, experiment.dataset_id, [store.runs.of(WORKSPACE, experiment.id)[0].spec])
    with pytest.raises(NotFoundError, match="score"):
        slicing.slices(empty.id, as_json=True)


def test_other_columns_of_the_file_are_cuts_too(store: Store, capsys) -> None:
    data = labelled(rows=600)
    stars, hours = tuple(str(n % 3) for n in range(600)), tuple(f"{n % 50}.5" for n in range(600))
    data = replace(data, columns=(("stars", stars), ("class", stars), ("hours", hours)))
    experiment = finished_experiment(store, [("rnn", 0)], data=data, skill=0.5)
    slicing.slices(experiment.id, as_json=True)
    (model,) = told(capsys)["models"]
    cuts = {
        by: [each["slice"] for each in model["slices"] if each["by"] == by] for by in ("stars", "column class", "hours")
    }
    assert sorted(cuts["stars"]) == sorted(cuts["column class"]) == ["0", "1", "2"]
    assert len(cuts["hours"]) == 4
    assert cuts["hours"][0].startswith("0.5 to ")
