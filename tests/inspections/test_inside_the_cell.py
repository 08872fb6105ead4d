"""Inside the cell: grids of tokens by units for every layer, and one step's numbers that add up."""

from __future__ import annotations

import json

import numpy as np
import pytest

from seqcore.architectures import Architecture, architectures, get_architecture
from seqcore.architectures.recurrent import is_recurrent
from seqcore.errors import InspectionError
from seqcore.inspections import gates as gates_module
from seqcore.inspections.attention_step import AttentionStepRequest, attention_step
from seqcore.inspections.cell_step import CellStepRequest, cell_step
from seqcore.inspections.gates import GatesRequest, gates
from tests.inspections.tiny_models import fresh_model

RECURRENT = [each for each in architectures() if is_recurrent(each)]
LOOKING = [each for each in architectures() if each.attention in ("tokens", "heads")]
recurrent = pytest.mark.parametrize("architecture", RECURRENT, ids=lambda each: each.name)
looking = pytest.mark.parametrize("architecture", LOOKING, ids=lambda each: each.name)
TEXT = "a cold film and lovely"
NAMES = {
    "rnn": {"hidden"},
    "lstm": {"input", "forget", "candidate", "output", "cell", "hidden"},
    "gru": {"update", "reset", "candidate", "hidden"},
    "min_gru": {"update", "candidate", "hidden"},
}


@recurrent
def test_every_layer_and_direction_has_its_gates_tokens_by_units(architecture: Architecture):
    found = gates(fresh_model(architecture, classes=("no", "yes"), layers=2), GatesRequest(text=TEXT))
    ways = ["forward", "backward"] if architecture.name.startswith("bi") else ["forward"]
    assert [(each.layer, each.direction) for each in found.layers] == [(n, way) for n in (1, 2) for way in ways]
    for each in found.layers:
        assert set(each.gates) == NAMES[each.cell]
        assert all(grid.shape == (5, 3) for grid in each.gates.values())
        assert each.units == (0, 1, 2)


@recurrent
def test_the_order_of_units_begins_with_the_one_that_varies_most(architecture: Architecture):
    (layer, *_) = gates(fresh_model(architecture), GatesRequest(text=TEXT)).layers
    spread = layer.gates["hidden"].std(axis=0)
    assert list(layer.order) == np.argsort(-spread).tolist()
    (fewer, *_) = gates(fresh_model(architecture), GatesRequest(text=TEXT, units=2)).layers
    assert set(fewer.units) == set(layer.order[:2])
    np.testing.assert_array_equal(fewer.gates["hidden"], layer.gates["hidden"][:, list(fewer.units)])


@recurrent
@pytest.mark.parametrize("text", ["", "?!", "never seen", "warm", "🎬 warm", "فيلم warm רע", "warm " * 5000])
def test_any_text_has_a_row_a_token(architecture: Architecture, text: str):
    found = gates(fresh_model(architecture), GatesRequest(text=text))
    assert found.tokens == tuple(text[start:end] for start, end in found.spans)
    assert len(found.tokens) <= 5
    for each in found.layers:
        assert {grid.shape for grid in each.gates.values()} == {(len(found.tokens), 3)}
    json.dumps(found.model_dump(mode="json"), allow_nan=False)


def test_of_a_long_text_the_units_that_vary_most_are_kept(monkeypatch):
    monkeypatch.setattr(gates_module, "MOST_NUMBERS", 2 * 5 * 6)
    (layer,) = gates(fresh_model(get_architecture("lstm")), GatesRequest(text=TEXT)).layers
    assert len(layer.units) == 2 and set(layer.units) == set(layer.order)


@recurrent
def test_the_numbers_of_a_step_make_the_states_that_the_cell_has(architecture: Architecture):
    model = fresh_model(architecture, classes=("no", "yes"), layers=2)
    for layer in gates(model, GatesRequest(text=TEXT)).layers:
        asked = CellStepRequest(text=TEXT, layer=layer.layer, direction=layer.direction, steps=(4, 1), units=(2, 0))
        found = cell_step(model, asked)
        assert (found.steps, found.units, found.cell) == ((4, 1), (2, 0), layer.cell)
        after = {name: gate.after for name, gate in found.gates.items()}
        np.testing.assert_array_equal(found.hidden, new_state(found, after))
        place = np.ix_([3, 0], [2, 0])
        np.testing.assert_allclose(found.hidden, layer.gates["hidden"][place], atol=1e-6)
        for name, values in after.items():
            np.testing.assert_allclose(values, layer.gates[name][place], atol=1e-6)


def new_state(found, after):
    """The hidden state by the equations that the answer is documented with."""
    if found.cell == "rnn":
        return after["hidden"]
    if found.cell == "gru":
        return after["update"] * found.previous_hidden + (1 - after["update"]) * after["candidate"]
    if found.cell == "min_gru":
        return (1 - after["update"]) * found.previous_hidden + after["update"] * after["candidate"]
    cell = after["forget"] * found.previous_cell + after["input"] * after["candidate"]
    np.testing.assert_array_equal(cell, found.new_cell)
    return after["output"] * np.tanh(cell)


@recurrent
def test_numbers_as_json_add_up_exactly(architecture: Architecture):
    found = cell_step(fresh_model(architecture), CellStepRequest(text=TEXT)).model_dump(mode="json", exclude_none=True)
    reset = np.array(found["gates"]["reset"]["after"]) if "reset" in found["gates"] else 1
    for name, gate in found["gates"].items():
        parts = {part: np.array(values) for part, values in gate.items()}
        scale = reset if name == "candidate" else 1
        expected = parts["from_input"] + parts["bias"] + scale * (parts["from_state"] + parts.get("state_bias", 0.0))
        np.testing.assert_array_equal(parts["before"], expected)


@recurrent
def test_without_any_named_all_steps_are_told_of_the_units_that_vary_most(architecture: Architecture):
    found = cell_step(fresh_model(architecture), CellStepRequest(text=TEXT))
    assert found.steps == (1, 2, 3, 4, 5)
    assert found.units == (0, 1, 2)
    assert cell_step(fresh_model(architecture), CellStepRequest(text="")).steps == ()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"layer": 2}, "There is no such recurrent layer. Got 2 forward. Choose from: 1 forward."),
        ({"direction": "backward"}, "There is no such recurrent layer. Got 1 backward. Choose from: 1 forward."),
        ({"steps": (6,)}, "There is no step of that number. Got 6. Choose from 1 to 5."),
        ({"steps": (0,)}, "There is no step of that number. Got 0. Choose from 1 to 5."),
        ({"units": (3,)}, "There is no unit of that number. Got 3. Choose from 0 to 2."),
        ({"text": "", "steps": (1,)}, "There is no step of that number. Got 1. The model reads no step here."),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(values, message):
    with pytest.raises(InspectionError) as error:
        cell_step(fresh_model(get_architecture("lstm")), CellStepRequest(**{"text": TEXT, **values}))
    assert str(error.value) == message


@looking
def test_scores_become_weights_and_weights_a_sum(architecture: Architecture):
    model = fresh_model(architecture)
    asked = {"head": 2, "step": 3} if architecture.attention == "heads" else {}
    found = attention_step(model, AttentionStepRequest(text=TEXT, **asked))
    exponentials = np.exp(found.scores)
    np.testing.assert_allclose(found.weights, exponentials / exponentials.sum(), rtol=1e-12)
    np.testing.assert_allclose(found.sum, found.weights @ found.values, rtol=1e-12)
    (layer,) = model.look(TEXT)[1]
    np.testing.assert_allclose(found.weights, layer[1, 2] if asked else layer, atol=1e-6)


@looking
@pytest.mark.parametrize("text", ["", "never seen", "warm", "🎬 warm", "warm " * 5000])
def test_attention_to_any_text_has_a_score_a_token(architecture: Architecture, text: str):
    found = attention_step(fresh_model(architecture), AttentionStepRequest(text=text))
    assert len(found.scores) == len(found.weights) == len(found.values) == len(found.tokens)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"layer": 2}, "There is no layer of that number. Got 2. Choose from 1 to 1."),
        ({"head": 3}, "There is no head of that number. Got 3. Choose from 1 to 2."),
        ({"step": 6}, "There is no step of that number. Got 6. Choose from 1 to 5."),
        ({"units": (2,)}, "There is no unit of that number. Got 2. Choose from 0 to 1."),
    ],
)
def test_a_head_that_is_not_there_is_refused_with_what_is(values, message):
    with pytest.raises(InspectionError) as error:
        attention_step(fresh_model(get_architecture("transformer")), AttentionStepRequest(text=TEXT, **values))
    assert str(error.value) == message
