"""Models that read long texts in windows, and what can be asked of them."""

from functools import cache

import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection
from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.worker.models.build import build_model
from seqcore.worker.runtime.finished_model import FinishedModel

TEXT = "a good film with a bad end and a dull start but good all the same"
SHORT = "a good film"


@cache
def model_in_windows(name, windows="mean", classes=("bad", "good")):
    architecture = get_architecture(name)
    encoder = TextEncoder.fit([TEXT], TextOptions(max_length=6, windows=windows))
    options = architecture.validate_options({"embedding_size": 4, "units": 3})
    sizes = Sizes(encoder.sizes, len(classes))
    model = build_model(architecture, sizes, options)
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape) for weight in model.get_weights()])
    return FinishedModel(architecture, "text", model, encoder, classes, architecture.footprint(sizes, options))


def ask(model, name, **values):
    inspection = get_inspection(name)
    return inspection.compute(model, inspection.request(**values))


def alone(model, text):
    """Probabilities of every window by itself."""
    (array,) = model.encoder.encode([text])
    return np.concatenate([model.of_encoded([array[part]]) for part in model.encoder.windows(len(array))])


def test_an_answer_is_the_mean_of_those_to_the_windows():
    model = model_in_windows("lstm")
    np.testing.assert_allclose(model.probabilities([TEXT, SHORT])[0], alone(model, TEXT).mean(axis=0), atol=1e-6)


def test_or_that_of_the_surest():
    model = model_in_windows("lstm", "largest")
    each = alone(model, TEXT)
    np.testing.assert_allclose(model.probabilities([TEXT])[0], each[each.max(axis=1).argmax()], atol=1e-6)


@pytest.mark.parametrize("windows", ["mean", "largest"])
@pytest.mark.parametrize("name", ["lstm_attention", "hierarchical_attention"])
def test_attention_is_of_the_whole_text_and_sums_to_one(name, windows):
    found = ask(model_in_windows(name, windows), "attention", text=TEXT)
    assert len(found.tokens) == len(TEXT.split())
    assert sum(step.weight for step in found.tokens) == pytest.approx(1, abs=1e-4)
    assert "windows of 6 tokens" in found.notes[0]


@pytest.mark.parametrize("windows", ["mean", "largest"])
@pytest.mark.parametrize("classes", [("bad", "good"), ("bad", "fair", "good")])
def test_what_the_words_add_sums_to_what_the_pooled_answer_moves(windows, classes):
    found = ask(model_in_windows("lstm", windows, classes), "integrated_gradients", text=TEXT, label="good")
    assert len(found.tokens) == len(TEXT.split())
    assert found.completeness_error < 0.02


def test_leaving_out_a_word_is_asked_of_the_pooled_answer():
    assert len(ask(model_in_windows("cnn"), "occlusion", text=TEXT).tokens) == len(TEXT.split())


@pytest.mark.parametrize("name", ["gates", "reading_along", "attention_changed", "attention_step"])
def test_what_pictures_one_reading_says_that_there_are_several(name):
    with pytest.raises(InspectionError, match=r"in 4 windows.*at most 6 tokens"):
        ask(model_in_windows("lstm_attention"), name, text=TEXT)
    assert ask(model_in_windows("lstm_attention"), name, text=SHORT).text == SHORT


def test_of_heads_it_says_so_too():
    with pytest.raises(InspectionError, match="windows"):
        ask(model_in_windows("transformer"), "attention", text=TEXT)
    assert len(ask(model_in_windows("transformer"), "gradient_input", text=TEXT).tokens) == len(TEXT.split())


def test_sentences_have_weights_that_sum_to_one():
    architecture = get_architecture("hierarchical_attention")
    options = architecture.validate_options({"embedding_size": 4, "units": 3})
    text = "A good film. The end is bad! Good all the same"
    encoder = TextEncoder.fit([text], architecture.reading(TextOptions(), options))
    sizes = Sizes(encoder.sizes, 2)
    model = build_model(architecture, sizes, options)
    finished = FinishedModel(
        architecture, "text", model, encoder, ("bad", "good"), architecture.footprint(sizes, options)
    )
    found = ask(finished, "attention", text=text)
    assert [each.token for each in found.sentences] == ["A good film.", "The end is bad!", "Good all the same"]
    assert sum(each.weight for each in found.sentences) == pytest.approx(1, abs=1e-5)
    of_first = sum(step.weight for step in found.tokens[:4])
    assert of_first == pytest.approx(found.sentences[0].weight, abs=1e-5)
