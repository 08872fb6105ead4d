"""Sweeps in the store: one driver at a time, a trial with its run or not at all, nothing that a sweep needs deleted."""

import pytest

from seqcore.errors import LimitError, NotFoundError, SeqlabError
from seqcore.store import Store, SweepState, TrialRecord
from seqcore.store.allowance import Limits
from seqcore.store.sweeps import ClaimLost

SEARCH = {"version": 1, "space": [], "trials": 3}


@pytest.fixture
def sweep(store, dataset):
    return store.sweeps.add("me", dataset.id, "lstm", SEARCH)


def begin(store, sweep, spec, number=0, who="one"):
    trial = TrialRecord(number, "", {"lstm.units": 8 * (number + 1), "optimizer": "adam", "lowercase": True})
    return store.sweeps.begin_trial(sweep.id, who, trial, spec("lstm"), experiment="Sweep", run=f"trial {number}")


def test_a_sweep_is_as_it_was_kept_and_its_workspace_s_alone(store, sweep):
    assert store.sweeps.get("me", sweep.id) == sweep
    assert (sweep.search, sweep.state, sweep.driver, sweep.experiment_id) == (SEARCH, SweepState.GOING, "", None)
    assert store.sweeps.all("you") == []
    with pytest.raises(NotFoundError):
        store.sweeps.get("you", sweep.id)


def test_a_claim_holds_until_it_expires_or_is_given_back(store, make_store, sweep, clock):
    other = make_store()
    assert store.sweeps.claim(sweep.id, "one", 60).driver == "one"
    assert other.sweeps.claim(sweep.id, "two", 60) is None
    clock.forward(59)
    assert store.sweeps.claim(sweep.id, "one", 60)
    clock.forward(59)
    assert other.sweeps.claim(sweep.id, "two", 60) is None and other.sweeps.open_to("two") == []
    clock.forward(2)
    assert [each.id for each in other.sweeps.open_to("two")] == [sweep.id]
    assert other.sweeps.claim(sweep.id, "two", 60)
    assert store.sweeps.claim(sweep.id, "one", 60) is None
    store.sweeps.release(sweep.id, "one")  # not its own any more
    assert store.sweeps.claim(sweep.id, "one", 60) is None
    other.sweeps.release(sweep.id, "two")
    assert store.sweeps.claim(sweep.id, "one", 60)


def test_whoever_lost_the_claim_can_write_nothing(store, sweep, spec, clock):
    store.sweeps.claim(sweep.id, "one", 60)
    begin(store, sweep, spec)
    clock.forward(61)
    store.sweeps.claim(sweep.id, "two", 60)
    before = store.sweeps.get("me", sweep.id), store.sweeps.trials(sweep.id), store.runs.all("me")
    for write in (
        lambda: begin(store, sweep, spec, 1),
        lambda: store.sweeps.give_up(sweep.id, "one", [0]),
        lambda: store.sweeps.end_trial(sweep.id, "one", TrialRecord(0, "", {}, "finished"), run="x"),
        lambda: store.sweeps.begin_final([sweep.id], "one", [spec("lstm")], "After"),
        lambda: store.sweeps.tell(sweep.id, "one", "Waits."),
        lambda: store.sweeps.end(sweep.id, "one", SweepState.FAILED, ""),
    ):
        with pytest.raises(ClaimLost):
            write()
    assert (store.sweeps.get("me", sweep.id), store.sweeps.trials(sweep.id), store.runs.all("me")) == before


def test_a_trial_is_there_with_its_run_and_keeps_its_numbers(store, sweep, spec):
    store.sweeps.claim(sweep.id, "one", 60)
    run_ids = [begin(store, sweep, spec, number) for number in range(2)]
    now = store.sweeps.get("me", sweep.id)
    assert [(run.id, run.name) for run in store.runs.of("me", now.experiment_id)] == [
        (run_ids[0], "trial 0"), (run_ids[1], "trial 1"),
    ]  # fmt: skip
    assert store.experiments.get("me", now.experiment_id).name == "Sweep"
    ended = TrialRecord(1, run_ids[1], {"lstm.units": 16, "lowercase": False}, "pruned", True, (0.5, None, 0.1), None)
    store.sweeps.end_trial(sweep.id, "one", ended, run="trial 1, pruned")
    assert store.sweeps.trials(sweep.id)[1] == ended
    assert store.runs.find(run_ids[1]).name == "trial 1, pruned"


def test_a_trial_for_which_there_is_no_room_leaves_nothing_behind(store, url, tmp_path, sweep, spec, clock):
    tight = Store(url, str(tmp_path / "files of the lab"), limits=Limits(1, 10**9), clock=clock)
    tight.sweeps.claim(sweep.id, "one", 60)
    begin(tight, sweep, spec)
    with pytest.raises(LimitError):
        begin(tight, sweep, spec, 1)
    assert len(tight.sweeps.trials(sweep.id)) == len(tight.runs.all("me")) == 1
    tight.close()


def test_a_wish_to_stop_or_to_go_on_changes_only_what_it_fits(store, sweep):
    store.sweeps.go_on("me", sweep.id)
    assert store.sweeps.get("me", sweep.id).state == SweepState.GOING
    store.sweeps.ask_to_stop("me", sweep.id)
    store.sweeps.claim(sweep.id, "one", 60)
    store.sweeps.end(sweep.id, "one", SweepState.STOPPED, "Stopped.")
    store.sweeps.ask_to_stop("me", sweep.id)
    ended = store.sweeps.get("me", sweep.id)
    assert (ended.state, ended.message, ended.driver) == (SweepState.STOPPED, "Stopped.", "") and ended.ended
    assert store.sweeps.claim(sweep.id, "one", 60) is None
    store.sweeps.go_on("me", sweep.id)
    assert store.sweeps.get("me", sweep.id).ended is None
    with pytest.raises(NotFoundError):
        store.sweeps.ask_to_stop("you", sweep.id)


def test_what_an_open_sweep_uses_stays(store, sweep, dataset):
    for delete in (lambda: store.datasets.delete("me", dataset.id), lambda: store.sweeps.delete("me", sweep.id)):
        with pytest.raises(SeqlabError):
            delete()
    store.sweeps.claim(sweep.id, "one", 60)
    store.sweeps.end(sweep.id, "one", SweepState.FAILED, "")
    with pytest.raises(NotFoundError):
        store.sweeps.delete("you", sweep.id)
    store.sweeps.delete("me", sweep.id)
    store.datasets.delete("me", dataset.id)
