"""The planted tasks by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from seqcore.datasets.labelled_data import LabelledData
from seqcore.errors import NotFoundError
from seqcore.spec import Options

Plant = Callable[[Any], LabelledData]


@dataclass(frozen=True)
class PlantedTask:
    """A task whose truth is known.

    Attributes:
        name: What commands and files call it.
        label: What pages call it.
        idea: One sentence: what decides the label.
        distance: What lies between, in words that follow "distance:"; empty where there is no such setting.
        by_order: Whether the classes have the same words equally often, so that only their order tells them apart.
        plant: Makes the data.
        kind: Of the data.
        options: Its settings.
        characters: `(options) -> ` how long all examples are together in a file, about.
        read: From what `LabelledData.to_parquet` wrote to the data.
    """

    name: str
    label: str
    idea: str
    distance: str
    by_order: bool
    plant: Plant
    kind: str
    options: type[Options]
    characters: Callable[[Any], int]
    read: Callable[[bytes], LabelledData]


_TASKS: dict[str, PlantedTask] = {}


def register(task: PlantedTask) -> None:
    """Add a task; from here on it is on the Data page, in the command line and in the tests.

    Raises:
        ValueError: the name is taken.
    """
    if task.name in _TASKS:
        raise ValueError(f"planted task {task.name!r} is registered twice")
    _TASKS[task.name] = task


def planted_tasks(kind: str | None = None) -> Iterator[PlantedTask]:
    """Every task, or those of one kind of data, in the order of registration."""
    return iter(tuple(task for task in _TASKS.values() if kind in (None, task.kind)))


def planted_task(name: str) -> PlantedTask:
    """The task of that name.

    Raises:
        NotFoundError: there is none; the message lists those that exist.
    """
    try:
        return _TASKS[name]
    except KeyError:
        raise NotFoundError(
            "There is no such planted task", received=repr(name), remedy=f"Choose from: {', '.join(_TASKS)}"
        ) from None


def plant(name: str, options: Options) -> LabelledData:
    """The data of a task, the same on every machine for the same settings.

    Raises:
        NotFoundError: there is no such task.
        DataError: so many rows of such a length are larger than a file may be.
    """
    return planted_task(name).plant(options)
