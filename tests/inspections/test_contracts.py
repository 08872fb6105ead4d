"""Answers: arrays stay arrays, JSON is plain, what does not add up is refused."""

import json

import numpy as np
import pytest
from distributed.protocol import deserialize, serialize
from pydantic import ValidationError

from seqcore.inspections.attention import MOST_WEIGHTS, AttentionAnswer, together
from seqcore.inspections.contracts import ClassProbabilities, StepWeights, WeighedStep, weighed
from seqcore.kinds import Step

SAID = {"text": "so good", "classes": ("bad", "good"), "probabilities": [0.25, 0.75]}
TOKENS = (
    WeighedStep(token="so", start=0, end=2, weight=0.4, known=False),
    WeighedStep(token="good", start=3, end=7, weight=0.6),
)
MATRIX = np.random.default_rng(0).dirichlet(np.ones(2), size=(1, 3, 2)).astype(np.float32)


def test_probabilities_name_their_likeliest_classes():
    found = ClassProbabilities(classes=("a", "b"), probabilities=[[0.9, 0.1], [0.3, 0.7]])
    assert found.predictions == ("a", "b")
    assert found.model_dump(mode="json") == {
        "classes": ["a", "b"], "probabilities": [[0.9, 0.1], [0.3, 0.7]], "predictions": ["a", "b"], "known": [],
    }  # fmt: skip


def test_answers_to_several_requests_are_joined():
    parts = [ClassProbabilities(classes=("a", "b"), probabilities=[[p, 1 - p]]) for p in (0.9, 0.2)]
    assert ClassProbabilities.joined(parts).predictions == ("a", "b")


def test_no_text_is_answered_with_no_row():
    assert ClassProbabilities(classes=("a", "b"), probabilities=np.zeros((0, 2))).predictions == ()


def test_a_matrix_crosses_as_the_array_it_is_and_is_rounded_as_json_only():
    found = AttentionAnswer(**SAID, tokens=TOKENS, kind="heads", layers=1, heads=3, matrix=MATRIX)
    again = deserialize(*serialize(found))  # as Dask sends it
    np.testing.assert_array_equal(again.matrix, MATRIX)
    assert again.matrix.dtype == np.float32
    plain = json.loads(json.dumps(found.model_dump(mode="json")))
    np.testing.assert_allclose(plain["matrix"], MATRIX, atol=5e-7)
    assert max(len(str(number)) for number in np.ravel(plain["matrix"])) <= 8


def test_an_answer_says_what_the_model_says():
    assert StepWeights(**SAID, tokens=TOKENS).prediction == "good"


def test_weights_that_do_not_sum_to_one_are_refused():
    with pytest.raises(ValidationError, match="sum to 1"):
        StepWeights(**SAID, tokens=TOKENS[:1])


def test_a_text_of_which_nothing_was_read_has_no_weights():
    assert StepWeights(**SAID, tokens=weighed([], np.ones(1))).tokens == ()


def test_steps_get_their_weights_in_order():
    steps = [Step("so", 0, 2, known=False), Step("good", 3, 7)]
    assert weighed(steps, np.array([0.4, 0.6])) == TOKENS


def test_an_array_of_other_dimensions_is_refused():
    with pytest.raises(ValidationError, match="2 dimensions"):
        ClassProbabilities(classes=("a", "b"), probabilities=[0.5, 0.5])


@pytest.mark.parametrize(
    ("layers", "heads", "steps", "shape"),
    [(2, 3, 50, (2, 3)), (2, 3, 1000, (2, 1)), (5, 2, 1000, (1, 1))],
    ids=["short", "long", "long and deep"],
)
def test_matrices_of_a_long_text_are_averaged_until_they_can_be_sent(layers, heads, steps, shape):
    rows = [np.full((heads, steps, steps), 1 / steps, np.float32) for _ in range(layers)]
    rows[0][0] *= 1.5
    found = together(rows)
    assert found.shape == (*shape, steps, steps)
    assert found.size <= MOST_WEIGHTS
    np.testing.assert_allclose(found.mean(), (1 + 0.5 / (layers * heads)) / steps, rtol=1e-5)
