"""A model cut at its vectors: the same values and gradients as the plain Keras model, and as small differences."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from seqcore.architectures import Architecture, architectures
from seqcore.errors import InspectionError
from seqcore.worker.models.build import LOGITS
from seqcore.worker.models.save import plain_config
from seqcore.worker.runtime.gradients import vectors_of
from tests.inspections.tiny_models import TEXTS, fresh_model

IDS = np.array([2, 3, 1, 4, 1, 5, 3], np.int32)
TWO = ("bad", "good")
with_vectors = pytest.mark.parametrize(
    "architecture",
    [each for each in architectures() if each.fit == "gradient"],
    ids=lambda architecture: architecture.name,
)


def direction(code: int = 1, outputs: int = 3) -> np.ndarray:
    return np.eye(outputs, dtype=np.float32)[code]


@with_vectors
def test_values_and_gradients_are_those_of_plain_keras(architecture: Architecture):
    model = fresh_model.__wrapped__(architecture)  # cutting a model at its vectors leaves it without a config
    plain = keras.Model.from_config(plain_config(model.model.get_config()))
    plain.set_weights(model.model.get_weights())
    given = vectors_of(plain)
    rest = keras.Model([plain.input, given], plain.get_layer(LOGITS).output)
    ids = tf.constant(IDS[None])
    vectors = tf.constant(np.asarray(keras.Model(plain.input, given)(ids)))  # without the mask that Keras hangs on it
    with tf.GradientTape() as tape:
        tape.watch(vectors)
        value = rest([ids, vectors], training=False)[0, 1]
    values, gradients = model.gradients.at(IDS, model.gradients.vectors(IDS)[None], direction())
    np.testing.assert_allclose(model.gradients.vectors(IDS), vectors[0], atol=1e-6)
    np.testing.assert_allclose(values, [float(value)], atol=1e-5)
    np.testing.assert_allclose(gradients, tape.gradient(value, vectors), atol=1e-5)
    np.testing.assert_allclose(values[0], model.logits([IDS])[0, 1], atol=1e-5)


@with_vectors
def test_gradients_are_what_small_changes_of_a_vector_do(architecture: Architecture):
    model, change = fresh_model(architecture), 2e-2
    whole = model.gradients.vectors(IDS)
    where = [(step, number) for step in (0, 3, 6) for number in (0, 2)]
    moved = np.repeat(whole[None], 2 * len(where), axis=0)
    for row, (step, number) in enumerate(where):
        moved[2 * row, step, number] += change
        moved[2 * row + 1, step, number] -= change
    values, _ = model.gradients.at(IDS, moved, direction())
    _, (found,) = model.gradients.at(IDS, whole[None], direction())
    differences = (values[::2] - values[1::2]) / (2 * change)
    np.testing.assert_allclose([found[place] for place in where], differences, atol=3e-3)


@with_vectors
def test_slopes_along_the_line_are_vectors_times_gradients(architecture: Architecture):
    model = fresh_model(architecture)
    whole, shares = model.gradients.vectors(IDS), np.array([0.25, 1.0])
    values, gradients = model.gradients.at(IDS, shares[:, None, None] * whole, direction())
    found = model.gradients.along(IDS, shares, direction())
    np.testing.assert_allclose(found.values, values, atol=1e-6)
    np.testing.assert_allclose(found.slopes, (gradients * whole).sum(axis=2), atol=1e-5)


def test_many_points_are_answered_in_parts_as_they_are_together(monkeypatch):
    model, shares = fresh_model("gru"), np.linspace(0, 1, 7)
    together = model.gradients.along(IDS, shares, direction())
    monkeypatch.setattr(type(model.gradients._footprint), "scored_at_once", lambda *_: 2)
    in_parts = model.gradients.along(IDS, shares, direction())
    np.testing.assert_allclose(in_parts.slopes, together.slopes, atol=1e-6)
    np.testing.assert_allclose(in_parts.values, together.values, atol=1e-6)


def test_of_two_classes_the_only_output_is_the_second():
    model = fresh_model("lstm", TWO)
    found = model.gradients.along(IDS, np.ones(1), np.array([-1.0]))
    np.testing.assert_allclose(found.values, -model.logits([IDS])[:, 0], atol=1e-5)


def test_a_model_without_vectors_says_so():
    with pytest.raises(InspectionError, match="No layer of this model gives a step its vector"):
        _ = fresh_model("bag_of_words").gradients


@pytest.mark.parametrize("text", [*TEXTS, "film"])
@pytest.mark.parametrize("classes", [TWO, ("bad", "good", "so-so")], ids=["two", "three"])
def test_contributions_of_terms_sum_to_the_logit_less_the_bias(text: str, classes: tuple[str, ...]):
    model = fresh_model("bag_of_words", classes)
    (ids,) = model.encoder.encode([text])
    towards = direction(0, 1 if len(classes) == 2 else 3)
    found = model.term_contributions.of_steps(ids, towards)
    (logits,) = model.logits([ids])
    assert found.shape == ids.shape
    assert found.sum() + model.term_contributions.without_terms(towards) == pytest.approx(logits @ towards, abs=1e-5)


def test_weights_of_heads_given_to_a_transformer_lead_to_its_own_answer_and_others_to_others():
    model = fresh_model("transformer", layers=2)
    (ids,) = model.encoder.encode([TEXTS[0]])
    _, own = model.look(TEXTS[0])
    assert len(own) == 2
    np.testing.assert_allclose(model.given_head_weights.logits(ids, own), model.logits([ids])[0], atol=1e-5)
    other = model.given_head_weights.logits(ids, [own[0], np.full_like(own[1], 1 / len(ids))])
    assert np.abs(other - model.logits([ids])[0]).max() > 1e-4


@pytest.mark.parametrize("name", ["lstm_attention", "bilstm_attention"])
def test_a_models_own_weights_lead_to_its_own_answer_and_others_to_others(name: str):
    model = fresh_model(name)
    (ids,) = model.encoder.encode([TEXTS[0]])
    probabilities, (own,) = model.look(TEXTS[0])
    weights = np.stack([own, np.eye(len(ids))[0]])
    same, other = model.given_weights.probabilities(ids, weights)
    np.testing.assert_allclose(same, probabilities, atol=1e-6)
    assert np.abs(other - same).max() > 1e-3
