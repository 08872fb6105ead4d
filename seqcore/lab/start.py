"""Start: labelled data and settings become an experiment whose runs wait for a worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from seqcore.datasets.split import refuse_to_redraw_a_given_test
from seqcore.errors import DataError

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.kinds.text.pretrained import PretrainedEncoder
    from seqcore.kinds.text.vectors import WordVectors
    from seqcore.spec import RunSpec
    from seqcore.store import Dataset, Experiment, Store

Submit = Callable[[Sequence[str]], None]  # hands queued runs to an engine, now or as soon as there is one


def start_experiment(
    store: Store,
    workspace: str,
    data: LabelledData,
    specs: Sequence[RunSpec],
    *,
    submit: Submit,
    vectors: WordVectors | None = None,
    pretrained: PretrainedEncoder | None = None,
) -> Experiment:
    """Keep the data in a workspace, queue one run for each spec, in order, and hand them to an engine.

    Args:
        store: Where.
        workspace: Whose.
        data: What is learned from.
        specs: One for each run.
        submit: Hands them to an engine.
        vectors: Word vectors that specs name; None: they were kept with the same data before.
        pretrained: The pretrained encoder that specs name; None: it was kept in this workspace before.

    Returns:
        The experiment; it names its data set, and its runs in order.

    Raises:
        DataError: each seed is to draw its own test part, and the data came with one; or word vectors or an
            encoder are missing.
        LimitError: too many runs would be in flight, or the storage is full.
        EngineError: the engine stopped.
    """
    for split in {spec.split for spec in specs}:
        refuse_to_redraw_a_given_test(data, split)
    dataset = store.datasets.add(workspace, data)  # what is there already is kept once
    keep_vectors(store, dataset, specs, vectors)
    keep_pretrained(store, dataset, specs, pretrained)
    experiment = store.experiments.add(workspace, dataset.id, specs)
    submit(experiment.run_ids)
    return experiment


def keep_vectors(store: Store, dataset: Dataset, specs: Sequence[RunSpec], given: WordVectors | None = None) -> None:
    """See that the word vectors that specs name lie beside the data set.

    Args:
        store: Where.
        dataset: That the models learn from.
        specs: Of the models.
        given: Vectors that may be among them; those that are not were kept with the same data before.

    Raises:
        DataError: some are nowhere.
        LimitError: there is no room for them.
    """
    for content in {spec.input.vectors for spec in specs if spec.input.vectors}:
        if given is not None and given.content_hash == content:
            store.datasets.keep_vectors(dataset, given)
        elif not store.datasets.has_vectors(dataset.id, content):
            other = store.datasets.with_vectors(dataset.content_hash, content)
            if other is None:
                raise DataError(
                    "The word vectors that the models are to begin with are not kept with these data",
                    remedy="Give their file again: on Train under Pretrained word vectors, or as --vectors FILE",
                )
            store.datasets.keep_vectors(dataset, store.datasets.vectors(other.id, content))


def keep_pretrained(
    store: Store, dataset: Dataset, specs: Sequence[RunSpec], given: PretrainedEncoder | None = None
) -> None:
    """See that the pretrained encoders that specs name lie beside the data set.

    Args:
        store: Where.
        dataset: That the models learn from.
        specs: Of the models.
        given: An encoder that may be among them; those that are not were kept in the same workspace before.

    Raises:
        DataError: one is nowhere.
        LimitError: there is no room for it.
    """
    for content in {spec.encoder for spec in specs if spec.encoder}:
        if given is not None and given.content_hash == content:
            store.datasets.keep_pretrained(dataset, given)
        elif not store.datasets.has_pretrained(dataset.id, content):
            other = store.datasets.with_pretrained(dataset, content)
            if other is None:
                raise DataError(
                    "The pretrained encoder that the models are to begin with is not kept here",
                    remedy="Give its files again: on Train under Pretrained transformer, or as --pretrained",
                )
            store.datasets.keep_pretrained(dataset, store.datasets.pretrained(other.id, content))
