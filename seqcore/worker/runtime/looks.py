"""Where a model with attention looks: the weights of one example, and of many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import keras
import numpy as np
import tensorflow as tf

from seqcore.architectures import Architecture
from seqcore.architectures.memory import Footprint
from seqcore.kinds import Encoder
from seqcore.worker.evaluate import batches_that_fit, to_probabilities
from seqcore.worker.models.build import LOGITS, attention_outputs, input_signature
from seqcore.worker.pooling import pooled, shares_of_windows
from seqcore.worker.prepare import Examples
from seqcore.worker.runtime.in_windows import refuse_several_windows, stitched


class Looks:
    """Attention weights of encoded examples, an array a layer: (steps,), or (heads, looking step, step looked at).

    Args:
        model: With attention.
        architecture: Says of which kind.
        footprint: Says how many examples are read at once.
        encoder: Of the model.

    Raises:
        InspectionError: the architecture has no attention.
    """

    def __init__(self, model: keras.Model, architecture: Architecture, footprint: Footprint, encoder: Encoder) -> None:
        self._footprint, self._encoder = footprint, encoder
        network = keras.Model(model.input, [model.get_layer(LOGITS).output, *attention_outputs(model, architecture)])
        self._look = tf.function(
            lambda inputs: network(inputs, training=False), input_signature=[input_signature(network)]
        )

    def of(self, array: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
        """Probabilities `(classes,)` of one example with at least one step, and its weights.

        Of one that is read in windows: the weights of each, by how much the window counts in the answer, added up.

        Raises:
            InspectionError: it is read in windows, and its heads look from every step at every other.
        """
        parts = self._encoder.windows(len(array))
        if len(parts) > 1:
            return self._of_windows(array, parts)
        logits, *weights = self._look(array[None])
        return to_probabilities(logits.numpy())[0], [layer.numpy()[0] for layer in weights]

    def of_many(self, encoded: Sequence[np.ndarray]) -> Iterator[tuple[int, list[np.ndarray]]]:
        """The weights of each of several examples, with its place among them; the shortest come first."""
        if any(len(self._encoder.windows(len(array))) > 1 for array in encoded):
            yield from ((row, self.of(array)[1]) for row, array in enumerate(encoded))
            return
        examples = Examples(encoded, np.zeros(len(encoded), np.int32), self._encoder)
        for rows in batches_that_fit(examples.lengths, self._footprint) if len(encoded) else ():
            layers = [layer.numpy() for layer in self._look(examples.batch(rows)[0])[1:]]
            for place, row in enumerate(rows.tolist()):
                steps = examples.lengths[row]
                inside = (..., slice(steps)) if layers[0].ndim == 2 else (..., slice(steps), slice(steps))
                yield row, [layer[place][inside] for layer in layers]

    def _of_windows(self, array: np.ndarray, parts: list[slice]) -> tuple[np.ndarray, list[np.ndarray]]:
        read = [self._look(array[part][None]) for part in parts]
        if read[0][1].shape.rank > 2:
            refuse_several_windows(self._encoder, [array])
        logits, pooling = np.concatenate([each[0].numpy() for each in read]), self._encoder.pooling
        shares = shares_of_windows(logits, pooling)
        weights = [share * each[1].numpy()[0] for share, each in zip(shares, read, strict=True)]
        answer = to_probabilities(pooled(logits, np.zeros(len(parts), np.int64), pooling))
        return answer[0], [stitched(weights, parts, len(array))]
