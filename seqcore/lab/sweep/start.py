"""Start: a sweep is kept, and whoever drives sweeps takes it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from seqcore.datasets import split_rows
from seqcore.lab.start import keep_pretrained, keep_vectors
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.final import refuse_seen_seeds
from seqcore.lab.sweep.stored import Planned, write_search

if TYPE_CHECKING:
    from seqcore.datasets import LabelledData
    from seqcore.kinds.text.pretrained import PretrainedEncoder
    from seqcore.kinds.text.vectors import WordVectors
    from seqcore.store import Store, SweepRecord

SEED = 100  # draws the proposals and trains the trials, unless somebody says another
FRESH_SEEDS = (0, 1, 2)  # judge what was found; enough to tell two models apart


def start_sweep(
    store: Store,
    workspace: str,
    data: LabelledData,
    sweep: Sweep,
    *,
    seeds: Sequence[int],
    max_epochs: int,
    vectors: WordVectors | None = None,
    pretrained: PretrainedEncoder | None = None,
) -> SweepRecord:
    """Keep the data and the sweep in a workspace.

    Args:
        store: Where.
        workspace: Whose.
        data: What is trained on.
        sweep: What is searched, and how.
        seeds: Fresh ones that judge what is found.
        max_epochs: Most epochs that a deployment allows.
        vectors: Word vectors that the models begin with; None: none, or they were kept with the same data before.
        pretrained: The encoder that they begin with; None: none, or it was kept in this workspace before.

    Raises:
        OptionError: the seed of the trials is among those that judge, or the settings cannot be trained.
        DataError: the data are too few to be split, or word vectors or an encoder are missing.
        LimitError: there is no room for the data.
    """
    refuse_seen_seeds(sweep.seed, seeds)
    split_rows(data, sweep.base.split)  # so that data too small to split are refused before anything starts
    search = write_search(Planned(sweep, tuple(seeds)), data.content_hash, max_epochs=max_epochs)
    dataset = store.datasets.add(workspace, data)
    specs = sweep.base.specs(data.content_hash, max_epochs=max_epochs)
    keep_vectors(store, dataset, specs, vectors)
    keep_pretrained(store, dataset, specs, pretrained)
    return store.sweeps.add(workspace, dataset.id, sweep.architecture, search)
