"""The minGRU by a scan against its recurrence, one step after the other, in NumPy."""

import keras
import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.kinds import TokenSizes
from seqcore.worker.models.build import build_model, logits_of

MIN_GRU = get_architecture("min_gru")


def by_the_equations(model: keras.Model, layers: int, tokens: np.ndarray) -> np.ndarray:
    """Logits of one example, in float64."""

    def weights(name: str) -> list[np.ndarray]:
        return [weight.astype(np.float64) for weight in model.get_layer(name).get_weights()]

    x = weights("embedding")[0][tokens]
    for layer in range(layers):
        kernel, bias = weights(f"min_gru_{layer}")
        update, candidate = np.split(x @ kernel + bias, 2, axis=1)
        update = 1 / (1 + np.exp(-update))
        state, states = np.zeros(candidate.shape[1]), []
        for step in range(len(x)):
            state = (1 - update[step]) * state + update[step] * candidate[step]
            states.append(state)
        x = np.array(states)
    kernel, bias = weights("logits")
    return x[-1] @ kernel + bias


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("longest", [1, 2, 33, 200])
def test_a_scan_over_all_steps_equals_one_step_after_the_other(longest: int, layers: int) -> None:
    options = MIN_GRU.validate_options({"embedding_size": 5, "units": 4, "layers": layers})
    model = build_model(MIN_GRU, Sizes(TokenSizes(20, longest), 3), options)
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape, scale=0.5) for weight in model.get_weights()])
    lengths = sorted({1, (longest + 1) // 2, longest})
    examples = [rng.integers(1, 20, length) for length in lengths]
    batch = np.zeros((len(examples), longest), np.int32)
    for row, tokens in enumerate(examples):
        batch[row, : len(tokens)] = tokens
    expected = [by_the_equations(model, layers, tokens) for tokens in examples]
    np.testing.assert_allclose(logits_of(model)(batch), expected, atol=1e-5, rtol=1e-5)


def test_it_has_fewer_numbers_than_a_gru_of_its_size() -> None:
    sizes, gru = Sizes(TokenSizes(20, 12), 2), get_architecture("gru")
    parts = MIN_GRU.parameters(sizes, MIN_GRU.validate_options({}))
    assert parts["recurrent"] < gru.parameters(sizes, gru.validate_options({}))["recurrent"] / 2
