"""`more-seeds`: an experiment grows by the seeds that are missing."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from seqcore.cli import training
from seqcore.errors import NotFoundError, OptionError
from seqcore.store import Store
from tests.pages.finished import WORKSPACE, finish, finished_experiment, labelled


class AtOnce:
    """An engine that has trained a run as soon as it gets it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def submit(self, run_ids) -> None:
        for run_id in run_ids:
            finish(self._store, self._store.runs.get(WORKSPACE, run_id), labelled(), skill=2.0)


@pytest.fixture(autouse=True)
def trains_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "started_engine", lambda *_arguments: nullcontext(AtOnce(store)))


def test_every_model_gets_as_many_seeds_as_were_asked_for(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0)])
    training.more_seeds(experiment.id, 3, as_json=True)
    assert '"seed": 2' in capsys.readouterr().out
    runs = store.runs.of(WORKSPACE, experiment.id)
    assert sorted((run.architecture, run.seed) for run in runs) == [(n, s) for n in ("lstm", "rnn") for s in range(3)]


def test_an_experiment_that_has_them_or_that_is_not_there_is_refused(store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    with pytest.raises(OptionError, match="so many seeds"):
        training.more_seeds(experiment.id, 1, as_json=True)
    with pytest.raises(NotFoundError):
        training.more_seeds("nothing", 3, as_json=True)
