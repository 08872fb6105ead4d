"""The parts of a training step that NumPy would take several walks through memory for, as machine code.

`seqcore.layers.machine_code` says how they are compiled.
"""

from __future__ import annotations

import numpy as np
from numba import float32

from seqcore.layers.machine_code import ROWS, add_product, kernel

MACHINE_CODE = 0x0A9B1C0A  # the checksum of that file
FRAMES = "float32[:,:,::1]"


@kernel("void(float32[:,::1], int32[::1], float32[:,::1])")
def add_rows(total: np.ndarray, ids: np.ndarray, rows: np.ndarray) -> None:
    """total[ids[n]] += rows[n], for one n after the other."""
    for place in range(len(ids)):
        into, row = total[ids[place]], rows[place]
        for column in range(len(row)):
            into[column] += row[column]


@kernel("void(float32[::1], float32[::1], float32[::1], float32[::1], float32, float32, float32, float32, float32)")
def adam(
    values: np.ndarray,
    means: np.ndarray,
    squares: np.ndarray,
    gradients: np.ndarray,
    rate: float,
    first: float,
    second: float,
    epsilon: float,
    kept: float,
) -> None:
    """One update of Kingma & Ba 2015 (arXiv:1412.6980), all in place; the gradients are zeros afterwards.

    Args:
        values: What is trained.
        means: Running average of the gradients.
        squares: And of their squares.
        gradients: Of this step.
        rate: The learning rate, corrected for the averages' beginning at zero.
        first: 1 - beta_1.
        second: 1 - beta_2.
        epsilon: Outside the correction, as Keras has it.
        kept: What the values are multiplied with before, which is weight decay; 1 is none.
    """
    for place in range(len(values)):
        gradient = gradients[place]
        mean = means[place] + (gradient - means[place]) * first
        square = squares[place] + (gradient * gradient - squares[place]) * second
        values[place] = values[place] * kept - rate * mean / (np.sqrt(square) + epsilon)
        means[place], squares[place], gradients[place] = mean, square, 0


@kernel("Tuple((float32[:,::1], float64, int64))(float32[:,::1], int32[::1], float32[::1], float32)")
def cross_entropy(
    logits: np.ndarray, labels: np.ndarray, weights: np.ndarray, share: float
) -> tuple[np.ndarray, float, int]:
    """The loss of a batch and where it comes from.

    Args:
        logits: `(batch, outputs)`; of two classes one, that of the second.
        labels: `(batch,)`.
        weights: Of each class, in the slopes only.
        share: Of one example in the slopes: 1 / examples.

    Returns:
        The slope of the weighted mean by each logit, the sum of the losses in nats, and how many answers are right:
        of several logits that are greatest alike the first is the answer.
    """
    batch, outputs = logits.shape
    slopes = np.empty((batch, outputs), np.float32)
    loss, right = 0.0, 0
    for row in range(batch):
        label = labels[row]
        weight = weights[label] * share
        if outputs == 1:
            logit = logits[row, 0]
            faded = np.exp(-abs(logit))
            loss += max(logit, float32(0)) + np.log1p(faded) - label * logit
            answer = float32(1) / (float32(1) + faded) if logit > 0 else faded / (float32(1) + faded)
            slopes[row, 0] = (answer - float32(label)) * weight
            right += (logit > 0) == (label == 1)
        else:
            greatest, answer_at = logits[row, 0], 0
            for output in range(1, outputs):
                if logits[row, output] > greatest:
                    greatest, answer_at = logits[row, output], output
            total = float32(0)
            for output in range(outputs):
                slopes[row, output] = np.exp(logits[row, output] - greatest)
                total += slopes[row, output]
            loss += np.log(total) + greatest - logits[row, label]
            for output in range(outputs):
                slopes[row, output] *= weight / total
            slopes[row, label] -= weight
            right += answer_at == label
    return slopes, loss, right


@kernel("float32[:,::1](float32[:,::1], boolean[:,::1])")
def masked_softmax(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The softmax over each row of what is real; of a row of which nothing is, all alike. `(batch, steps)`."""
    batch, steps = scores.shape
    weights = np.empty((batch, steps), np.float32)
    for row in range(batch):
        greatest = float32(-1e9)
        for step in range(steps):
            if mask[row, step]:
                greatest = max(greatest, scores[row, step])
        total = float32(0)
        for step in range(steps):
            weights[row, step] = np.exp((scores[row, step] if mask[row, step] else float32(-1e9)) - greatest)
            total += weights[row, step]
        for step in range(steps):
            weights[row, step] /= total
    return weights


@kernel("float32[:,::1](float32[:,::1], float32[:,::1], boolean[:,::1])")
def masked_softmax_back(upstream: np.ndarray, weights: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The gradient by the scores of `masked_softmax`, from that by its weights."""
    batch, steps = weights.shape
    changes = np.zeros((batch, steps), np.float32)
    for row in range(batch):
        common = float32(0)
        for step in range(steps):
            common += upstream[row, step] * weights[row, step]
        for step in range(steps):
            if mask[row, step]:
                changes[row, step] = weights[row, step] * (upstream[row, step] - common)
    return changes


@kernel(f"Tuple((float32[:,::1], int32[:,::1]))({FRAMES})")
def strongest(frames: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The maximum over the steps, and the first step that has it, `(batch, features)` each."""
    batch, steps, features = frames.shape
    found, places = frames[:, 0].copy(), np.zeros((batch, features), np.int32)
    for row in range(batch):
        for step in range(1, steps):
            for feature in range(features):
                is_stronger = frames[row, step, feature] > found[row, feature]
                found[row, feature] = frames[row, step, feature] if is_stronger else found[row, feature]
                places[row, feature] = step if is_stronger else places[row, feature]
    return found, places


@kernel(f"{FRAMES}({FRAMES}, {FRAMES}, float32[::1], int64)")
def convolution(inputs: np.ndarray, filters: np.ndarray, bias: np.ndarray, left: int) -> np.ndarray:
    """relu(inputs * filters + bias) at every step, as if zeros stood around each example.

    Args:
        inputs: `(batch, steps, features)`.
        filters: `(width, features, filters)`.
        bias: `(filters,)`.
        left: Neighbours before a step that its filters see.

    Returns:
        `(batch, steps, filters)`.
    """
    batch, steps, features = inputs.shape
    width, outer = filters.shape[0], filters.shape[2]
    found = np.empty((batch, steps, outer), np.float32)
    around = np.zeros((steps + width + ROWS, features), np.float32)
    sums = np.empty((ROWS, outer), np.float32)
    for row in range(batch):
        around[left : left + steps] = inputs[row]
        for step in range(0, steps, ROWS):
            for each in range(ROWS):
                sums[each] = bias
            for place in range(width):
                add_product(sums, around[step + place : step + place + ROWS], filters[place])
            for each in range(min(ROWS, steps - step)):
                for output in range(outer):
                    found[row, step + each, output] = max(sums[each, output], float32(0))
    return found


@kernel(
    f"Tuple((float32[:,:,::1], float32[:,:,::1]))(float32[:,::1], int32[:,::1], {FRAMES}, {FRAMES}, {FRAMES}, int64)"
)
def convolution_back(
    slopes: np.ndarray, places: np.ndarray, outputs: np.ndarray, inputs: np.ndarray, filters: np.ndarray, left: int
) -> tuple[np.ndarray, np.ndarray]:
    """Back-propagation through `convolution` from one step of each filter and example.

    Args:
        slopes: The loss's gradient by the output there, `(batch, filters)`.
        places: The step, `(batch, filters)`.
        outputs: What `convolution` gave.
        inputs: As forwards.
        filters: As forwards, but filter by filter: `(filters, width, features)`.
        left: As forwards.

    Returns:
        The gradients by the inputs and by the filters, `(filters, width, features)`.
    """
    batch, steps, features = inputs.shape
    outer, width, _ = filters.shape
    by_inputs, by_filters = np.zeros(inputs.shape, np.float32), np.zeros(filters.shape, np.float32)
    for row in range(batch):
        for output in range(outer):
            step = places[row, output]
            slope = slopes[row, output]
            if outputs[row, step, output] > 0 and slope != 0:
                for place in range(max(0, left - step), min(width, steps + left - step)):
                    neighbour = step + place - left
                    for feature in range(features):
                        by_inputs[row, neighbour, feature] += slope * filters[output, place, feature]
                    for feature in range(features):
                        by_filters[output, place, feature] += slope * inputs[row, neighbour, feature]
    return by_inputs, by_filters
