"""The data in use: what was just read, what was stored, or the built-in sample."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from seqcore.lab.plan import Choices
from seqcore.lab.share import seen_dataset
from seqcore.lab.usual_seeds import usual_seeds
from seqcore.settings import get_settings
from seqcore.ui.session import cache, shared, state

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.datasets.split import Split
    from seqcore.kinds import Encoder
    from seqcore.store import Dataset

SAMPLE = "reviews"


def current_data() -> LabelledData:
    """The labelled data that the next training uses.

    Raises:
        NotFoundError: the link names a data set that does not exist.
    """
    draft = state.draft()
    if draft is not None:
        return draft
    dataset = current_dataset()
    return cache.sample(SAMPLE) if dataset is None else cache.stored_data(dataset.workspace, dataset.id)


def current_dataset() -> Dataset | None:
    """The stored data set in use, one's own or that of a link; None for a draft or the built-in sample.

    Raises:
        NotFoundError: there is no such data set, or the link has ended.
    """
    dataset_id = state.current_dataset_id()
    if not dataset_id or state.draft() is not None:
        return None
    return seen_dataset(shared.get_store(), state.viewer(), dataset_id)


def keep(data: LabelledData) -> None:
    """Store what was just read, so that its link finds it again; the sample needs no keeping."""
    if state.draft() is None:
        return
    store, workspace = shared.get_store(), state.workspace()
    before = {dataset.id for dataset in store.datasets.all(workspace)}
    dataset = store.datasets.add(workspace, data)
    if dataset.id not in before and data.kind == "text":  # else it is told of as it was then
        read: Any = data  # a dataclass of its kind
        cache.keep_stored(workspace, dataset.id, replace(read, name=dataset.name))
    state.set_current_dataset(dataset.id)


def choices() -> Choices:
    """What was chosen so far in this session; the number of seeds follows the data until somebody chose it."""
    memory, data = state.memory(), current_data()
    chosen = (memory.choices or Choices().within(get_settings().max_epochs)).for_kind(data.kind)
    if memory.seeds_chosen:
        return chosen
    settings = get_settings()
    room = settings.max_runs_in_flight // max(1, len(chosen.architectures))
    return replace(chosen, repeats=usual_seeds(data, min(settings.default_seeds, room)), seeds=())


def choose(chosen: Choices) -> None:
    """Keep what was chosen."""
    state.memory().choices = chosen


@dataclass(frozen=True)
class DataInUse:
    """The data in use under the settings in force."""

    data: LabelledData
    split: Split
    encoder: Encoder


def data_in_use(data: LabelledData, chosen: Choices) -> DataInUse:
    """Split and vocabulary of the data, from the cache when they were made before."""
    key = data.content_hash
    return DataInUse(
        data,
        cache.split(key, chosen.split, data),
        cache.encoder(key, chosen.input, chosen.split, data),
    )
