"""Rollout of a transformer: onto what it answers from, and as a map that is put to the test."""

import numpy as np
import pytest

from seqcore.analysis.rollout import rollout
from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection
from seqcore.inspections.contracts import StepWeights
from tests.inspections.tiny_models import fresh_model

TEXT = "a warm and lovely film"
MODEL = fresh_model("transformer", layers=2)


def ask(name: str, text: str = TEXT, **values: object) -> StepWeights:
    inspection = get_inspection(name)
    return inspection.compute(MODEL, inspection.validated({"text": text, **values}))


def test_its_weights_are_what_the_mean_over_the_real_steps_is_made_of():
    layers = MODEL.look(TEXT)[1]
    assert len(layers) == 2
    weights = [step.weight for step in ask("rollout").tokens]
    np.testing.assert_allclose(weights, rollout(layers).mean(axis=0), rtol=1e-6)
    assert sum(weights) == pytest.approx(1)


def test_the_model_answers_from_the_mean_of_its_states():
    """Were it another, the rollout would have to end in another sum."""
    assert type(MODEL.model.get_layer("mean_of_steps")).__name__ == "GlobalAveragePooling1D"


def test_it_can_be_put_to_the_test_as_every_map():
    found = ask("trust", method="rollout")
    assert found.method == "rollout"
    assert found.attention is not None
    assert 0 <= found.trust <= 1


def test_a_model_without_heads_is_refused_with_its_reason():
    other = fresh_model("lstm_attention")
    inspection = get_inspection("trust")
    with pytest.raises(InspectionError, match="no heads and layers"):
        inspection.compute(other, inspection.validated({"text": TEXT, "method": "rollout"}))


@pytest.mark.parametrize("text", ["", "film", "🎉", "سلام warm"])
def test_any_text_has_weights_that_sum_to_one_or_none(text: str):
    tokens = ask("rollout", text).tokens
    assert not tokens if not text else sum(step.weight for step in tokens) == pytest.approx(1)
