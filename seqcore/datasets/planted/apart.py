"""Planted texts made in a child of the work room where they are many: the same ones, in another place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.planted.options import PlantedOptions
from seqcore.datasets.planted.registry import plant
from seqcore.datasets.planted.texts import characters_of, refuse_large
from seqcore.errors import DataError
from seqcore.workroom import Job, Stopped

Do = Callable[[Job[LabelledData]], LabelledData]

FEW = 4_000_000  # characters, beyond which making them would keep the server's pages waiting
_SECONDS = 120.0
_BASE = 256 * 1024**2
_PER_CHARACTER = 12  # bytes


def plant_apart(name: str, options: PlantedOptions, do: Do) -> LabelledData:
    """The data of a task: made at once where they are few, else by a child.

    Args:
        name: Of the task.
        options: Its settings.
        do: Has work done by a child, and waits for it.

    Raises:
        NotFoundError: there is no such task.
        DataError: so many rows of such a length are larger than a file may be.
    """
    refuse_large(options)
    if characters_of(options) <= FEW:
        return plant(name, options)
    return do(_job(name, options))


def plant_in_child(options: Mapping[str, Any], _parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the data as Parquet."""
    return plant(options["name"], PlantedOptions.model_validate(options["settings"])).to_parquet()


def _job(name: str, options: PlantedOptions) -> Job[LabelledData]:
    return Job(
        work="seqcore.datasets.planted.apart:plant_in_child",
        options={"name": name, "settings": options.model_dump(mode="json")},
        parts=list,
        answer=LabelledText.from_parquet,
        memory=_BASE + _PER_CHARACTER * characters_of(options),
        seconds=_SECONDS,
        stopped=_too_much,
    )


def _too_much(why: Stopped, _told: str) -> DataError:
    much = f"not finished after {_SECONDS:.0f} seconds" if why is Stopped.TIME else "more memory than it may take"
    return DataError("So many texts cannot be made", received=much, remedy="Take fewer rows or a smaller distance")
