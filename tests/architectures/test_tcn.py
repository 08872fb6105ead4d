"""The temporal convolutional network against its equations in NumPy, and how far back it sees."""

import keras
import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.architectures.temporal_convolution import TemporalConvolutionOptions, steps_seen
from seqcore.kinds import TokenSizes
from seqcore.worker.models.build import build_model, logits_of

TCN = get_architecture("tcn")
SIZES = Sizes(TokenSizes(20, 60), 3)


def random_model(**values: int) -> tuple[keras.Model, TemporalConvolutionOptions]:
    options = TCN.validate_options({"embedding_size": 4, "units": 3, **values})
    model = build_model(TCN, SIZES, options)
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape, scale=0.5) for weight in model.get_weights()])
    assert isinstance(options, TemporalConvolutionOptions)
    return model, options


def by_the_equations(model: keras.Model, options: TemporalConvolutionOptions, tokens: np.ndarray) -> np.ndarray:
    """Logits of one example, step by step and tap by tap, in float64."""

    def weights(name: str) -> list[np.ndarray]:
        return [weight.astype(np.float64) for weight in model.get_layer(name).get_weights()]

    def filtered(x: np.ndarray, name: str, gap: int) -> np.ndarray:
        kernel, bias = weights(name)  # (width, inputs, units)
        out = np.tile(bias, (len(x), 1))
        for step in range(len(x)):
            for tap in range(len(kernel)):
                back = step - (len(kernel) - 1 - tap) * gap
                if back >= 0:
                    out[step] += x[back] @ kernel[tap]
        return np.maximum(out, 0)

    x = weights("embedding")[0][tokens]
    for block in range(options.blocks):
        v = filtered(filtered(x, f"filters_{block}_0", 2**block), f"filters_{block}_1", 2**block)
        if x.shape[1] != options.units:
            kernel, bias = weights(f"projection_{block}")
            x = x @ kernel + bias
        x = np.maximum(x + v, 0)
    kernel, bias = weights("logits")
    return x[-1] @ kernel + bias


@pytest.mark.parametrize("values", [{"blocks": 1}, {"blocks": 3}, {"blocks": 2, "filter_width": 2, "units": 4}])
def test_answers_are_those_of_the_equations(values: dict[str, int]) -> None:
    model, options = random_model(**values)
    rng = np.random.default_rng(1)
    batch = np.zeros((4, 30), np.int32)
    examples = [rng.integers(1, 20, length) for length in (1, 2, 17, 30)]
    for row, tokens in enumerate(examples):
        batch[row, : len(tokens)] = tokens
    expected = [by_the_equations(model, options, tokens) for tokens in examples]
    np.testing.assert_allclose(logits_of(model)(batch), expected, atol=1e-5)


@pytest.mark.parametrize(("blocks", "width"), [(1, 3), (2, 3), (3, 2)])
def test_the_last_step_sees_as_many_steps_as_is_said_and_no_more(blocks: int, width: int) -> None:
    model, options = random_model(blocks=blocks, filter_width=width, units=16)
    tokens = np.full((1, 40), 3, np.int32)
    usual = logits_of(model)(tokens).numpy()

    def moves(back: int) -> bool:
        changed = tokens.copy()
        changed[0, -back] = 7
        return not np.array_equal(logits_of(model)(changed).numpy(), usual)

    seen = steps_seen(options)
    assert moves(seen)
    assert not moves(seen + 1)


def test_the_defaults_see_as_many_steps_as_their_help_says() -> None:
    assert steps_seen(TemporalConvolutionOptions()) == 253
    assert "253" in str(TemporalConvolutionOptions.model_fields["blocks"].description)
