"""`memory-race`: trains what is missing, prints every model at every distance, and says where the plain RNN loses."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from seqcore.cli import racing
from seqcore.datasets.planted import plant
from seqcore.errors import OptionError
from seqcore.settings import get_settings
from tests.pages.finished import finish

RACE = racing.wanted_of("needle", "20,5", "rnn,lstm", [], seeds=5, rows=200, seed=0)


@pytest.fixture
def engines(tmp_path, monkeypatch):
    """Engines that train at once, by how many were started; the RNN knows nothing from 20 words on."""
    monkeypatch.setenv("SEQLAB_HOME", str(tmp_path))
    get_settings.cache_clear()
    started = []

    class Racing:
        def __init__(self, store):
            self.store = store

        def submit(self, run_ids):
            for run_id in run_ids:
                run = self.store.runs.find(run_id)
                (data,) = [each for each in (plant("needle", RACE.options(at)) for at in RACE.distances)
                           if each.content_hash == run.spec.dataset]  # fmt: skip
                forgets = run.architecture == "rnn" and data.name.endswith(" 20")
                finish(self.store, run, data, skill=0.0 if forgets else 6.0)

    @contextmanager
    def started_engine(settings, **_):
        started.append(settings)
        yield Racing(racing.training.open_store(settings))

    monkeypatch.setattr(racing.training, "started_engine", started_engine)
    yield started
    get_settings.cache_clear()


def test_it_prints_every_model_at_every_distance_and_where_the_rnn_loses(engines, capsys) -> None:
    racing.memory_race(RACE, as_json=True)
    told = json.loads(capsys.readouterr().out)
    met = sorted((each["distance"], each["architecture"], len(each["runs"])) for each in told["models"])
    assert met == [(5, "lstm", 5), (5, "rnn", 5), (20, "lstm", 5), (20, "rnn", 5)]
    (duel,) = told["duels"]
    assert (duel["plain"], duel["other"], duel["loses_from"]) == ("rnn", "lstm", 20)
    assert duel["sentence"].startswith("RNN loses to LSTM at distance 20")
    racing.memory_race(RACE, as_json=False)
    printed = capsys.readouterr()
    assert "RNN loses to LSTM at distance 20" in printed.err and "LSTM" in printed.out
    assert len(engines) == 1  # the second time everything was there


def test_what_is_no_distance_is_refused() -> None:
    with pytest.raises(OptionError, match="whole numbers"):
        racing.wanted_of("needle", "near,far", "rnn", [], seeds=5, rows=200, seed=0)


def test_settings_of_the_models_can_be_set() -> None:
    race = racing.wanted_of("needle", "5", "rnn", ["epochs=3"], seeds=5, rows=200, seed=0)
    assert {spec.training.epochs for spec in race.specs(plant("needle", race.options(5)))} == {3}
