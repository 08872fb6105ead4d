"""A memory race trains what is missing, seed by seed, and finds what was trained before."""

from __future__ import annotations

from functools import lru_cache

import pytest

from seqcore.analysis.memory_race import duel_sentence, duels
from seqcore.datasets.planted import plant
from seqcore.errors import LimitError, NotFoundError, OptionError
from seqcore.lab.compare import scored_run
from seqcore.lab.memory_race.measured import measured
from seqcore.lab.memory_race.race import Race, race_of
from seqcore.lab.memory_race.trainings import legs_of, train_race
from seqcore.store import Limits, RunState, Store
from tests.pages.finished import WORKSPACE, finish

RACE = race_of("needle", (20, 5), ("rnn", "lstm"), seeds=5, rows=200)


@lru_cache
def plant_at(distance: int):
    return plant("needle", RACE.options(distance))


class Racing:
    """An engine that trains at once; the RNN knows nothing from 20 words on."""

    def __init__(self, store: Store) -> None:
        self.store, self.order = store, []

    def submit(self, run_ids) -> None:
        for run_id in run_ids:
            run = self.store.runs.find(run_id)
            data = next(plant_at(at) for at in RACE.distances if plant_at(at).content_hash == run.spec.dataset)
            self.order.append((run.seed, data.name, run.architecture))
            forgets = run.architecture == "rnn" and data.name.endswith(" 20")
            finish(self.store, run, data, skill=0.0 if forgets else 6.0)


def found_of(store: Store):
    return measured(legs_of(store, WORKSPACE, RACE, plant_at), lambda run: scored_run(store, run))


def test_it_trains_every_model_at_every_distance_all_of_a_seed_first(store: Store) -> None:
    engine = Racing(store)
    run_ids = train_race(store, WORKSPACE, RACE, plant_at, submit=engine.submit)
    assert len(run_ids) == RACE.runs == 20
    assert [seed for seed, _, _ in engine.order] == sorted(seed for seed, _, _ in engine.order)
    names = {experiment.name for experiment in store.experiments.all(WORKSPACE)}
    assert names == {"Memory race: Needle, distance 5", "Memory race: Needle, distance 20"}
    assert train_race(store, WORKSPACE, RACE, plant_at, submit=engine.submit) == []


def test_it_says_from_which_distance_on_the_plain_rnn_loses(store: Store) -> None:
    train_race(store, WORKSPACE, RACE, plant_at, submit=Racing(store).submit)
    (duel,) = duels(found_of(store), RACE.chosen.architectures)
    assert (duel.plain, duel.other, duel.loses_from) == ("rnn", "lstm", 20)
    assert "RNN loses to LSTM at distance 20: first at 20" in duel_sentence(duel)


def test_what_was_stopped_is_missing_and_goes_where_the_others_are(store: Store) -> None:
    queued: list[str] = []
    train_race(store, WORKSPACE, RACE, plant_at, submit=queued.extend)
    store.progress.cancel(queued[0], "Stopped.")
    assert [leg.missing for leg in legs_of(store, WORKSPACE, RACE, plant_at)] == [1, 0]
    again: list[str] = []
    train_race(store, WORKSPACE, RACE, plant_at, submit=again.extend)
    assert len(again) == 1
    assert len(store.experiments.all(WORKSPACE)) == 2
    assert store.runs.find(again[0]).spec == store.runs.find(queued[0]).spec


def test_a_training_from_elsewhere_counts(store: Store) -> None:
    data = plant_at(5)
    dataset = store.datasets.add(WORKSPACE, data)
    spec = RACE.specs(data)[0]
    experiment = store.experiments.add(WORKSPACE, dataset.id, [spec])
    finish(store, store.runs.find(experiment.run_ids[0]), data, skill=3.0)
    five, twenty = legs_of(store, WORKSPACE, RACE, plant_at)
    assert ([run.state for run in five.finished], five.missing) == ([RunState.FINISHED], 9)
    assert (twenty.runs, twenty.missing) == ((), 10)


def test_what_has_room_is_queued_before_it_is_said_that_the_rest_has_not(tmp_path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "files"), limits=Limits(15, 10**9))
    queued: list[str] = []
    with pytest.raises(LimitError):
        train_race(store, WORKSPACE, RACE, plant_at, submit=queued.extend)
    assert len(queued) == 10
    assert [leg.missing for leg in legs_of(store, WORKSPACE, RACE, plant_at)] == [0, 10]


@pytest.mark.parametrize(
    ("values", "error", "said"),
    [
        ({"seeds": 3}, OptionError, "5 to 10 seeds"),
        ({"distances": ()}, OptionError, "needs distances"),
        ({"architectures": ()}, OptionError, "needs models"),
        ({"task": "haystack"}, NotFoundError, "needle"),
        ({"distances": (0,)}, OptionError, "distance"),
        ({"rows": 3}, OptionError, "rows"),
    ],
)
def test_a_race_that_cannot_be_is_refused(values, error, said) -> None:
    usual = {"task": "needle", "distances": (5,), "architectures": ("rnn",), "seeds": 5, "rows": 200}
    with pytest.raises(error, match=said):
        race_of(**(usual | values))


def test_the_usual_race_is_ready() -> None:
    assert Race().runs == 50
