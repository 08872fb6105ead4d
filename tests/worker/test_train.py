"""A run from its spec to its stored results."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import keras
import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from seqcore.analysis.curve_reading import read_curves
from seqcore.analysis.predictions import VALIDATION_FILE, read_predictions
from seqcore.architectures import architectures
from seqcore.datasets import split_rows
from seqcore.inspections.attention import AttentionRequest
from seqcore.inspections.prediction import PredictRequest
from seqcore.inspections.word_order import WordOrderRequest
from seqcore.spec import SplitOptions, TrainingOptions
from seqcore.store import RunState
from seqcore.worker.fit.loop import make_optimizer
from seqcore.worker.fit.steps import train_step
from seqcore.worker.runtime.answering import answer
from tests.worker.conftest import labelled

NAMES = [architecture.name for architecture in architectures("tokens")]
ATTENTIVE = [architecture.name for architecture in architectures() if architecture.attention != "none"]
CLASSES = [("good", "bad"), ("1", "2", "10")]


@pytest.mark.parametrize("name", NAMES)
def test_a_run_ends_finished_with_everything_the_pages_show(name, store, trained):
    data, run = labelled(CLASSES[1]), trained(name, CLASSES[1])
    assert run.state == RunState.FINISHED, run.message
    assert set(run.seconds) == {"queued", "preparing", "training", "evaluating", "total"}
    assert run.parameters and run.parameters > 0

    evaluation = json.loads(store.artifacts.read(run.id, "evaluation.json"))
    assert evaluation["classes"] == ["1", "2", "10"]
    assert evaluation["test"]["accuracy"] == run.results["test"]["accuracy"]
    assert np.sum(evaluation["test"]["confusion"]) == 16

    table = pd.read_parquet(io.BytesIO(store.artifacts.read(run.id, "predictions.parquet")))
    np.testing.assert_allclose(table[["p0", "p1", "p2"]].sum(axis=1), 1)
    assert (table["predicted"] == table["label"]).mean() == pytest.approx(run.results["test"]["accuracy"])
    assert [data.texts[row] for row in table["row"]] == table["text"].tolist()

    validation = read_predictions(store.artifacts.read(run.id, VALIDATION_FILE), data.classes)
    assert validation.right.mean() == pytest.approx(run.results["validation"]["accuracy"])
    assert [data.classes[code] for code in validation.labels] == [data.labels[row] for row in validation.rows]

    splits = {row.split for _, _, row in store.measurements.rows([run.id])}
    assert splits == {"train", "validation"}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_spec_and_seed_give_the_same_numbers_to_the_last_digit(name, store, carry_out, trained):
    assert_same(store, trained(name), carry_out(name))


def test_dropout_is_drawn_by_the_seed_too(store, carry_out):
    assert_same(store, *(carry_out("lstm", model={"dropout": 0.2}, seed=3) for _ in range(2)))


def assert_same(store, first, second):
    for artifact in ("evaluation.json", "predictions.parquet", "validation.parquet"):
        one, two = (store.artifacts.read(run.id, artifact) for run in (first, second))
        if artifact == "evaluation.json":
            one, two = (json.loads(data) for data in (one, two))
            for evaluation in (one, two):
                evaluation["test"].pop("ms_per_text")
                evaluation.pop("timings")
        assert one == two
    numbers = [
        [(row.split, row.step, row.loss) for _, _, row in store.measurements.rows([run.id])] for run in (first, second)
    ]
    watched = [[row for row in run if row[0] == "validation"] for run in numbers]
    assert watched[0] == watched[1]


def test_a_run_before_it_on_the_same_data_changes_nothing(store, carry_out):
    alone = carry_out("rnn", seed=5)
    carry_out("bag_of_words")
    assert_same(store, alone, carry_out("rnn", seed=5))


def test_another_seed_gives_other_numbers(trained, carry_out):
    losses = {run.results["validation"]["loss"] for run in (trained("lstm"), carry_out("lstm", seed=1))}
    assert len(losses) == 2


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("classes", CLASSES, ids=["two classes", "three classes"])
def test_a_stored_model_answers_as_it_did_when_it_was_trained(name, classes, store, trained):
    run = trained(name, classes)
    table = pd.read_parquet(io.BytesIO(store.artifacts.read(run.id, "predictions.parquet")))
    found = answer("predict", run.id, PredictRequest(texts=table["text"].tolist()), store)
    assert list(found.predictions) == table["predicted"].tolist()
    np.testing.assert_allclose(found.probabilities, table[[f"p{code}" for code in range(len(classes))]], atol=1e-6)


@pytest.mark.parametrize("name", ["lstm", "bag_of_words"])
@pytest.mark.parametrize("classes", CLASSES, ids=["two classes", "three classes"])
def test_the_accuracy_that_shuffling_words_takes_from_is_that_of_the_test(name, classes, store, trained):
    run = trained(name, classes)
    found = answer("word_order", run.id, WordOrderRequest(), store)
    assert (found.texts, found.accuracy) == (16, run.results["test"]["accuracy"])
    assert len(found.shuffled) == 5


@pytest.mark.parametrize("name", ATTENTIVE)
def test_attention_covers_the_text_as_it_was_given(name, store, trained):
    run = trained(name)
    text = "  A 🎬 Warm, and LOVELY film!  "
    found = answer("attention", run.id, AttentionRequest(text=text), store)
    assert [step.token for step in found.tokens] == [text[step.start : step.end] for step in found.tokens]
    assert "LOVELY" in [step.token for step in found.tokens]
    assert sum(step.weight for step in found.tokens) == pytest.approx(1, abs=1e-5)
    assert found.prediction in {"good", "bad"}
    if found.kind == "heads":
        assert found.matrix.shape == (1, found.heads, len(found.tokens), len(found.tokens))


@pytest.mark.parametrize("text", ["", "the not and", "zzz qqq", "🎉🎉", "\x00", "a" * 100_000])
@pytest.mark.parametrize("name", ["lstm_attention", "transformer"])
def test_texts_of_nothing_known_still_get_an_answer(name, text, store, trained):
    run = trained(name, stop_words="english")
    found = answer("attention", run.id, AttentionRequest(text=text), store)
    assert sum(found.probabilities) == pytest.approx(1)
    if found.tokens:
        assert sum(step.weight for step in found.tokens) == pytest.approx(1, abs=1e-5)


def test_a_learning_rate_that_explodes_ends_the_run_as_failed_and_says_why(carry_out):
    run = carry_out("rnn", training={"learning_rate": 1e6, "optimizer": "sgd", "epochs": 20})
    assert run.state == RunState.FAILED
    assert "diverged in epoch" in run.message
    assert "learning rate of 1e+06" in run.message
    assert "Lower the learning rate" in run.message


def test_a_cancelled_run_keeps_and_evaluates_what_it_learned(store, carry_out, monkeypatch):
    original = store.progress.record

    def cancel_at_the_second_write(run_id, rows, **fields):
        asked = original(run_id, rows, **fields)
        if fields["epoch"] >= 1:
            store.progress.request_cancel([run_id])
        return asked

    monkeypatch.setattr(store.progress, "record", cancel_at_the_second_write)
    run = carry_out("rnn", training={"epochs": 50})
    assert run.state == RunState.CANCELLED
    assert run.results["epochs"] < 50
    assert 0 <= run.results["test"]["accuracy"] <= 1
    assert store.artifacts.has(run.id, "model.keras")


@pytest.mark.parametrize(("keep", "patience"), [("best", 2), ("lowest_loss", 2), ("best", 0), ("last", 0)])
def test_the_epoch_that_is_kept_is_the_one_that_was_asked_for(store, carry_out, keep, patience):
    data = labelled()
    nothing_to_learn = replace(data, labels=tuple(np.random.default_rng(0).permutation(data.labels).tolist()))
    training = {"epochs": 12, "keep": keep, "early_stopping": patience, "learning_rate": 0.05}
    run = carry_out("lstm", data=nothing_to_learn, training=training)
    rows = [row for _, _, row in store.measurements.rows([run.id]) if row.split == "validation"]
    best = min(rows, key=lambda row: row.loss if keep == "lowest_loss" else (-row.accuracy, row.loss))
    kept = rows[-1] if keep == "last" else best
    assert (len(rows) < 12) == bool(patience)
    assert run.results["validation"]["loss"] == pytest.approx(kept.loss, abs=1e-5)
    assert (run.results["epochs"], run.results["best_epoch"]) == (len(rows), best.epoch)
    assert (run.scores.epochs, run.scores.best_epoch) == (len(rows), best.epoch)


SENTENCES = ("the film was good", "the film was not good", "not the good film", "was it good or was it not")


@pytest.mark.parametrize("pairs", [False, True])
@pytest.mark.parametrize("sublinear", [False, True])
def test_the_bag_of_words_answers_as_scikit_learn_does(store, carry_out, pairs, sublinear):
    """Words repeat, texts go beyond the maximum length, the test has words and pairs that training has not."""
    data = labelled(CLASSES[1])
    longer = replace(data, texts=tuple(f"{text} {SENTENCES[row % 4]}" for row, text in enumerate(data.texts)))
    options = {"pairs": pairs, "sublinear": sublinear, "strength": 2.0}
    run = carry_out("bag_of_words", data=longer, model=options, text={"max_length": 3, "min_count": 1})
    split = split_rows(longer, SplitOptions())
    train, test = ([longer.texts[row] for row in rows] for rows in (split.train, split.test))
    reference = make_pipeline(
        TfidfVectorizer(token_pattern=r"[^ ]+", ngram_range=(1, 2 if pairs else 1), sublinear_tf=sublinear),
        LogisticRegression(C=2.0, max_iter=1000, tol=1e-6),
    ).fit(train, longer.codes()[split.train])
    table = pd.read_parquet(io.BytesIO(store.artifacts.read(run.id, "predictions.parquet")))
    np.testing.assert_allclose(table[["p0", "p1", "p2"]], reference.predict_proba(test), atol=1e-3)
    assert run.results["strength"] == 2.0


def test_the_bag_of_words_chooses_its_strength_on_the_validation_texts(store, carry_out):
    data = labelled(CLASSES[1])
    chosen = carry_out("bag_of_words", data=data)
    losses = {
        strength: carry_out("bag_of_words", data=data, model={"strength": strength}).results["validation"]["loss"]
        for strength in (0.1, chosen.results["strength"], 300.0)
    }
    assert chosen.results["validation"]["loss"] == pytest.approx(min(losses.values()), abs=1e-3)


def test_each_seed_is_tested_on_the_split_that_it_drew_and_learns_from_the_share_that_was_asked(store, carry_out):
    split = {"split_each_seed": True, "training_share": 0.5}
    for seed in (0, 1):
        run = carry_out("bag_of_words", seed=seed, split=split)
        drawn = split_rows(labelled(), SplitOptions(**split).drawn_for(seed))
        answers = read_predictions(store.artifacts.read(run.id, "predictions.parquet"), ("good", "bad"))
        assert answers.rows.tolist() == drawn.test.tolist()
        assert run.scores.training_rows == len(drawn.train) == 29


@pytest.mark.parametrize("keep", ["last", "best"])
def test_an_epoch_is_said_to_be_kept_only_where_it_was(carry_out, monkeypatch, keep):
    told = []

    def listening(ends, **about):
        told.append(about["kept"])
        return read_curves(ends, **about)

    monkeypatch.setattr("seqcore.worker.train.read_curves", listening)
    run = carry_out("rnn", training={"keep": keep})
    assert told == [run.results["best_epoch"] if keep == "best" else None]


@pytest.mark.parametrize("optimizer", ["adam", "adamw", "rmsprop", "sgd"])
def test_a_training_step_equals_the_one_of_keras_fit(optimizer):
    """Same start, same batch: our compiled step and `Model.fit` of plain Keras arrive at the same weights."""
    options = TrainingOptions(optimizer=optimizer, learning_rate=0.01)
    rng = np.random.default_rng(0)
    tokens, labels = rng.integers(1, 9, (6, 5)).astype(np.int32), np.array([0, 1, 1, 0, 1, 0], np.int32)
    layers = keras.layers
    inputs = keras.Input((None,), dtype="int32")
    states = layers.LSTM(3)(layers.Embedding(9, 4, mask_zero=True)(inputs))
    logits = layers.Dense(1, name="logits")(states)
    ours = keras.Model(inputs, layers.Activation("sigmoid", name="probabilities")(logits))
    theirs = keras.models.clone_model(ours)
    theirs.set_weights(ours.get_weights())

    step = train_step(ours, make_optimizer(options), np.ones(2, np.float32))
    theirs.compile(make_optimizer(options), keras.losses.BinaryCrossentropy())
    for _ in range(3):
        step(tokens, labels)
        theirs.fit(tokens, labels, batch_size=6, shuffle=False, verbose=0)
    step.settle()
    for mine, reference in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(mine, reference, atol=2e-5)
