"""How models do on parts of the test texts, worked out once for everybody who looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seqcore.analysis.slicing import Slicing
from seqcore.analysis.standings import Standing
from seqcore.analysis.tested import Tested, tested
from seqcore.lab.slices import ModelSlices, slicings_of
from seqcore.lab.slices import slices_of as scored
from seqcore.ui.session import cache, shared, still_there
from seqcore.ui.session.kept import remember

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.kinds import Encoder
    from seqcore.store import Experiment


@dataclass(frozen=True)
class SlicesSeen:
    """The test texts in slices.

    Attributes:
        found: What the models made of them.
        cuts: Ways to cut them, by name.
        models: How each does on every slice.
    """

    found: Tested
    cuts: dict[str, Slicing]
    models: list[ModelSlices]


def slices_of(experiment: Experiment, ranked: Sequence[Standing]) -> SlicesSeen:
    """What the models were tested on in common, and how each does on every slice of it.

    Raises:
        NotFoundError: the data set is gone.
    """
    found = tested(ranked)
    data = cache.stored_data(experiment.workspace, experiment.dataset_id)
    spec = shared.get_store().runs.find(found.models[0].results[0].run_id).spec
    encoder = cache.encoder(data.content_hash, spec.input, spec.drawn_split, data)
    runs = tuple(tuple(result.run_id for result in model.results) for model in found.models)
    names = tuple(found.names)
    still_there.check_runs([run_id for model in runs for run_id in model])
    return _seen(runs, names, experiment.dataset_id, found, data, encoder)


@remember(spinner="Looking at slices of the test …")
def _seen(
    runs: tuple[tuple[str, ...], ...], names: tuple[str, ...], dataset_id: str, _found: Tested, _data: LabelledData,
    _encoder: Encoder,
) -> SlicesSeen:  # fmt: skip
    cuts = slicings_of(_data, _found, _encoder)
    return SlicesSeen(_found, {cut.name: cut for cut in cuts}, scored(_found, cuts))
