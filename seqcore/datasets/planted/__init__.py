"""Planted tasks: generated texts of any number and length of which it is known which words decide the label."""

from seqcore.datasets.planted import tasks
from seqcore.datasets.planted.options import PlantedOptions
from seqcore.datasets.planted.registry import PlantedTask, plant, planted_task, planted_tasks

__all__ = ["PlantedOptions", "PlantedTask", "plant", "planted_task", "planted_tasks", "tasks"]
