"""How models do on parts of the test texts, worked out once for everybody who looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.standings import Standing
from seqcore.analysis.tested import Tested, tested
from seqcore.lab.slices import ModelSlices, slicings_of
from seqcore.lab.slices import slices_of as scored
from seqcore.ui.session import cache

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.kinds import Encoder
    from seqcore.store import Experiment


def slices_of(experiment: Experiment, ranked: Sequence[Standing]) -> tuple[Tested, list[ModelSlices]]:
    """What the models were tested on in common, and how each does on every part of it.

    Raises:
        NotFoundError: the data set is gone.
    """
    found = tested(ranked)
    data = cache.stored_data(experiment.workspace, experiment.dataset_id)
    spec = cache.get_store().runs.find(found.models[0].results[0].run_id).spec
    encoder = cache.encoder(data.content_hash, spec.input, spec.split, data)
    runs = tuple(tuple(result.run_id for result in model.results) for model in found.models)
    names = tuple(found.names)
    return found, _scored(runs, names, data.content_hash, found, data, encoder)


@st.cache_resource(show_spinner="Looking at parts of the test …", max_entries=32)
def _scored(
    runs: tuple[tuple[str, ...], ...], names: tuple[str, ...], content: str, _found: Tested, _data: LabelledData,
    _encoder: Encoder,
) -> list[ModelSlices]:  # fmt: skip
    return scored(_found, slicings_of(_data, _found, _encoder))
