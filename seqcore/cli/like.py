"""`train --like`: the settings, models, seeds and data of a run or of an experiment that was trained before."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from seqcore.cli.training import open_store
from seqcore.datasets import LabelledData
from seqcore.errors import NotFoundError
from seqcore.lab.again import choices_of
from seqcore.lab.plan import Choices
from seqcore.settings import get_settings
from seqcore.store import Run, Store


@dataclass(frozen=True)
class Before:
    """What was trained before: the choices that lead there, and the runs."""

    chosen: Choices
    runs: tuple[Run, ...]

    def with_values(self, values: Mapping[str, Any]) -> Choices:
        """The same choices with settings changed; one that is named for all models holds for each of them.

        Raises:
            OptionError: no such setting, or a value out of bounds.
        """
        own = {
            model: {name: value for name, value in options.items() if name not in values}
            for model, options in self.chosen.own.items()
        }
        return replace(self.chosen, own=own).with_values(values)

    def data(self) -> LabelledData:
        """The data that the runs learned from.

        Raises:
            NotFoundError: they are gone.
            DataError: they are damaged.
        """
        store = open_store(get_settings())
        return store.datasets.load(store.datasets.of_run(self.runs[0].id))


def trained_before(name: str) -> Before:
    """What the run or the experiment of that id was; what cannot be done again as it was is said on standard error.

    Raises:
        NotFoundError: there is no run and no experiment of that id in this workspace.
        OptionError: its settings cannot be read.
    """
    settings = get_settings()
    runs = _runs_of(open_store(settings), settings.workspace, name)
    for run in runs:
        run.check_settings()
    chosen, notes = choices_of([run.spec for run in runs])
    sys.stderr.writelines(f"{note}\n" for note in notes)
    return Before(chosen, runs)


def _runs_of(store: Store, workspace: str, name: str) -> tuple[Run, ...]:
    try:
        return (store.runs.get(workspace, name),)
    except NotFoundError as no_run:
        runs = tuple(store.runs.of(workspace, name))
        if not runs:
            raise no_run
        return runs
