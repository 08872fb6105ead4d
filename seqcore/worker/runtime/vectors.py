"""The vectors of a finished model: those of words, which it learned, and those that texts get before its head."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from seqcore.analysis.plane import InPlane, Method
from seqcore.architectures import Architecture, Sizes
from seqcore.architectures.memory import Footprint
from seqcore.kinds import Encoder
from seqcore.spec import Options
from seqcore.worker import compat
from seqcore.worker.evaluate import batches_that_fit, to_probabilities
from seqcore.worker.models.build import LOGITS, build_model, input_signature
from seqcore.worker.models.word_table import begin_with, table_of_words
from seqcore.worker.prepare import Examples
from seqcore.worker.runtime.planes import in_plane


class Vectors:
    """Vectors of words and of texts; dropout is off, as in every answer.

    Args:
        model: With a head on top of features.
        footprint: Says how many texts are read at once.
        encoder: Of the model.
        beginning: Builds the model as it was before its training; None where nobody knows how it began.
    """

    def __init__(
        self, model: keras.Model, footprint: Footprint, encoder: Encoder, beginning: Callable[[], keras.Model] | None
    ) -> None:
        self._model, self._footprint, self._encoder, self._beginning = model, footprint, encoder, beginning
        self._kept: tuple[Hashable, NDArray[np.float32]] | None = None

    def of_words(self) -> NDArray[np.float32]:
        """`(ids, size)` the learned vector of every id."""
        return _table(self._model)

    @cached_property
    def first_of_words(self) -> NDArray[np.float32] | None:
        """`(ids, size)` the same before the first step of training; None where nobody knows how that began."""
        return None if self._beginning is None else _table(self._beginning())

    def of_texts(self, encoded: Sequence[np.ndarray]) -> NDArray[np.float32]:
        """`(texts, size)` what the head weighs for its logits; a text without a step is read as the encoder's `empty`.

        The head is linear: these times its kernel, plus its bias, are the logits. Of a text that is read in windows it
        is the mean of theirs.
        """
        windows = Examples(list(encoded), np.zeros(len(encoded), np.int32), self._encoder).windows()
        examples = windows.examples
        network, forward = self._features
        found = np.zeros((len(examples), int(network.output_shape[-1])), np.float32)
        for rows in batches_that_fit(examples.lengths, self._footprint):
            found[rows] = forward(examples.batch(rows)[0]).numpy()
        if len(examples) == len(encoded):
            return found
        firsts = np.flatnonzero(np.diff(windows.owners, prepend=-1))
        counts = np.diff(np.append(firsts, len(windows.owners)))
        means = np.add.reduceat(found, firsts, axis=0) / counts[:, None]
        return means.astype(np.float32)

    def of_same_texts(self, name: Hashable, encoded: Callable[[], Sequence[np.ndarray]]) -> NDArray[np.float32]:
        """`(texts, size)` of texts that are asked about again and again: those read last are kept under a name.

        Args:
            name: Stands for these texts.
            encoded: Encodes them where they have to be read.
        """
        if self._kept is None or self._kept[0] != name:
            self._kept = name, self.of_texts(encoded())
        return self._kept[1]

    def answers_by(self, vectors: NDArray[np.float32]) -> NDArray[np.int64]:
        """`(texts,)` codes of the classes that the head answers by such vectors, `(texts, size)`."""
        kernel, bias = self._model.get_layer(LOGITS).get_weights()
        codes: NDArray[np.int64] = to_probabilities(vectors @ kernel + bias).argmax(axis=1)
        return codes

    def in_plane(self, vectors: NDArray[Any], method: Method, *, later: NDArray[Any] | None = None) -> InPlane:
        """Any vectors in two dimensions; see `planes.in_plane`."""
        return in_plane(vectors, method, later=later)

    @cached_property
    def _features(self) -> tuple[keras.Model, Callable[[np.ndarray], tf.Tensor]]:
        network = keras.Model(self._model.input, self._model.get_layer(LOGITS).input)
        signature = [input_signature(network)]
        return network, tf.function(lambda inputs: network(inputs, training=False), input_signature=signature)


def beginning(
    architecture: Architecture,
    sizes: Sizes,
    options: Options,
    seed: int,
    given: Callable[[], NDArray[np.float32]] | None = None,
) -> keras.Model:
    """The model of a run before its first step, as `set_up` builds it: its weights are drawn from the run's seed alone.

    Keras draws them by `compat.draw_seeds_from`, in the order of the layers; the data decide the sizes only.

    Args:
        architecture: Of the run.
        sizes: What it was built for.
        options: Its own options.
        seed: Of the run.
        given: Reads the vectors that its words began with, where they were given.
    """
    compat.draw_seeds_from(random.Random(seed))
    model = build_model(architecture, sizes, options)
    if given is not None:
        begin_with(model, given())
    return model


def _table(model: keras.Model) -> NDArray[np.float32]:
    found: NDArray[np.float32] = table_of_words(model)
    return found
