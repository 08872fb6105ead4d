"""A model answers with the weights that it is given."""

from __future__ import annotations

import pytest

from seqcore.architectures import get_architecture
from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection
from seqcore.inspections.attention_changed import ChangedAttention
from tests.inspections.hand_built import model_that

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
    assert "several heads" in INSPECTION.applies_to(get_architecture("transformer"), "text")
    assert INSPECTION.applies_to(get_architecture("gru"), "text") == "has no attention to show"
