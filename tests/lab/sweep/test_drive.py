"""Sweeps from their start to their end: who drives them, what is waited for, and what becomes of them after a crash."""

import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import EngineError, SeqlabError
from seqcore.lab.delete import delete_dataset, delete_experiment, delete_sweep, used_datasets
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.drive import CLAIM_SECONDS, LONGEST_WAIT, Drive, Workshop
from seqcore.lab.sweep.room import SweepRoom
from seqcore.lab.sweep.space import search_space
from seqcore.lab.sweep.start import start_sweep
from seqcore.settings import Settings
from seqcore.spec import RunSpec
from seqcore.store import Limits, RunState, Store, SweepState
from tests.instant_training import TrainingEngine

BASE = Choices(architectures=("lstm",))
DATA = LabelledText("reviews.csv", tuple(f"text number {n}" for n in range(60)), tuple("10" * 30), None, ())
ROOM = 10**9


class Crash(BaseException):
    """The process ends here."""


@pytest.fixture
def engine(store):
    return TrainingEngine(store)


@pytest.fixture
def sweep(store):
    return kept(store)


def kept(store, *, trials=8, workspace="me"):
    searched = Sweep("lstm", search_space("lstm", ["units", "learning_rate"], BASE), BASE, trials=trials, seed=100)
    return start_sweep(store, workspace, DATA, searched, seeds=(0, 1), max_epochs=500)


def workshop(store, engine):
    give = engine if callable(engine) else lambda: engine
    return Workshop(store, give, Settings(home="/nowhere", workers=1))


def drive(store, engine, sweep, clock, who="one"):
    return Drive(workshop(store, engine), sweep.id, who, clock=lambda: clock().timestamp())


def to_its_end(driving, looks=100):
    for _ in range(looks):
        if driving.look():
            return driving
    raise AssertionError("the sweep does not end")


def told(store, sweep):
    return [(each.settings, each.state, each.losses, each.loss) for each in store.sweeps.trials(sweep.id)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    store = Store(f"sqlite:///{folder / 'lab.db'}", str(folder / "artifacts"))
    sweep = kept(store)
    to_its_end(Drive(workshop(store, TrainingEngine(store)), sweep.id, "one"))
    yield told(store, sweep)
    store.close()


def test_a_sweep_ends_with_its_trials_and_what_judges_its_best(store, engine, sweep, clock):
    to_its_end(drive(store, engine, sweep, clock))
    ended = store.sweeps.get("me", sweep.id)
    assert (ended.state, ended.driver) == (SweepState.FINISHED, "")
    assert "did best on the validation texts" in ended.message
    final = store.runs.of("me", ended.final_experiment_id)
    assert sorted(run.seed for run in final) == [0, 0, 1, 1]
    assert store.experiments.get("me", ended.final_experiment_id).name == "After the sweep: reviews.csv"
    assert len(store.sweeps.trials(sweep.id)) == len(store.runs.of("me", ended.experiment_id)) == 8
    assert store.sweeps.of_trials(ended.experiment_id) == ended
    assert store.sweeps.judged_by(ended.final_experiment_id) == [ended]


@pytest.mark.parametrize("looks", [0, 1, 4, 8, 9])
def test_a_driver_that_is_gone_is_followed_by_one_that_ends_with_the_same_trials(
    store, engine, sweep, clock, looks, undisturbed
):
    first = drive(store, engine, sweep, clock)
    for _ in range(looks):
        assert not first.look()
    clock.forward(CLAIM_SECONDS + 1)
    to_its_end(drive(store, engine, sweep, clock, who="two"))
    assert told(store, sweep) == undisturbed


@pytest.mark.parametrize("submission", [0, 3, 7, 8])
def test_a_run_that_was_queued_and_never_handed_over_is_trained_by_the_next_driver(
    store, engine, sweep, clock, submission, undisturbed
):
    class Crashing(TrainingEngine):
        submissions = 0

        def submit(self, run_ids):
            if self.submissions == submission:
                raise Crash
            self.submissions += 1
            super().submit(run_ids)

    with pytest.raises(Crash):
        to_its_end(drive(store, Crashing(store), sweep, clock))
    clock.forward(CLAIM_SECONDS + 1)
    to_its_end(drive(store, engine, sweep, clock, who="two"))
    assert told(store, sweep) == undisturbed
    assert store.sweeps.get("me", sweep.id).state == SweepState.FINISHED


def test_what_was_interrupted_with_its_engine_goes_on(store, engine, sweep, clock, undisturbed):
    class Dying(TrainingEngine):
        def submit(self, run_ids):
            for run_id in run_ids:
                store.progress.interrupt(run_id, "The engine is gone.")

    first = drive(store, Dying(store), sweep, clock)
    first.look()
    clock.forward(CLAIM_SECONDS + 1)
    to_its_end(drive(store, engine, sweep, clock, who="two"))
    assert told(store, sweep) == undisturbed


def test_a_run_whose_workers_died_again_and_again_is_a_failed_trial(store, sweep, clock):
    class Killed(TrainingEngine):
        def submit(self, run_ids):
            for run_id in run_ids:
                for _ in range(3):
                    store.progress.begin(run_id, "engine")
                    store.queue.retry(run_id, most_attempts=3)
                store.progress.interrupt(run_id, "The worker process died 3 times.")

    to_its_end(drive(store, Killed(store), sweep, clock))
    assert {each.state for each in store.sweeps.trials(sweep.id)} == {"failed"}
    ended = store.sweeps.get("me", sweep.id)
    assert ended.state == SweepState.FAILED and "no trial has finished" in ended.message


def test_of_two_drivers_one_has_the_sweep_until_it_gives_no_sign_of_life(store, engine, sweep, clock):
    first, second = (drive(store, engine, sweep, clock, who) for who in ("one", "two"))
    assert not first.look()
    assert second.look()  # nothing for it to do
    for _ in range(10):
        clock.forward(CLAIM_SECONDS / 2)
        assert first.look() == (store.sweeps.get("me", sweep.id).ended is not None)
        assert second.look()
    assert len(store.sweeps.trials(sweep.id)) == 8


def test_a_driver_that_comes_back_finds_the_sweep_with_another_and_changes_nothing(store, sweep, clock):
    holding = TrainingEngine(store, holds_on=True)
    first, second = (drive(store, holding, sweep, clock, who) for who in ("one", "two"))
    first.look()
    clock.forward(CLAIM_SECONDS + 1)
    assert not second.look()
    before = store.sweeps.get("me", sweep.id)
    assert first.look()
    assert store.sweeps.get("me", sweep.id) == before
    assert before.driver == "two"


def test_too_many_runs_in_flight_are_waited_for_and_said(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'full.db'}"
    store = Store(url, str(tmp_path / "files"), limits=Limits(3, ROOM), clock=clock)
    sweep = kept(store)
    others = store.experiments.add(
        "me", sweep.dataset_id, [RunSpec(dataset="0", architecture="rnn", seed=n) for n in range(3)]
    )
    driving = drive(store, TrainingEngine(store), sweep, clock)
    for _ in range(5):
        assert not driving.look()
        clock.forward(LONGEST_WAIT)
    waiting = store.sweeps.get("me", sweep.id)
    assert waiting.state == SweepState.GOING
    assert waiting.message.startswith("Waits: ") and "too many models" in waiting.message
    store.progress.request_cancel(others.run_ids)
    clock.forward(LONGEST_WAIT + 1)
    assert not driving.look()
    assert store.sweeps.get("me", sweep.id).message == driving.waits == ""
    store.close()


def test_while_there_is_no_engine_a_sweep_waits_and_another_process_may_have_it(store, engine, sweep, clock):
    def none():
        raise EngineError("The training engine did not start")

    waiting = drive(store, none, sweep, clock)
    assert not waiting.look()
    assert "did not start" in store.sweeps.get("me", sweep.id).message
    to_its_end(drive(store, engine, sweep, clock, who="two"))
    assert store.sweeps.get("me", sweep.id).state == SweepState.FINISHED
    clock.forward(LONGEST_WAIT)
    assert waiting.look()


def test_a_problem_that_waiting_does_not_solve_ends_a_sweep_with_a_sentence(store, engine, sweep, clock):
    store.files.remove(f"datasets/{sweep.dataset_id}")
    driving = drive(store, engine, sweep, clock)
    assert driving.look()
    ended = store.sweeps.get("me", sweep.id)
    assert ended.state == SweepState.FAILED and ended.message == str(driving.error)


def test_a_mistake_of_ours_ends_a_sweep_and_its_trials_without_telling_what_it_was(store, sweep, clock):
    class Broken(TrainingEngine):
        def submit(self, run_ids):
            raise ZeroDivisionError("secret")

    assert drive(store, Broken(store), sweep, clock).look()
    ended = store.sweeps.get("me", sweep.id)
    assert ended.state == SweepState.FAILED
    assert "our mistake" in ended.message and "secret" not in ended.message
    assert {run.state for run in store.runs.all("me")} == {RunState.CANCELLED}


def test_stopping_ends_what_trains_whoever_asked_and_judges_nothing(store, sweep, clock):
    driving = drive(store, TrainingEngine(store, holds_on=True), sweep, clock)
    driving.look()
    store.sweeps.ask_to_stop("me", sweep.id)
    to_its_end(driving)
    ended = store.sweeps.get("me", sweep.id)
    assert ended.state == SweepState.STOPPED and ended.final_experiment_id is None
    assert [each.state for each in store.sweeps.trials(sweep.id)] == ["stopped"]


def test_a_sweep_is_stopped_without_an_engine_too(store, sweep, clock):
    def none():
        raise EngineError("The training engine did not start")

    store.sweeps.ask_to_stop("me", sweep.id)
    to_its_end(drive(store, none, sweep, clock))
    assert store.sweeps.get("me", sweep.id).state == SweepState.STOPPED


def test_what_was_stopped_can_go_on(store, engine, sweep, clock):
    driving = drive(store, engine, sweep, clock)
    driving.look()
    store.sweeps.ask_to_stop("me", sweep.id)
    to_its_end(driving)
    store.sweeps.go_on("me", sweep.id)
    to_its_end(drive(store, engine, sweep, clock))
    assert store.sweeps.get("me", sweep.id).state == SweepState.FINISHED


def test_a_trial_whose_run_was_deleted_keeps_its_numbers(store, engine, sweep, clock, undisturbed):
    driving = drive(store, engine, sweep, clock)
    for _ in range(4):
        driving.look()
    store.runs.delete("me", [store.sweeps.trials(sweep.id)[0].run_id])
    to_its_end(driving)
    assert told(store, sweep) == undisturbed


def test_a_room_drives_all_that_goes_on_in_every_workspace_and_lets_go_when_it_closes(store, engine):
    sweeps = [kept(store, workspace=name, trials=3) for name in ("me", "you")]
    room = SweepRoom(lambda: workshop(store, engine))
    assert room.look()
    room.close()
    other = SweepRoom(lambda: workshop(store, engine))
    while other.look():
        pass
    assert {store.sweeps.get(each.workspace, each.id).state for each in sweeps} == {SweepState.FINISHED}


def test_what_a_sweep_uses_is_not_deleted_under_it(store, engine, sweep, clock):
    with pytest.raises(SeqlabError, match="sweep uses"):
        delete_dataset(store, "me", sweep.dataset_id)
    assert used_datasets(store, "me") == {sweep.dataset_id}
    driving = drive(store, engine, sweep, clock)
    driving.look()
    with pytest.raises(SeqlabError, match="still going"):
        delete_experiment(store, "me", store.sweeps.get("me", sweep.id).experiment_id)
    with pytest.raises(SeqlabError, match="still going"):
        delete_sweep(store, "me", sweep.id)
    to_its_end(driving)
    delete_sweep(store, "me", sweep.id)
    assert store.sweeps.all("me") == store.experiments.all("me") == store.runs.all("me") == []
    delete_dataset(store, "me", sweep.dataset_id)


def test_a_sweep_goes_with_the_experiment_of_its_trials_and_stays_without_what_judged_it(store, engine, clock):
    sweeps = [kept(store, trials=3) for _ in range(2)]
    for each in sweeps:
        to_its_end(drive(store, engine, each, clock))
    first, second = (store.sweeps.get("me", each.id) for each in sweeps)
    delete_experiment(store, "me", first.experiment_id)
    delete_experiment(store, "me", second.final_experiment_id)
    assert [(each.id, each.final_experiment_id) for each in store.sweeps.all("me")] == [(second.id, None)]
