"""Experiments that were trained on parts of their rows, too: the more rows, the better."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.lab.data_curve.parts import Parts, train_parts
from seqcore.store import Experiment, Store
from tests.pages.finished import WORKSPACE, finish, finished_experiment, labelled

DATA = labelled(rows=900)


class AtOnce:
    """An engine that has trained a run as soon as it gets it."""

    def __init__(self, store: Store, skill: float = 2.5) -> None:
        self._store, self._skill = store, skill
        self.submitted: list[str] = []

    def submit(self, run_ids: Sequence[str]) -> None:
        self.submitted.extend(run_ids)
        for run_id in run_ids:
            run = self._store.runs.get(WORKSPACE, run_id)
            finish(self._store, run, DATA, skill=self._skill * run.spec.split.training_share**0.3)


def trained_on_all(store: Store, models: Sequence[tuple[str, int]]) -> Experiment:
    """An experiment whose runs are finished."""
    return finished_experiment(store, models, data=DATA, skill=2.5)


def trained_on_parts(store: Store, models: Sequence[tuple[str, int]], wanted: Parts | None = None) -> Experiment:
    """The same, its parts finished, too."""
    experiment = trained_on_all(store, models)
    train_parts(store, WORKSPACE, experiment.id, wanted or Parts(), submit=AtOnce(store).submit)
    return experiment
