"""Parts of the rows are trained once, beside the experiment, and are never taken for its models."""

import pytest

from seqcore.errors import NotFoundError, OptionError
from seqcore.lab.compare import compared_models
from seqcore.lab.data_curve.parts import SHARES, Parts, parts_of, specs_of_parts, train_parts
from seqcore.lab.restart import restart_runs
from seqcore.spec import RunSpec
from seqcore.store import RunState, Store
from tests.pages.finished import WORKSPACE
from tests.parts import AtOnce, trained_on_all, trained_on_parts


def told(specs: list[RunSpec]) -> list[tuple[str, float, int]]:
    return [(spec.architecture, spec.split.training_share, spec.seed) for spec in specs]


def test_every_share_of_a_seed_comes_before_the_next_seed(store: Store) -> None:
    experiment = trained_on_all(store, [("rnn", 0), ("rnn", 1), ("lstm", 0)])
    specs = specs_of_parts(store.runs.of(WORKSPACE, experiment.id), [], Parts((0.5, 0.2), seeds=2))
    assert told(specs) == [
        ("rnn", 0.2, 0), ("lstm", 0.2, 0), ("rnn", 0.5, 0), ("lstm", 0.5, 0),
        ("rnn", 0.2, 1), ("lstm", 0.2, 1), ("rnn", 0.5, 1), ("lstm", 0.5, 1),
    ]  # fmt: skip


def test_all_else_is_as_it_was(store: Store) -> None:
    experiment = trained_on_all(store, [("rnn", 3)])
    (whole,) = store.runs.of(WORKSPACE, experiment.id)
    (part,) = specs_of_parts([whole], [], Parts((0.5,), seeds=1))
    split = whole.spec.split.model_copy(update={"training_share": 0.5})
    assert part == whole.spec.model_copy(update={"split": split})


def test_the_seeds_are_those_of_the_experiment_then_the_next_and_one_where_they_do_nothing(store: Store) -> None:
    experiment = trained_on_all(store, [("rnn", 7), ("bag_of_words", 7)])
    specs = specs_of_parts(store.runs.of(WORKSPACE, experiment.id), [], Parts((0.5,)))
    assert told(specs) == [("rnn", 0.5, 7), ("bag_of_words", 0.5, 7), ("rnn", 0.5, 8), ("rnn", 0.5, 9)]


def test_models_can_be_left_out(store: Store) -> None:
    experiment = trained_on_all(store, [("rnn", 0), ("lstm", 0)])
    specs = specs_of_parts(store.runs.of(WORKSPACE, experiment.id), [], Parts(left_out=["rnn"]))
    assert {spec.architecture for spec in specs} == {"lstm"}


def test_a_second_call_trains_only_what_is_missing_in_the_same_place(store: Store) -> None:
    experiment, engine = trained_on_all(store, [("rnn", 0), ("lstm", 0)]), AtOnce(store)
    first = train_parts(store, WORKSPACE, experiment.id, Parts((0.2, 0.5), seeds=1), submit=engine.submit)
    assert engine.submitted == first and len(first) == 4
    assert train_parts(store, WORKSPACE, experiment.id, Parts((0.2, 0.5), seeds=1), submit=engine.submit) == []
    more = train_parts(store, WORKSPACE, experiment.id, Parts((0.2, 0.5), seeds=2), submit=engine.submit)
    assert len(more) == 4
    (beside,) = store.experiments.from_origin(WORKSPACE, experiment.id)
    assert beside.name == f"How much data: {experiment.name}"
    assert [run.id for run in parts_of(store, experiment)] == first + more
    assert store.runs.get(WORKSPACE, first[0]).name == "RNN, 20 % of the rows"


def test_what_still_trains_is_not_trained_twice_what_was_stopped_is_trained_again(store: Store) -> None:
    experiment, queued = trained_on_all(store, [("rnn", 0)]), list[str]()
    run_ids = train_parts(store, WORKSPACE, experiment.id, Parts(seeds=1), submit=queued.extend)
    assert len(run_ids) == len(SHARES)
    assert train_parts(store, WORKSPACE, experiment.id, Parts(seeds=1), submit=queued.extend) == []
    store.progress.request_cancel(run_ids[:1])
    again = train_parts(store, WORKSPACE, experiment.id, Parts(seeds=1), submit=queued.extend)
    assert [store.runs.get(WORKSPACE, run_id).spec for run_id in again] == [store.runs.get(WORKSPACE, run_ids[0]).spec]


def test_they_are_no_models_of_the_experiment_nor_rivals_of_each_other(store: Store) -> None:
    experiment = trained_on_parts(store, [("rnn", 0), ("lstm", 0)], Parts(seeds=1))
    assert [model.seeds for model in compared_models(store, experiment).standings] == [1, 1]
    (beside,) = store.experiments.from_origin(WORKSPACE, experiment.id)
    with pytest.raises(OptionError, match="how much data is needed"):
        compared_models(store, beside)
    with pytest.raises(OptionError, match=experiment.id):
        train_parts(store, WORKSPACE, beside.id, Parts(), submit=list)


def test_a_part_that_is_started_again_still_belongs_to_the_experiment(store: Store) -> None:
    experiment = trained_on_all(store, [("rnn", 0)])
    run_ids = train_parts(store, WORKSPACE, experiment.id, Parts((0.5,), seeds=1), submit=list)
    store.progress.finish(run_ids[0], state=RunState.FAILED, message="no room")
    restart_runs(store, WORKSPACE, run_ids, submit=list)
    assert len(parts_of(store, experiment)) == 2


def test_nobody_trains_for_another_workspace(store: Store) -> None:
    experiment = trained_on_all(store, [("rnn", 0)])
    with pytest.raises(NotFoundError):
        train_parts(store, "somebody else", experiment.id, Parts(), submit=list)


@pytest.mark.parametrize("shares", [(), (0.0,), (1.0,), (0.5, 1.2), (float("nan"),)], ids=str)
def test_shares_that_are_none_are_refused(shares: tuple[float, ...]) -> None:
    with pytest.raises(OptionError, match="percentages"):
        Parts(shares)


def test_no_seed_is_refused() -> None:
    with pytest.raises(OptionError, match="one seed"):
        Parts(seeds=0)
