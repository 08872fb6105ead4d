"""A model answers with the weights that it is given."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.architectures import get_architecture
from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection
from seqcore.inspections.attention_changed import ChangedAttention
from tests.inspections.hand_built import model_that
from tests.inspections.tiny_models import fresh_model

TEXT = "a film warm and cold"
INSPECTION = get_inspection("attention_changed")
MODEL = model_that(answers_by="warm", looks_at="warm")


def ask(text: str = TEXT, **values: object) -> ChangedAttention:
    return INSPECTION.compute(MODEL, INSPECTION.validated({"text": text, **values}))


def test_its_own_weights_lead_to_its_own_answer():
    own = ask().own
    found = ask(weights=list(own))
    assert found.probabilities == pytest.approx(found.before, abs=1e-6)
    assert found.prediction == "good"


def test_a_model_that_is_told_to_look_elsewhere_answers_by_what_is_there():
    found = ask(weights=[1, 0, 0, 0, 0])
    assert found.prediction == "bad"
    assert found.before[1] > 0.9
    assert [step.weight for step in found.tokens] == [1, 0, 0, 0, 0]


def test_weights_are_scaled_to_sum_to_one():
    assert [step.weight for step in ask(weights=[3, 1, 0, 0, 0]).tokens] == [0.75, 0.25, 0, 0, 0]


def test_without_weights_it_looks_everywhere_alike():
    assert [step.weight for step in ask().tokens] == pytest.approx([0.2] * 5)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, 2], "The model reads 5 tokens of this text. Got 2 weights. Give each token one."),
        ([0, 0, 0, 0, 0], "Weights are numbers from 0, at least one of them above it."),
        ([1, -1, 0, 0, 0], "Weights are numbers from 0"),
        ([1, float("nan"), 0, 0, 0], "Weights are numbers from 0"),
    ],
)
def test_weights_that_cannot_be_are_refused(weights: list[float], message: str):
    with pytest.raises(InspectionError, match=message):
        ask(weights=weights)


def test_of_a_text_of_which_nothing_is_read_the_answer_stays():
    found = ask("\x00", weights=[1.0])
    assert found.tokens == () and found.probabilities == pytest.approx(found.before)


def test_other_models_say_why_not():
    assert INSPECTION.applies_to(get_architecture("gru"), "text") == "has no attention to show"


TRANSFORMER = fresh_model(get_architecture("transformer"), layers=2)
CHOICES = [{}, {"layer": 1}, {"head": 2}, {"layer": 2, "head": 1}]


def ask_heads(text: str = "a warm film and cold", **values: object) -> ChangedAttention:
    return INSPECTION.compute(TRANSFORMER, INSPECTION.validated({"text": text, **values}))


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_a_transformer_with_its_own_shares_answers_as_it_does(choice: dict[str, int]):
    own = ask_heads(**choice).own
    assert sum(own) == pytest.approx(1, abs=1e-5)
    found = ask_heads(weights=list(own), **choice)
    assert found.probabilities == pytest.approx(found.before, abs=1e-5)


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_heads_that_are_told_to_look_at_one_word_all_do(choice: dict[str, int]):
    found = ask_heads(weights=[0, 1, 0, 0, 0], **choice)
    _, layers = TRANSFORMER.look(found.text)
    for number, layer in enumerate(layers, start=1):
        for head in range(len(layer)):
            if choice.get("layer", number) == number and choice.get("head", head + 1) == head + 1:
                layer[head] = np.eye(5)[1]
    (array,) = TRANSFORMER.encoder.encode([found.text])
    wanted = TRANSFORMER.given_head_weights.probabilities(array, layers)
    assert found.probabilities == pytest.approx(wanted, abs=1e-6)


def test_the_own_shares_are_those_of_the_chosen_head():
    _, layers = TRANSFORMER.look("a warm film and cold")
    assert ask_heads(layer=2, head=1).own == pytest.approx(layers[1][0].mean(axis=0), abs=1e-6)
    assert (ask_heads().layers, ask_heads().heads) == (2, 2)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"layer": 3}, "no layer of that number. Got 3. Choose from 0 to 2"),
        ({"head": 9}, "no head of that number. Got 9"),
    ],
)
def test_a_head_that_is_not_there_is_refused(values: dict[str, int], message: str):
    with pytest.raises(InspectionError, match=message):
        ask_heads(**values)


def test_of_a_text_of_which_a_transformer_reads_nothing_the_answer_stays():
    found = ask_heads("\x00")
    assert found.tokens == () and found.probabilities == pytest.approx(found.before)
