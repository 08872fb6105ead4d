"""Runs on all rows and on parts of them become one curve a model."""

from dataclasses import replace

import numpy as np
import pytest

from seqcore.analysis.data_curve import Size
from seqcore.analysis.more_data import more_data
from seqcore.datasets import split_rows
from seqcore.lab.compare import compared_models, scored_run
from seqcore.lab.data_curve.measured import ModelCurve, model_curves, parts_that_may_tell
from seqcore.lab.data_curve.parts import MORE_SHARES, SHARES, Parts, parts_of, train_parts
from seqcore.store import Experiment, RunState, Store
from tests.pages.finished import WORKSPACE
from tests.parts import DATA, AtOnce, trained_on_all, trained_on_parts


def curves(store: Store, experiment: Experiment) -> list[ModelCurve]:
    compared = compared_models(store, experiment)
    return model_curves(
        compared.standings, store.runs.of(WORKSPACE, experiment.id), parts_of(store, experiment), compared.baseline,
        rows_of=lambda spec: len(split_rows(DATA, spec.drawn_split).train),
        answers_of=lambda run: scored_run(store, run).answers,
    )  # fmt: skip


def test_every_run_is_a_point_and_every_number_of_rows_a_size(store: Store) -> None:
    experiment = trained_on_parts(store, [("rnn", 0), ("rnn", 1), ("bag_of_words", 0), ("bag_of_words", 1)])
    found = {each.architecture: each for each in curves(store, experiment)}
    rnn, words = found["rnn"], found["bag_of_words"]
    assert {(point.share, point.seed) for point in rnn.points} == {
        *((share, seed) for share in SHARES for seed in (0, 1, 2)), (1.0, 0), (1.0, 1)
    }  # fmt: skip
    assert [size.errors.size for size in rnn.found.sizes] == [3, 3, 3, 3, 2]
    assert [size.errors.size for size in words.found.sizes] == [1] * 5
    for size in rnn.found.sizes:
        assert size.wrong is not None and size.wrong.mean() == pytest.approx(size.error)
    rows = [size.rows for size in rnn.found.sizes]
    assert rows == sorted(rows) and rows[-1] == len(split_rows(DATA, experiment_split(store, experiment)).train)
    assert (rows[0], rows[-1]) == (65, 648)


def experiment_split(store: Store, experiment: Experiment):
    return store.runs.of(WORKSPACE, experiment.id)[0].spec.split


def test_without_parts_there_is_one_size_and_no_curve(store: Store) -> None:
    (found,) = curves(store, trained_on_all(store, [("rnn", 0)]))
    assert len(found.points) == 1
    assert found.found.outcome == "few"


def test_what_was_stopped_or_has_failed_is_no_point(store: Store) -> None:
    experiment = trained_on_parts(store, [("rnn", 0)], Parts((0.3,), seeds=1))
    run_ids = train_parts(store, WORKSPACE, experiment.id, Parts((0.6,), seeds=1), submit=list)
    store.progress.finish(run_ids[0], state=RunState.FAILED, message="no room")
    (found,) = curves(store, experiment)
    assert [point.share for point in found.points] == [0.3, 1.0]


def test_models_of_other_settings_have_curves_of_their_own(store: Store) -> None:
    first = trained_on_parts(store, [("rnn", 0)], Parts((0.5,), seeds=1))
    (run,) = store.runs.of(WORKSPACE, first.id)
    other = run.spec.model_copy(update={"training": run.spec.training.model_copy(update={"epochs": 3})})
    run_ids = store.experiments.extend(WORKSPACE, first.id, [other])
    AtOnce(store).submit(run_ids)
    by_points = sorted(len(each.points) for each in curves(store, first))
    assert by_points == [1, 2]


def test_seeds_with_splits_of_their_own_count_the_texts_of_one_test(store: Store) -> None:
    experiment = trained_on_all(store, [("rnn", 0), ("rnn", 1)])
    runs = store.runs.of(WORKSPACE, experiment.id)
    split = runs[0].spec.split.model_copy(update={"split_each_seed": True})
    specs = [run.spec.model_copy(update={"split": split}) for run in runs]
    own = store.experiments.add(WORKSPACE, experiment.dataset_id, specs)
    AtOnce(store).submit(own.run_ids)
    train_parts(store, WORKSPACE, own.id, Parts(seeds=2), submit=AtOnce(store).submit)
    (found,) = curves(store, own)
    assert all(size.wrong is None and size.errors.size == 2 for size in found.found.sizes)
    assert found.found.curve is None or found.found.ahead


def test_more_parts_are_for_the_models_that_are_still_open(store: Store) -> None:
    found = curves(store, trained_on_parts(store, [("rnn", 0), ("lstm", 0)], Parts(seeds=1)))
    told, still_open = found[0].architecture, found[1].architecture
    flat = more_data([Size(rows, np.full(3, 0.1), None, 1000) for rows in (100, 200, 400, 800)], 0.5)
    few = more_data([Size(100, np.full(3, 0.1), None, 1000)], 0.5)
    found = [replace(found[0], found=flat), replace(found[1], found=few)]
    more = parts_that_may_tell(found, Parts())
    assert more is not None
    assert set(more.left_out) == {told} and still_open not in more.left_out
    assert more.shares == tuple(sorted({*SHARES, *MORE_SHARES}))
    assert parts_that_may_tell(found, more) is None
    assert parts_that_may_tell([found[0]], Parts()) is None
