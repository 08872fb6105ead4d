"""Every registered architecture, tested the day it is added."""

import re

import keras
import numpy as np
import pytest

from seqcore.architectures import Architecture, Sizes, architectures, get_architecture, register
from seqcore.errors import OptionError
from seqcore.kinds import FrameSizes, TokenSizes
from seqcore.worker.models import save
from seqcore.worker.models.build import attention_outputs, build_model, trainable_parameters
from seqcore.worker.models.load import load_weights

ALL = list(architectures())
ATTENTIVE = [architecture for architecture in ALL if architecture.attention != "none"]
INPUTS = {"tokens": TokenSizes(20, 12), "frames": FrameSizes(3, 12)}
PAIRS = [
    pytest.param(architecture, Sizes(INPUTS[form], classes), id=f"{architecture.name}-{form}-{classes} classes")
    for architecture in ALL
    for form in architecture.reads
    for classes in (2, 5)
]
by_name = pytest.mark.parametrize("architecture", ALL, ids=lambda architecture: architecture.name)
by_name_and_size = pytest.mark.parametrize(("architecture", "sizes"), PAIRS)


def variants(architecture: Architecture) -> list[dict]:
    """The defaults, and something else for every option that can be counted up."""
    fields = architecture.options.model_fields
    other = {
        "embedding_size": 16,
        "units": 5,
        "layers": 2,
        "dropout": 0.3,
        "heads": 2,
        "score": "tanh",
        "widest": 2,
        "blocks": 2,
        "ngrams": 3,
        "buckets": 100,
        "features": 300,
    }
    return [{}, {name: value for name, value in other.items() if name in fields}]


def random_weights(model: keras.Model, seed: int = 0) -> None:
    rng = np.random.default_rng(seed)
    model.set_weights([rng.normal(size=weight.shape, scale=0.5) for weight in model.get_weights()])


def inputs(sizes: Sizes, lengths: list[int], width: int) -> np.ndarray:
    """Examples of these lengths, padded to a width: the same ones whatever the width is."""
    rng = np.random.default_rng(1)
    if isinstance(sizes.input, TokenSizes):
        batch = np.zeros((len(lengths), width), np.int32)
    else:
        batch = np.full((len(lengths), width, sizes.input.channels), np.nan, np.float32)
    for row, length in enumerate(lengths):
        if isinstance(sizes.input, TokenSizes):
            batch[row, :length] = rng.integers(1, sizes.input.vocabulary, 12)[:length]
        else:
            batch[row, :length] = rng.normal(size=(12, sizes.input.channels))[:length]
            batch[row, : length // 2] = 0  # zeros are values as good as any
    return batch


@by_name_and_size
def test_parameters_are_counted_exactly_without_tensorflow(architecture, sizes):
    for values in variants(architecture):
        options = architecture.validate_options(values)
        model = build_model(architecture, sizes, options)
        assert sum(architecture.parameters(sizes, options).values()) == trainable_parameters(model)


@by_name_and_size
def test_the_answer_does_not_depend_on_how_much_padding_follows(architecture, sizes):
    for values in variants(architecture):
        model = build_model(architecture, sizes, architecture.validate_options(values))
        random_weights(model)
        lengths = [1, 4, 9, 12]
        tight = np.vstack(
            [model(inputs(sizes, lengths, 12)[row : row + 1, :length]) for row, length in enumerate(lengths)]
        )
        for width in (12, 40):
            rounding = 2e-5 if architecture.name == "mini_rocket" else 2e-6  # it adds up ten thousand numbers
            np.testing.assert_allclose(model(inputs(sizes, lengths, width)), tight, atol=rounding)


@by_name_and_size
def test_probabilities_have_the_shape_of_the_head(architecture, sizes):
    model = build_model(architecture, sizes, architecture.validate_options({}))
    random_weights(model)
    answers = keras.ops.convert_to_numpy(model(inputs(sizes, [3, 12], 12)))
    assert answers.shape == (2, sizes.outputs)
    assert ((answers >= 0) & (answers <= 1)).all()
    if sizes.outputs > 1:
        np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-6)


@by_name_and_size
def test_a_saved_model_is_plain_keras_and_gives_the_same_answers(architecture, sizes, tmp_path):
    for values in variants(architecture):
        options = architecture.validate_options(values)
        model = build_model(architecture, sizes, options)
        random_weights(model)
        data = save.to_bytes(model)
        path = tmp_path / "model.keras"
        path.write_bytes(data)
        with keras.saving.custom_object_scope({}):
            plain = keras.saving.load_model(path, compile=False, safe_mode=True)
        assert all(type(layer).__module__.startswith("keras.") for layer in plain.layers)
        batch = inputs(sizes, [1, 4, 9, 12], 15)
        np.testing.assert_allclose(plain(batch), model(batch), atol=2e-5)

        again = build_model(architecture, sizes, options)
        load_weights(again, data)
        np.testing.assert_array_equal(again(batch), model(batch))


@pytest.mark.parametrize(("architecture", "sizes"), [pair for pair in PAIRS if pair.values[0] in ATTENTIVE])
def test_attention_sums_to_one_and_padding_gets_exactly_nothing(architecture, sizes):
    model = build_model(architecture, sizes, architecture.validate_options({}))
    random_weights(model)
    lengths = [1, 4, 9]
    look = keras.Model(model.input, {str(i): layer for i, layer in enumerate(attention_outputs(model, architecture))})
    found = [*look(inputs(sizes, lengths, 14)).values()]
    for weights in found[:1] if architecture.attention == "sentences" else found:
        for row, length in enumerate(lengths):
            of_text = weights.numpy()[row, :, :length] if architecture.attention == "heads" else weights.numpy()[row]
            np.testing.assert_allclose(of_text.sum(axis=-1), 1, atol=1e-5)
            assert (of_text[..., length:] == 0).all()


@by_name
def test_it_says_what_it_is(architecture):
    assert architecture.label
    assert architecture.idea.endswith(".")
    if "frames" in architecture.reads:  # it is said of series and sounds, too
        assert not re.search(r"\bwords?\b|\btexts\b", architecture.idea)
    assert architecture.equations
    assert architecture.color.startswith("#")


def test_no_two_look_the_same():
    assert len({architecture.color for architecture in ALL}) == len(ALL)


def test_an_unknown_name_lists_those_that_exist():
    with pytest.raises(OptionError, match="rnn, lstm, bilstm"):
        get_architecture("perceptron")


def test_a_name_can_be_registered_once_only():
    lstm = get_architecture("lstm")
    with pytest.raises(ValueError, match="twice"):
        register(
            "lstm", label="", idea="", equations=(), options=lstm.options, count=lstm.count, width="units", color=""
        )(lstm.build)


@by_name
def test_an_unknown_option_lists_those_that_exist(architecture):
    with pytest.raises(OptionError, match=f"{architecture.name} has no option 'wings'"):
        architecture.validate_options({"wings": 2})


def test_an_option_out_of_bounds_says_its_bound_and_what_came():
    with pytest.raises(OptionError, match=r"'units' of lstm.*greater than or equal to 2.*Got 0"):
        get_architecture("lstm").validate_options({"units": 0})


def test_heads_that_do_not_divide_the_embedding_are_refused():
    with pytest.raises(OptionError, match="multiple of the number of heads"):
        get_architecture("transformer").validate_options({"embedding_size": 30, "heads": 4})
