"""Memory: the curve of a network whose forgetting is known, of gradients that finite differences confirm."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.inspections import get_inspection
from seqcore.inspections.memory import DISTANCES, MemoryRequest, memory
from seqcore.inspections.text_said import direction_of
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.worker.models.build import build_model
from seqcore.worker.runtime.finished_model import FinishedModel
from tests.inspections.tiny_models import fresh_model

WORDS = "air brook cloud dew elm fog"
RNG = np.random.default_rng(0)
TEXTS = [" ".join(RNG.choice(WORDS.split(), size=size)) for size in (12, 20, 20, 20, 16)]


@cache
def known_rnn(keeps: float) -> FinishedModel:
    """A plain RNN whose states are so small that tanh is straight, and that keeps that share of them at each step."""
    architecture = get_architecture("rnn")
    encoder = TextEncoder.fit(TEXTS, TextOptions())
    sizes, options = Sizes(encoder.sizes, 2), architecture.validate_options({"embedding_size": 2, "units": 2})
    model = build_model(architecture, sizes, options)
    table, kernel, _, bias, head, head_bias = (weight.shape for weight in model.get_weights())
    model.set_weights(
        [1e-3 * RNG.normal(size=table), np.eye(*kernel), keeps * np.eye(2), np.zeros(bias), np.ones(head),
         np.zeros(head_bias)]
    )  # fmt: skip
    footprint = architecture.footprint(sizes, options)
    return FinishedModel(
        architecture, "text", model, encoder, ("no", "yes"), footprint, lambda: (TEXTS, np.zeros(5, int))
    )


@pytest.mark.parametrize(("keeps", "half_life"), [(0.5, 1.0), (0.5**0.5, 2.0), (0.5**0.25, 4.0)])
def test_a_network_that_keeps_half_at_each_step_fades_by_half_at_each_step(keeps: float, half_life: float):
    found = memory(known_rnn(keeps), MemoryRequest())
    assert found.distance == tuple(range(20))
    np.testing.assert_allclose(found.influence, keeps ** np.arange(20), rtol=1e-3)
    assert found.half_life == pytest.approx(half_life, abs=1e-3)
    assert found.texts == (5,) * 12 + (4,) * 4 + (3,) * 4


def test_a_network_that_keeps_all_has_no_half_life_and_json_says_so():
    found = memory(known_rnn(1.0), MemoryRequest())
    assert found.half_life is None
    said = json.loads(json.dumps(found.model_dump(mode="json", exclude_none=True), allow_nan=False))
    assert said["half_life"] is None
    assert {"distance", "influence", "half_life", "accuracy"} <= said.keys()
    assert set(said["occlusion"]) == {"distance", "influence", "texts", "half_life"}


@pytest.mark.parametrize("name", ["rnn", "lstm", "bigru", "bilstm_attention", "transformer", "cnn"])
def test_the_curve_is_what_finite_differences_say(name: str):
    model, text = fresh_model(name), "a warm film"
    array = model.read(text)
    norms = [np.linalg.norm(slopes_of(model, array, step)) for step in range(len(array))][::-1]
    found = memory(only(model, text), MemoryRequest())
    np.testing.assert_allclose(found.influence, np.array(norms) / norms[0], rtol=0.02, atol=1e-3)


def only(model: FinishedModel, text: str) -> FinishedModel:
    """The same model of a run with one test text."""
    return FinishedModel(
        model.architecture, "text", model.model, model.encoder, model.classes, model._footprint,
        lambda: ([text], np.array([0])),
    )  # fmt: skip


def slopes_of(model: FinishedModel, array: np.ndarray, step: int) -> np.ndarray:
    """How the answer's logit moves with each number of a step's vector, by small differences both ways."""
    direction = direction_of(int(model.answers([array])[0]), len(model.classes))
    vectors, by = model.gradients.vectors(array), 1e-2
    changed = np.repeat(vectors[None], 2 * vectors.shape[1], axis=0)
    for number in range(vectors.shape[1]):
        changed[2 * number, step, number] += by
        changed[2 * number + 1, step, number] -= by
    values, _ = model.gradients.at(array, changed, direction)
    return (values[::2] - values[1::2]) / (2 * by)


def test_leaving_out_moves_the_logit_of_texts_without_the_word():
    model = only(known_rnn(0.5), TEXTS[1])
    found = memory(model, MemoryRequest()).occlusion
    words = TEXTS[1].split()
    expected = []
    for distance in found.distance:
        shorter = words[: len(words) - 1 - distance] + words[len(words) - distance :]
        logits = model.logits(model.encoder.encode([TEXTS[1], " ".join(shorter)]))[:, 0]
        expected.append(abs(float(logits[0]) - float(logits[1])))
    assert found.distance == tuple(DISTANCES[DISTANCES < 20])
    np.testing.assert_allclose(found.influence, np.array(expected) / expected[0], rtol=1e-3, atol=1e-6)


def test_texts_without_words_are_left_out_and_who_asks_again_gets_the_same():
    model = fresh_model("gru")
    found, again = memory(model, MemoryRequest()), memory(model, MemoryRequest())
    assert found.asked == sum(len(array) > 0 for array in model.encoder.encode(model.tested()[0]))
    np.testing.assert_array_equal(found.influence, again.influence)
    nothing = memory(only(model, ""), MemoryRequest())
    assert (nothing.asked, nothing.distance, nothing.half_life) == (0, (), None)


def test_a_bag_of_words_says_why_not():
    reason = get_inspection("memory").applies_to(get_architecture("bag_of_words"), "text")
    assert reason == "counts words wherever they stand and has no vector for each step"
