"""Recurrent layers, opened: every gate and state equals that of Keras' own cell, stepped by hand."""

from __future__ import annotations

from functools import cache

import keras
import numpy as np
import pytest

from seqcore.analysis.cells import ReadCell
from seqcore.architectures import Sizes, architectures, get_architecture
from seqcore.architectures.recurrent import is_recurrent
from seqcore.kinds.sizes import TokenSizes
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.worker.models.build import build_model
from seqcore.worker.runtime.finished_model import FinishedModel

RECURRENT = [each.name for each in architectures() if is_recurrent(each)]
LENGTHS = (7, 1, 4)
OPTIONS = {"embedding_size": 5, "units": 3, "layers": 2, "dropout": 0.5}
CELLS = {"rnn": keras.layers.SimpleRNNCell, "lstm": keras.layers.LSTMCell, "gru": keras.layers.GRUCell}
NAMES = {
    "rnn": {"activation": ["hidden"]},
    "lstm": {"recurrent_activation": ["input", "forget", "output"], "activation": ["candidate", "squashed cell"]},
    "gru": {"recurrent_activation": ["update", "reset"], "activation": ["candidate"]},
}  # what Keras' cells activate, in the order in which they do


@cache
def model_of(name: str) -> FinishedModel:
    """Two layers with dropout and weights drawn at random."""
    architecture = get_architecture(name)
    encoder = TextEncoder.fit(["a b c d e f g"], TextOptions())
    sizes, options = Sizes(encoder.sizes, 3), architecture.validate_options(OPTIONS)
    model = build_model(architecture, sizes, options)
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape, scale=0.7) for weight in model.get_weights()])
    return FinishedModel(architecture, "text", model, encoder, ("x", "y", "z"), architecture.footprint(sizes, options))


def ids_of(name: str) -> list[np.ndarray]:
    size = model_of(name).encoder.sizes
    assert isinstance(size, TokenSizes)
    rng = np.random.default_rng(1)
    return [rng.integers(1, size.vocabulary, length).astype(np.int32) for length in LENGTHS]


def min_gru_by_hand(read: ReadCell, layer: keras.layers.Layer) -> dict[str, np.ndarray]:
    """The equations of its paper, a step at a time; Keras has no such cell."""
    kernel, bias = layer.get_weights()
    update, candidate = np.split(read.inputs @ kernel + bias, 2, axis=1)
    update, state, states = 1 / (1 + np.exp(-update)), np.zeros(read.cell.units), []
    for gate, new in zip(update, candidate, strict=True):
        state = (1 - gate) * state + gate * new
        states.append(state)
    return {"update": update, "candidate": candidate, "hidden": np.array(states)}


def stepped_by_hand(read: ReadCell, layer: keras.layers.Layer) -> dict[str, np.ndarray]:
    """What a fresh cell of Keras with the same weights activates and carries, (steps, units) each."""
    kind = read.cell.kind
    if kind == "min_gru":
        return min_gru_by_hand(read, layer)
    cell = CELLS[kind](read.cell.units)
    cell.build((None, read.inputs.shape[1]))
    cell.set_weights(layer.cell.get_weights())
    seen: list[tuple[str, np.ndarray]] = []
    for attribute in NAMES[kind]:
        watch(cell, attribute, seen)
    order = range(len(read.inputs)) if read.cell.direction == "forward" else range(len(read.inputs))[::-1]
    states = [np.zeros((1, read.cell.units), np.float32) for _ in range(2 if kind == "lstm" else 1)]
    found: dict[int, dict[str, np.ndarray]] = {}
    for step in order:
        seen.clear()
        _, states = cell(read.inputs[step : step + 1], states)
        values = {"hidden": states[0], **({"cell": states[1]} if kind == "lstm" else {})}
        for attribute, names in NAMES[kind].items():
            activated = [value for name, value in seen if name == attribute]
            values |= dict(zip(names, activated, strict=True))
        found[step] = {name: np.asarray(value)[0] for name, value in values.items()}
    return {name: np.stack([found[step][name] for step in sorted(found)]) for name in found[0]}


def watch(cell: keras.layers.Layer, attribute: str, seen: list[tuple[str, np.ndarray]]) -> None:
    activation = getattr(cell, attribute)

    def watched(values):
        activated = activation(values)
        seen.append((attribute, np.asarray(activated)))
        return activated

    setattr(cell, attribute, watched)


def layers_of(name: str) -> list[keras.layers.Layer]:
    """Keras layers in the order of the cells."""
    found = []
    for layer in model_of(name).model.layers:
        if isinstance(layer, keras.layers.Bidirectional):
            found += [layer.forward_layer, layer.backward_layer]
        elif isinstance(layer, keras.layers.RNN) or layer.name.startswith("min_gru_"):
            found.append(layer)
    return found


@pytest.mark.parametrize("name", RECURRENT)
def test_every_gate_and_state_equals_that_of_keras_own_cell(name: str):
    for _, read in model_of(name).states.of_many(ids_of(name)):
        assert len(read.cells) == len(layers_of(name)) == (4 if "bi" in name else 2)
        for cell, layer in zip(read.cells, layers_of(name), strict=True):
            expected, gates = stepped_by_hand(cell, layer), cell.gates()
            assert set(gates) == set(expected) - {"squashed cell"}
            for gate, values in gates.items():
                np.testing.assert_allclose(values, expected[gate], atol=1e-5, err_msg=f"{gate} of {cell.cell}")


@pytest.mark.parametrize("name", RECURRENT)
def test_a_layer_is_given_what_the_layer_below_says_in_the_order_of_the_text(name: str):
    (_, read), *_ = model_of(name).states.of_many(ids_of(name))
    table = model_of(name).model.get_layer("embedding").get_weights()[0]
    below, above = read.cells[: len(read.cells) // 2], read.top
    shortest = min(ids_of(name), key=len)
    np.testing.assert_array_equal(below[0].inputs, table[shortest])
    said = np.concatenate([each.hidden for each in below], axis=1)
    for each in above:
        np.testing.assert_allclose(each.inputs, said, atol=1e-6)


@pytest.mark.parametrize("name", RECURRENT)
def test_padding_changes_nothing_and_every_example_keeps_its_place(name: str):
    ids = ids_of(name)
    together = dict(model_of(name).states.of_many(ids))
    assert sorted(together) == [0, 1, 2]
    for place, array in enumerate(ids):
        alone = model_of(name).states.of(array)
        for one, other in zip(alone.cells, together[place].cells, strict=True):
            assert len(other.hidden) == len(array)
            np.testing.assert_allclose(one.hidden, other.hidden, atol=1e-6)


@pytest.mark.parametrize("name", RECURRENT)
def test_the_parts_of_a_gate_and_the_states_of_a_step_add_up_exactly(name: str):
    read = model_of(name).states.of(ids_of(name)[0])
    steps, units = [6, 0, 3], [2, 0]
    for cell in read.cells:
        parts, states = cell.parts(steps, units), cell.states(steps, units)
        for gate, each in parts.items():
            scale = parts["reset"].after if (cell.cell.kind, gate) == ("gru", "candidate") else 1
            state_bias = 0 if each.state_bias is None else each.state_bias
            np.testing.assert_array_equal(
                each.before, each.from_input + each.bias + scale * (each.from_state + state_bias)
            )
            squashed = gate in ("candidate", "hidden")
            expected = np.tanh(each.before) if squashed else 1 / (1 + np.exp(-each.before))
            if (cell.cell.kind, gate) == ("min_gru", "candidate"):
                expected = each.before
            np.testing.assert_allclose(each.after, expected, rtol=1e-14)
        place = np.ix_(steps, units)
        np.testing.assert_allclose(states.hidden, cell.hidden[place], atol=1e-6)
        np.testing.assert_array_equal(states.previous_hidden, cell.previous(cell.hidden)[place])
        if cell.memory is not None:
            np.testing.assert_allclose(states.memory, cell.memory[place], atol=1e-6)


def test_the_first_step_that_a_cell_reads_comes_from_nothing():
    forward, backward = model_of("bilstm").states.of(ids_of("bilstm")[0]).top
    assert not forward.previous(forward.hidden)[0].any() and forward.previous(forward.hidden)[-1].any()
    assert not backward.previous(backward.hidden)[-1].any() and backward.previous(backward.hidden)[0].any()


@pytest.mark.parametrize("name", ["lstm_attention", "bilstm_attention"])
def test_an_attention_s_sum_is_made_of_the_model_s_own_weights(name: str):
    model, text = model_of(name), "a c g e b"
    weighing = model.states.of(model.read(text)).weighing()
    np.testing.assert_allclose(weighing.weights, model.look(text)[1][0], atol=1e-6)
    np.testing.assert_allclose(weighing.sums_so_far()[-1], weighing.weights @ weighing.values, atol=1e-12)


@pytest.mark.parametrize(("layer", "head", "step"), [(0, 0, 0), (1, 1, 3)])
def test_a_head_s_softmax_is_the_row_of_the_step_that_looks(layer: int, head: int, step: int):
    model, text = transformer(), "a c g e b"
    weighing = model.heads.weighing(model.read(text), layer=layer, head=head, step=step)
    np.testing.assert_allclose(weighing.weights, model.look(text)[1][layer][head, step], atol=1e-6)


def test_the_sums_of_all_heads_make_the_layer_s_output():
    model = transformer()
    array, layer = model.read("a c g e b"), model.model.get_layer("attention_0")
    *_, projection, bias = layer.get_weights()
    sums = [model.heads.weighing(array, layer=0, head=head, step=2) for head in range(model.heads.heads)]
    made = sum(each.weights @ each.values @ projection[head] for head, each in enumerate(sums)) + bias
    network = keras.Model(model.model.input, layer.output[0])
    np.testing.assert_allclose(network(array[None]).numpy()[0, 2], made, atol=1e-5)


@cache
def transformer() -> FinishedModel:
    architecture = get_architecture("transformer")
    encoder = TextEncoder.fit(["a b c d e f g"], TextOptions())
    sizes = Sizes(encoder.sizes, 3)
    options = architecture.validate_options({"embedding_size": 6, "units": 3, "layers": 2, "heads": 2})
    model = build_model(architecture, sizes, options)
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape, scale=0.7) for weight in model.get_weights()])
    return FinishedModel(architecture, "text", model, encoder, ("x", "y", "z"), architecture.footprint(sizes, options))
