"""A first state of gates in which half of the units remember far beyond the next few steps."""

from __future__ import annotations

import keras
import numpy as np

from seqcore.layers.min_gru import is_min_gru


def remember_long(layer: keras.layers.Layer, steps: int) -> None:
    """Set the gate biases of a built LSTM or GRU, of both sides of a bidirectional one, or of a minGRU's gates.

    With Keras' values every unit forgets a quarter (LSTM, forget bias 1) or half (GRU, bias 0) of its state at each
    step: after 150 steps neither the state nor its gradient knows of the first words, so a long text whose class is
    told early cannot be learned. Every second unit is given a bias under which it forgets within 3.7 to `steps` steps,
    evenly spread in their logarithm (after Tallec & Ollivier 2018, arXiv:1804.11188); an LSTM's unit writes
    accordingly less. The other half keeps Keras' values for what is near. Nothing is drawn, so all other first
    weights stay what the seed makes them.

    Args:
        layer: Built; other layers stay as they are.
        steps: The longest span to be remembered.
    """
    sides = (layer.forward_layer, layer.backward_layer) if isinstance(layer, keras.layers.Bidirectional) else (layer,)
    for side in sides:
        if isinstance(side, keras.layers.LSTM | keras.layers.GRU):
            side.cell.bias.assign(_long(side.cell.bias.numpy(), side.cell.units, steps))
        elif is_min_gru(side):
            side.bias.assign(_long_of_min_gru(side.bias.numpy(), side.units // 2, steps))


def _long(bias: np.ndarray, units: int, steps: int) -> np.ndarray:
    """The same with the keeping gates of every second unit opened: an LSTM's (4 · units,), a GRU's (2, 3 · units)."""
    keeping = _keeping(units, steps)
    bias = bias.copy()
    if bias.ndim == 1:  # gates i, f, c, o
        bias[units : 2 * units : 2] = keeping
        bias[:units:2] = -keeping
    else:  # gates z, r, h; the second row belongs to the state
        bias[0, :units:2] = keeping
    return bias


def _long_of_min_gru(bias: np.ndarray, units: int, steps: int) -> np.ndarray:
    """The same of a minGRU, (2 · units,): its gate writes where theirs keep."""
    bias = bias.copy()
    bias[:units:2] = -_keeping(units, steps)
    return bias


def _keeping(units: int, steps: int) -> np.ndarray:
    """What a keeping gate is given before its σ in every second unit: σ(log n) ≈ 1 - 1 / n."""
    keeping: np.ndarray = np.log(np.geomspace(np.e, max(steps, np.e), units))[::2]
    return keeping
