"""What gated networks remember before they have learnt anything, and that this lets them learn what stands early."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from seqcore import layers
from seqcore.architectures import Sizes, get_architecture
from seqcore.kinds.sizes import TokenSizes
from seqcore.layers.min_gru import gates_of
from seqcore.spec import TrainingOptions
from seqcore.worker.fit.loop import make_optimizer
from seqcore.worker.fit.steps import train_step
from seqcore.worker.models.build import build_model, logits_of

UNITS = 16
CELLS = {"LSTM": keras.layers.LSTM, "GRU": keras.layers.GRU}


def built(cell: str) -> tuple[keras.layers.Layer, np.ndarray]:
    """A layer of ours, and its bias as Keras has it."""
    layer = getattr(layers, cell)(UNITS)
    layer.build((None, None, 3))
    return layer, layer.cell.bias.numpy()


def kept(bias: np.ndarray) -> np.ndarray:
    """Part of its state that each unit keeps at a step, from the bias alone."""
    gate = bias[UNITS : 2 * UNITS] if bias.ndim == 1 else bias.sum(axis=0)[:UNITS]
    return 1 / (1 + np.exp(-gate))


@pytest.mark.parametrize("cell", CELLS)
def test_every_second_unit_remembers_evenly_up_to_the_longest_text(cell):
    layer, before = built(cell)
    layers.remember_long(layer, 200)
    spans = -1 / np.log(kept(layer.cell.bias.numpy()))
    assert np.all(np.diff(spans[::2]) > 0)
    assert 2 < spans[0] < 5 and 100 < spans[-2] < 200
    np.testing.assert_array_equal(kept(layer.cell.bias.numpy())[1::2], kept(before)[1::2])


def test_a_min_gru_remembers_as_evenly_and_writes_where_a_gru_keeps():
    gates = gates_of(UNITS, 0)
    gates.build((None, None, 3))
    layers.remember_long(gates, 200)
    spans = -1 / np.log(1 - 1 / (1 + np.exp(-gates.bias.numpy()[:UNITS])))
    assert np.all(np.diff(spans[::2]) > 0)
    assert 2 < spans[0] < 5 and 100 < spans[-2] < 200
    assert not gates.bias.numpy()[1::2].any() and not gates.bias.numpy()[UNITS:].any()


@pytest.mark.parametrize("steps", [0, 1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_short_texts_need_no_long_memory_but_get_finite_values(cell, steps):
    layer, _ = built(cell)
    layers.remember_long(layer, steps)
    assert np.isfinite(layer.cell.bias.numpy()).all()


def test_a_layer_without_gates_stays_as_it_is():
    layer, before = built("SimpleRNN")
    layers.remember_long(layer, 200)
    np.testing.assert_array_equal(layer.cell.bias.numpy(), before)


@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_the_notebooks_way_keeps_keras_own_values(name):
    keras.utils.set_random_seed(0)
    ours = build_model(get_architecture(name), sizes(), get_architecture(name).validate_options({"memory": "keras"}))
    side = next(each for each in ours.layers if isinstance(each, keras.layers.RNN))
    stock = CELLS[type(side).__name__](side.units)
    stock.build((None, None, 32))
    np.testing.assert_array_equal(side.cell.bias.numpy(), stock.cell.bias.numpy())


def sizes() -> Sizes:
    return Sizes(TokenSizes(60, 150), 2)


def planted(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Texts of 150 tokens: the first two say which of two classes, the rest is noise."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, rows).astype(np.int32)
    tokens = rng.integers(10, 60, (rows, 150)).astype(np.int32)
    tokens[:, 0] = tokens[:, 1] = 2 + labels
    return tokens, labels


def accuracy_on_planted(name: str, memory: str, steps: int) -> float:
    keras.utils.set_random_seed(0)
    architecture = get_architecture(name)
    model = build_model(architecture, sizes(), architecture.validate_options({"memory": memory}))
    step = train_step(model, make_optimizer(TrainingOptions(learning_rate=0.01)), np.ones(2, np.float32))
    for seed in range(steps):
        step(*planted(16, seed))
    step.settle()
    tokens, labels = planted(200, 1000)
    return float(((logits_of(model)(tokens).numpy()[:, 0] > 0) == labels).mean())


@pytest.mark.parametrize("name", ["lstm", "gru", "min_gru"])
def test_what_the_first_words_of_a_long_text_say_is_learnt(name):
    """With Keras' first values both stay at chance, however long they are trained."""
    assert accuracy_on_planted(name, "long", 80) > 0.9
