"""Planted tasks: generated data of any size of which it is known which words or moments decide the label."""

from seqcore.datasets.planted import tasks
from seqcore.datasets.planted.options import PlantedOptions, PlantedSeriesOptions
from seqcore.datasets.planted.registry import PlantedTask, plant, planted_task, planted_tasks

__all__ = [
    "PlantedOptions", "PlantedSeriesOptions", "PlantedTask", "plant", "planted_task", "planted_tasks", "tasks",
]  # fmt: skip
