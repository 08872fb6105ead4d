"""The recurrent layers of a model, opened: what each was given at every step of an example, and what it made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from seqcore.analysis.cells import Cell, CellKind, Direction, ReadCell
from seqcore.analysis.weighing import Weighing
from seqcore.architectures.memory import Footprint
from seqcore.kinds import Encoder
from seqcore.layers import GRU, LSTM, SimpleRNN
from seqcore.layers.attention import SCORE, SUM
from seqcore.layers.last_step import LAST_STEP
from seqcore.layers.min_gru import OpenedMinGRU, is_min_gru
from seqcore.worker.evaluate import batches_that_fit
from seqcore.worker.models.build import LOGITS, input_signature
from seqcore.worker.prepare import Examples
from seqcore.worker.runtime.in_windows import refuse_several_windows

KINDS: dict[type, CellKind] = {SimpleRNN: "rnn", LSTM: "lstm", GRU: "gru", OpenedMinGRU: "min_gru"}


@dataclass(frozen=True)
class ReadExample:
    """The recurrent layers of a model on one example.

    Attributes:
        cells: One a layer and direction, from the input upwards, forward before backward.
        scores: What an attention over the states scores each step with, before the softmax, (steps,); None without.
    """

    cells: tuple[ReadCell, ...]
    scores: NDArray[np.float32] | None

    @property
    def top(self) -> tuple[ReadCell, ...]:
        """The cells of the last layer, forward before backward."""
        last = self.cells[-1].cell.layer
        return tuple(each for each in self.cells if each.cell.layer == last)

    def states(self) -> NDArray[np.float32]:
        """What the last layer says at each step, both directions side by side, (steps, features)."""
        return np.concatenate([each.hidden for each in self.top], axis=1)

    def weighing(self) -> Weighing:
        """How the attention over the states comes to its only sum.

        Raises:
            ValueError: there is no such attention.
        """
        if self.scores is None:
            raise ValueError("the states of this model are not weighed")
        return Weighing(self.scores.astype(np.float64), self.states().astype(np.float64))


class States:
    """The recurrent layers of a finished model; dropout is off, as in every answer.

    Args:
        model: Built of our own layers.
        footprint: Says how many examples are read at once.
        encoder: Of the model.
    """

    def __init__(self, model: keras.Model, footprint: Footprint, encoder: Encoder) -> None:
        self._model, self._footprint, self._encoder = model, footprint, encoder
        layers = [layer for layer in model.layers if isinstance(_sides(layer)[0], tuple(KINDS))]
        self._sides = [_sides(layer) for layer in layers]
        self._scored = any(layer.name == SCORE for layer in model.layers)
        taps = [_given(layer) for layer in layers] + ([model.get_layer(SCORE).output] if self._scored else [])
        self._network = keras.Model(model.input, taps)
        self._read = tf.function(
            self._every_state, input_signature=[input_signature(model), tf.TensorSpec([None], tf.int32)]
        )

    @property
    def cells(self) -> tuple[Cell, ...]:
        """With the weights that they have now, forward before backward."""
        return tuple(_cell(side, number) for number, sides in enumerate(self._sides, start=1) for side in sides)

    @property
    def read_backward(self) -> bool:
        """Whether some of the cells come from the end of an example."""
        return any(cell.direction == "backward" for cell in self.cells)

    def of(self, array: np.ndarray) -> ReadExample:
        """The layers on one encoded example; on one without a step, what is read in its place."""
        ((_, found),) = self.of_many([array])
        return found

    def of_many(self, encoded: Sequence[np.ndarray]) -> Iterator[tuple[int, ReadExample]]:
        """The layers on each of several encoded examples, with its place among them; the shortest come first."""
        refuse_several_windows(self._encoder, encoded)
        examples, cells = Examples(encoded, np.zeros(len(encoded), np.int32), self._encoder), self.cells
        for rows in batches_that_fit(examples.lengths, self._footprint):
            lengths = examples.lengths[rows]
            inputs, states, scores = self._read(examples.batch(rows)[0], lengths)
            given = [each.numpy() for each in inputs]
            arrays = [[each.numpy() for each in carried] for carried in states]
            by_cell = [(cell, given[cell.layer - 1], carried) for cell, carried in zip(cells, arrays, strict=True)]
            for place, (row, steps) in enumerate(zip(rows.tolist(), lengths.tolist(), strict=True)):
                read = tuple(
                    ReadCell(cell, vectors[place, :steps], *(array[place, :steps] for array in carried))
                    for cell, vectors, carried in by_cell
                )
                yield row, ReadExample(read, scores.numpy()[place, :steps] if self._scored else None)

    def logits_along(self, read: ReadExample) -> NDArray[np.float64] | None:
        """What the head says as the example is read on, `(steps, outputs)`; the last row is the model's answer.

        One reading gives all rows. At a step there are the forward states so far; a backward layer has come from the
        end of the example, so what it says is there from the first step; an attention weighs the steps so far. None
        where the head does not stand on the last state or on the attention's sum.
        """
        head = self._model.get_layer(LOGITS)
        below = _below_dropout(self._model, head.input)
        if below is None or not isinstance(head, keras.layers.Dense):
            return None
        if below.name == SUM and read.scores is not None:
            features = read.weighing().sums_so_far()
        elif _gives_last_state(below):
            features = np.concatenate([_so_far(each) for each in read.top], axis=1).astype(np.float64)
        else:
            return None
        kernel, bias = (weight.astype(np.float64) for weight in head.get_weights())
        along: NDArray[np.float64] = features @ kernel + bias
        return along

    def _every_state(self, inputs: tf.Tensor, lengths: tf.Tensor) -> tuple[Any, Any, Any]:
        """Inputs of each layer, states of each cell, scores `(batch, steps)` or nothing."""
        taps = tf.nest.flatten(self._network(inputs, training=False))
        given = taps[: len(self._sides)]
        states = [
            side.every_state(vectors, lengths)
            for vectors, sides in zip(given, self._sides, strict=True)
            for side in sides
        ]
        return given, states, tf.squeeze(taps[-1], -1) if self._scored else tf.zeros([0])


def _sides(layer: keras.layers.Layer) -> list[Any]:
    """The layer, or both layers of a bidirectional one; of a minGRU's gates, what opens them."""
    if isinstance(layer, keras.layers.Bidirectional):
        return [layer.forward_layer, layer.backward_layer]
    return [OpenedMinGRU(layer) if is_min_gru(layer) else layer]


def _given(layer: keras.layers.Layer) -> keras.KerasTensor:
    """What the layer reads, without the mask that some are given beside it."""
    return layer.input[0] if isinstance(layer.input, list | tuple) else layer.input


def _gives_last_state(layer: keras.layers.Layer) -> bool:
    """Whether it hands on the last state of a recurrent layer, be it that layer itself or what picks the state."""
    side: Any = _sides(layer)[0]
    return layer.name == LAST_STEP or (type(side) in KINDS and not side.return_sequences)


def _cell(layer: Any, number: int) -> Cell:
    if isinstance(layer, OpenedMinGRU):
        kernel, bias = (weight.astype(np.float64) for weight in layer.gates.get_weights())
        return Cell("min_gru", number, "forward", kernel, np.zeros((layer.units, 2 * layer.units)), bias)
    kernel, recurrent, bias = (weight.astype(np.float64) for weight in layer.cell.get_weights())
    direction: Direction = "backward" if layer.go_backwards else "forward"
    both = (bias, None) if bias.ndim == 1 else (bias[0], bias[1])
    return Cell(KINDS[type(layer)], number, direction, kernel, recurrent, *both)


def _below_dropout(model: keras.Model, tensor: keras.KerasTensor) -> keras.layers.Layer | None:
    """The layer that makes this tensor, or what dropout, which is off, hands on."""
    for layer in model.layers:
        if layer.output is tensor:
            return _below_dropout(model, layer.input) if isinstance(layer, keras.layers.Dropout) else layer
    return None


def _so_far(read: ReadCell) -> NDArray[np.float32]:
    """The state that a cell has come to when the example is read up to each step, `(steps, units)`."""
    if read.cell.direction == "forward":
        return read.hidden
    return np.broadcast_to(read.hidden[:1], read.hidden.shape)
