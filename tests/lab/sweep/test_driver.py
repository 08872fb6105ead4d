"""A sweep in the store: what it queues, ends early, keeps, and does not look at."""

from dataclasses import replace

import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import OptionError, TrainingError
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.course import Sweep, best_values
from seqcore.lab.sweep.driver import Bounds, SweepDriver
from seqcore.lab.sweep.final import Over, final_specs, outcome, refuse_seen_seeds
from seqcore.lab.sweep.space import Searched, search_space
from seqcore.lab.sweep.start import start_sweep
from seqcore.lab.sweep.trials import TrialState
from seqcore.store import Store
from tests.instant_training import TrainingEngine

BASE = Choices(architectures=("lstm",))
DATA = LabelledText("reviews.csv", tuple(f"text number {n}" for n in range(60)), tuple("10" * 30), None, ())


def new_store(folder):
    return Store(f"sqlite:///{folder / 'lab.db'}", str(folder / "artifacts"))


@pytest.fixture
def store(tmp_path):
    store = new_store(tmp_path)
    yield store
    store.close()


def driver(store, engine, *, refuse=lambda chosen: None, places=1, **own):
    space = search_space("lstm", ["units", "learning_rate"], BASE)
    sweep = Sweep("lstm", space, BASE, **{"trials": 8, "seed": 100} | own)
    kept = start_sweep(store, "me", DATA, sweep, seeds=(0, 1, 2), max_epochs=500)
    record = store.sweeps.claim(kept.id, "driver", 60)
    data = store.datasets.get("me", record.dataset_id)
    return SweepDriver(store, record, "driver", data, lambda: engine, Bounds(places, 500, refuse))


def run_through(found):
    while not found.step():
        pass
    return found


def test_a_sweep_is_one_experiment_whose_runs_are_its_trials(store):
    found = run_through(driver(store, TrainingEngine(store)))
    runs = store.runs.of("me", found.experiment_id)
    assert [run.id for run in runs] == [trial.run_id for trial in found.trials]
    assert {run.seed for run in runs} == {100} and len(runs) == 8
    assert store.experiments.get("me", found.experiment_id).name == "Sweep of LSTM: reviews.csv"
    assert runs[0].name == "lstm, trial 0"


def test_where_nothing_new_is_left_nobody_looks_for_it_again_and_again(store):
    asked = []
    found = driver(store, TrainingEngine(store, holds_on=True), places=4, refuse=asked.append)
    found.sweep = replace(found.sweep, space=(Searched("lstm.units", "Units", values=(32, 64)),))
    for _ in range(3):
        found.step()
    assert len(found.trials) == 2
    before = len(asked)
    assert not found.step() and len(asked) == before
    found.stop()
    while not found.step():
        pass


def test_a_pruned_run_is_kept_and_says_so(store):
    found = run_through(driver(store, TrainingEngine(store), trials=12))
    pruned = [trial for trial in found.trials if trial.state == TrialState.PRUNED]
    names = {run.id: run.name for run in store.runs.of("me", found.experiment_id)}
    assert pruned
    assert all(names[trial.run_id].endswith(", pruned") for trial in pruned)


def test_a_trial_that_trains_is_stopped_through_the_engine_once_and_is_pruned(store):
    engine = TrainingEngine(store)
    found = driver(store, engine, trials=30)
    while len([trial for trial in found.trials if trial.state == TrialState.FINISHED]) < 4:
        found.step()
    engine.holds_on, engine.worse = True, 9.0
    for _ in range(4):
        found.step()
    (run_id,) = engine.stopped[:1]
    (going,) = [trial for trial in found.trials if trial.run_id == run_id]
    found.step()
    assert found.trials[going.number].state == TrialState.PRUNED
    assert engine.stopped.count(run_id) == 1


SCORES = {
    "always_half": lambda spec: 0.5,
    "best_where_validation_is_worst": lambda spec: 1.0 if spec.model["units"] > 100 else 0.0,
    "by_learning_rate": lambda spec: spec.training.learning_rate,
}


@pytest.mark.parametrize("name", [each for each in SCORES if each != "always_half"])
def test_test_scores_change_neither_the_trials_nor_which_settings_win(tmp_path, name):
    seen = []
    for number, score in enumerate((SCORES["always_half"], SCORES[name])):
        (tmp_path / str(number)).mkdir()
        store = new_store(tmp_path / str(number))
        found = run_through(driver(store, TrainingEngine(store, score)))
        seen.append(([trial.values for trial in found.trials], best_values(found.sweep, found.trials)))
        store.close()
    assert seen[0] == seen[1]


def test_stopping_ends_what_trains_and_keeps_the_trials(store):
    engine = TrainingEngine(store, holds_on=True)
    found = driver(store, engine, places=2)
    for _ in range(3):
        found.step()
    assert len(found.trials) == 2
    assert not found.stop()
    assert found.stop()
    assert [trial.state for trial in found.trials] == [TrialState.STOPPED] * 2
    assert len(store.runs.of("me", found.experiment_id)) == 2


def test_what_does_not_fit_in_memory_is_not_tried_and_refused_when_it_is_the_beginning(store):
    def refuse(chosen, least=33):
        if chosen.model_options("lstm").model_dump()["units"] >= least:
            raise TrainingError("too large")

    found = run_through(driver(store, TrainingEngine(store), refuse=refuse))
    assert all(trial.values["lstm.units"] < 33 for trial in found.trials)
    with pytest.raises(TrainingError, match="too large"):
        driver(store, TrainingEngine(store), refuse=lambda chosen: refuse(chosen, 2)).step()


def test_the_best_is_trained_anew_beside_what_the_sweep_began_with(store):
    sweep = driver(store, TrainingEngine(store)).sweep
    over = Over(sweep, {"lstm.units": 64, "learning_rate": 0.002})
    specs = final_specs([over], DATA.content_hash, (0, 1, 2), max_epochs=500)
    assert [(spec.model["units"], spec.training.learning_rate, spec.seed) for spec in specs] == [
        *((32, 0.001, seed) for seed in (0, 1, 2)),
        *((64, 0.002, seed) for seed in (0, 1, 2)),
    ]
    assert "Units 64, Learning rate 0.002" in outcome(over) and "luck" in outcome(over)


def test_where_nothing_did_better_nothing_is_compared(store):
    sweep = driver(store, TrainingEngine(store)).sweep
    over = Over(sweep, sweep.first_values)
    assert final_specs([over], DATA.content_hash, (0, 1, 2), max_epochs=500) == []
    assert "no other settings did better" in outcome(over)
    assert "no trial has finished" in outcome(Over(sweep, None))


def test_a_seed_that_the_best_was_chosen_by_cannot_judge_it():
    refuse_seen_seeds(100, (0, 1, 2))
    with pytest.raises(OptionError, match="seed of the trials"):
        refuse_seen_seeds(1, (0, 1, 2))
