"""The planted tasks by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.planted.options import PlantedOptions
from seqcore.errors import NotFoundError

Plant = Callable[[PlantedOptions], LabelledData]


@dataclass(frozen=True)
class PlantedTask:
    """A task whose truth is known.

    Attributes:
        name: What commands and files call it.
        label: What pages call it.
        idea: One sentence: what decides the label.
        distance: What lies between, in words that follow "distance:".
        by_order: Whether the classes have the same words equally often, so that only their order tells them apart.
        plant: Makes the data.
    """

    name: str
    label: str
    idea: str
    distance: str
    by_order: bool
    plant: Plant


_TASKS: dict[str, PlantedTask] = {}


def register(task: PlantedTask) -> None:
    """Add a task; from here on it is on the Data page, in the command line and in the tests.

    Raises:
        ValueError: the name is taken.
    """
    if task.name in _TASKS:
        raise ValueError(f"planted task {task.name!r} is registered twice")
    _TASKS[task.name] = task


def planted_tasks() -> Iterator[PlantedTask]:
    """Every task, in the order of registration."""
    return iter(tuple(_TASKS.values()))


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


def plant(name: str, options: PlantedOptions) -> LabelledData:
    """The data of a task, the same on every machine for the same settings.

    Raises:
        NotFoundError: there is no such task.
        DataError: so many rows of such a length are larger than a file may be.
    """
    return planted_task(name).plant(options)
