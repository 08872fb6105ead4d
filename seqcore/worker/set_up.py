"""A model and its data, ready for the first training step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import keras
import numpy as np
from numpy.typing import NDArray

from seqcore.architectures import Architecture, get_architecture
from seqcore.architectures.fitting import Planned, too_large
from seqcore.kinds.text import TextEncoder, TextOptions
from seqcore.kinds.text.pretrained import PretrainedEncoder
from seqcore.kinds.text.pretrained.piece_encoder import PieceEncoder
from seqcore.kinds.text.vectors.word_vectors import WordVectors
from seqcore.layers import gpu
from seqcore.spec import InputOptions, Options, RunSpec, SplitOptions
from seqcore.store import Store
from seqcore.worker.evaluate import Scorer
from seqcore.worker.first_vectors import first_vectors
from seqcore.worker.fit.closed_form import counted_in
from seqcore.worker.models.build import build_model
from seqcore.worker.models.pretrained_weights import begin_with_encoder
from seqcore.worker.models.word_table import begin_with
from seqcore.worker.own_vectors import own_vectors
from seqcore.worker.prepare import PreparedData, load_of, prepare
from seqcore.worker.runtime import backend, devices

DATA_KEPT = 2


@dataclass(frozen=True)
class SetUp:
    """What a training needs.

    Attributes:
        architecture: What is trained.
        options: Its own options.
        prepared: The data.
        model: With its first weights.
        scorer: Of the model.
        first_vectors: (ids, size) what its words began with, where that was given.
    """

    architecture: Architecture
    options: Options
    prepared: PreparedData
    model: keras.Model
    scorer: Scorer
    first_vectors: NDArray[np.float32] | None = None


def set_up(
    store: Store,
    dataset_id: str,
    spec: RunSpec,
    memory_limit: int | None,
    first: NDArray[np.float32] | None = None,
) -> SetUp:
    """The model of a spec in a fresh session of Keras, and its data.

    Args:
        store: Where the data are.
        dataset_id: Which they are.
        spec: Of a run, or of what might become one.
        memory_limit: Bytes at which this process is ended; None where nobody ends it.
        first: (ids, size) what the words began with in an earlier turn; None: that is read, or learned, here.

    Raises:
        TrainingError: it would not fit.
    """
    backend.configure()
    backend.fresh(spec.seed)
    architecture = get_architecture(spec.architecture)
    options = architecture.validate_options(spec.model)
    reading = architecture.reading(spec.input, options)
    prepared = _prepared(store, dataset_id, reading, spec.drawn_split, spec.encoder)
    planned = Planned(architecture, options, spec.input, spec.training, prepared.sizes, load_of(prepared))
    _refuse_what_does_not_fit(planned, memory_limit)
    prepared = counted_in(prepared, options)
    with devices.placement():
        model = build_model(architecture, prepared.sizes, options)
        if architecture.fit != "gradient":
            first = None
        elif first is None:
            first = _first_vectors(store, dataset_id, spec, options, prepared)
        if first is not None:
            begin_with(model, first)
        if spec.encoder:
            begin_with_encoder(model, _pretrained(store, dataset_id, spec.encoder))
    scorer = Scorer(model, architecture.footprint(prepared.sizes, options))
    return SetUp(architecture, options, prepared, model, scorer, first)


def _first_vectors(
    store: Store, dataset_id: str, spec: RunSpec, options: Options, prepared: PreparedData
) -> NDArray[np.float32] | None:
    """What the words begin with; None where that is random."""
    read, encoder = spec.input, prepared.encoder
    if not isinstance(read, TextOptions) or not isinstance(encoder, TextEncoder) or not read.begins_with_vectors:
        return None
    if read.word_vectors in ("word2vec", "fasttext"):
        size = int(getattr(options, "embedding_size", 0))
        found = own_vectors(prepared.train.arrays(), encoder, read.word_vectors, size, spec.seed)
    else:
        found = _vectors(store, dataset_id, read.vectors)
    return first_vectors(found, encoder, spec.seed)


def _refuse_what_does_not_fit(planned: Planned, memory_limit: int | None) -> None:
    """Raise a TrainingError before the first step, in whose midst this process would be ended.

    What is trained on a GPU takes its memory.
    """
    if memory_limit is None or gpu.has_gpu():
        return
    found = too_large(planned, memory_limit)
    if found is not None:
        raise found.error()


@lru_cache(maxsize=1)
def _vectors(store: Store, dataset_id: str, content: str) -> WordVectors:
    """Kept for the next runs of an experiment, which begin with the same."""
    return store.datasets.vectors(dataset_id, content)


@lru_cache(maxsize=1)
def _pretrained(store: Store, dataset_id: str, content: str) -> PretrainedEncoder:
    """Kept for the next runs of an experiment, which begin with the same."""
    return store.datasets.pretrained(dataset_id, content)


@lru_cache(maxsize=DATA_KEPT)
def _prepared(
    store: Store, dataset_id: str, options: InputOptions, split: SplitOptions, pretrained: str = ""
) -> PreparedData:
    """Prepared data, kept for the next runs of an experiment: they differ in architecture and seed only.

    Args:
        store: Where the data are.
        dataset_id: Which they are.
        options: How examples are read.
        split: How rows are shared out.
        pretrained: Content of the pretrained encoder whose own tokenizer reads them; empty: one that is learned here.
    """
    data = store.datasets.load(store.datasets.find(dataset_id))
    if not pretrained or not isinstance(options, TextOptions):
        return prepare(data, options, split)
    found = _pretrained(store, dataset_id, pretrained)
    return prepare(data, options, split, PieceEncoder.of(found.tokenizer, options, found.config.positions))
