"""Planted data made in a child of the work room where they are many: the same ones, in another place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.planted.registry import plant, planted_task
from seqcore.datasets.planted.size import MEGABYTE
from seqcore.errors import DataError
from seqcore.settings import get_settings
from seqcore.spec import Options
from seqcore.workroom import Job, Stopped

Do = Callable[[Job[LabelledData]], LabelledData]

FEW = 4_000_000  # characters, beyond which making them would keep the server's pages waiting
_SECONDS = 120.0
_BASE = 256 * 1024**2
_PER_CHARACTER = 12  # bytes


def plant_apart(name: str, options: Options, do: Do) -> LabelledData:
    """The data of a task: made at once where they are few, or too many, which is refused; else by a child.

    Args:
        name: Of the task.
        options: Its settings.
        do: Has work done by a child, and waits for it.

    Raises:
        NotFoundError: there is no such task.
        DataError: so many rows of such a length are larger than a file may be.
    """
    characters, limits = planted_task(name).characters(options), get_settings()
    too_many = characters > limits.max_file_mb * MEGABYTE or getattr(options, "rows", 0) > limits.max_rows
    if characters <= FEW or too_many:
        return plant(name, options)
    return do(_job(name, options, characters))


def plant_in_child(options: Mapping[str, Any], _parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the data as Parquet."""
    task = planted_task(options["name"])
    return task.plant(task.options.model_validate(options["settings"])).to_parquet()


def _job(name: str, options: Options, characters: int) -> Job[LabelledData]:
    return Job(
        work="seqcore.datasets.planted.apart:plant_in_child",
        options={"name": name, "settings": options.model_dump(mode="json")},
        parts=list,
        answer=planted_task(name).read,
        memory=_BASE + _PER_CHARACTER * characters,
        seconds=_SECONDS,
        stopped=_too_much,
    )


def _too_much(why: Stopped, _told: str) -> DataError:
    much = f"not finished after {_SECONDS:.0f} seconds" if why is Stopped.TIME else "more memory than it may take"
    return DataError("So many examples cannot be made", received=much, remedy="Take fewer rows or shorter ones")
