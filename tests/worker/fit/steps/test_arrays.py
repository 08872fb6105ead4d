"""Steps with arrays arrive where TensorFlow's steps arrive."""

import keras
import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.kinds import FrameSizes, TokenSizes
from seqcore.spec import TrainingOptions
from seqcore.worker.fit.loop import make_optimizer
from seqcore.worker.fit.steps import arrays, choice
from seqcore.worker.fit.steps.arrays import ArrayStep
from seqcore.worker.fit.steps.traced import TracedStep
from seqcore.worker.models.build import build_model, logits_of
from seqcore.worker.runtime import backend

WORDS, IDS = 9, 40
BY_ARRAYS = ("rnn", "lstm", "bilstm", "gru", "bigru", "lstm_attention", "bilstm_attention", "cnn", "transformer")


def built(name: str, classes: int = 3, **options: object) -> keras.Model:
    backend.configure()
    backend.fresh(0)
    architecture = get_architecture(name)
    values = {"embedding_size": 8, "units": 5} | options
    return build_model(architecture, Sizes(TokenSizes(IDS, WORDS), classes), architecture.validate_options(values))


def batches(classes: int, count: int = 4, rows: int = 11) -> list[tuple[np.ndarray, np.ndarray]]:
    rng, found = np.random.default_rng(3), []
    for _ in range(count):
        tokens = rng.integers(1, IDS, (rows, WORDS)).astype(np.int32)
        for row, length in enumerate(rng.integers(1, WORDS + 1, rows)):
            tokens[row, length:] = 0
        found.append((tokens, rng.integers(0, classes, rows).astype(np.int32)))
    return found


def trained(make, model, training=None, class_weights=None, classes=3):
    """What the steps said, and the weights after them."""
    optimizer = make_optimizer(training or TrainingOptions(learning_rate=0.01))
    step = make(logits_of(model), optimizer, np.ones(classes) if class_weights is None else class_weights)
    said = [step(*batch) for batch in batches(classes)]
    step.settle()
    return said, model.get_weights(), [variable.numpy() for variable in optimizer.variables]


def assert_alike(ours, theirs):
    np.testing.assert_allclose(ours[0], theirs[0], rtol=2e-5, atol=1e-5)
    for mine, other in zip(ours[2], theirs[2], strict=True):  # Adam's averages: of the gradients
        np.testing.assert_allclose(mine, other, atol=1e-6)
    for mine, other in zip(ours[1], theirs[1], strict=True):  # Adam divides by what may be next to nothing
        np.testing.assert_allclose(mine, other, atol=1e-4)


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("name", BY_ARRAYS)
def test_steps_arrive_where_tensorflows_do(name, classes):
    ours = trained(ArrayStep, built(name, classes), classes=classes)
    assert_alike(ours, trained(TracedStep, built(name, classes), classes=classes))


@pytest.mark.parametrize("name", BY_ARRAYS)
def test_stacked_layers_too(name):
    assert_alike(trained(ArrayStep, built(name, layers=2)), trained(TracedStep, built(name, layers=2)))


@pytest.mark.parametrize("name", [name for name in BY_ARRAYS if name != "transformer"])
@pytest.mark.parametrize("halves", [False, True])
def test_dropout_is_drawn_as_keras_draws_it(name, halves, monkeypatch):
    monkeypatch.setattr(arrays, "WORTH_TWO", 0 if halves else 10**15)
    assert_alike(trained(ArrayStep, built(name, dropout=0.4)), trained(TracedStep, built(name, dropout=0.4)))


@pytest.mark.parametrize("name", BY_ARRAYS)
def test_halves_of_a_batch_make_up_the_whole(name, monkeypatch):
    whole = trained(ArrayStep, built(name))
    monkeypatch.setattr(arrays, "WORTH_TWO", 0)
    assert_alike(trained(ArrayStep, built(name)), whole)


@pytest.mark.parametrize("name", BY_ARRAYS)
def test_one_thread_has_the_digits_of_two(name, monkeypatch):
    monkeypatch.setattr(arrays, "WORTH_TWO", 0)
    found = []
    for threads in (1, 2):
        monkeypatch.setattr(arrays, "threads_of_process", lambda threads=threads: threads)
        found.append(trained(ArrayStep, built(name, **({} if name == "transformer" else {"dropout": 0.3}))))
    for one, two in zip(*(each[1] + each[2] for each in found), strict=True):
        np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize(
    "training",
    [
        TrainingOptions(optimizer="adamw", learning_rate=0.01),
        TrainingOptions(learning_rate=0.01, gradient_clipping=0.05),
        TrainingOptions(optimizer="adamw", learning_rate=0.01, gradient_clipping=0.05),
    ],
)
def test_weight_decay_and_clipping_are_tensorflows(training):
    assert_alike(trained(ArrayStep, built("gru"), training), trained(TracedStep, built("gru"), training))


def test_class_weights_count_in_the_slopes_only():
    weights = np.array([0.2, 1.0, 3.0], np.float32)
    ours = trained(ArrayStep, built("lstm"), class_weights=weights)
    assert_alike(ours, trained(TracedStep, built("lstm"), class_weights=weights))
    assert ours[0] != trained(ArrayStep, built("lstm"))[0]


@pytest.mark.parametrize("name", BY_ARRAYS)
def test_these_are_trained_by_arrays(name):
    assert isinstance(choice.train_step(built(name), make_optimizer(TrainingOptions()), np.ones(3)), ArrayStep)


@pytest.mark.parametrize("name", ["tcn", "min_gru"])
def test_layers_without_a_rule_are_left_to_tensorflow(name):
    assert isinstance(choice.train_step(built(name), make_optimizer(TrainingOptions()), np.ones(3)), TracedStep)


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop"])
def test_other_optimizers_are_left_to_tensorflow(optimizer):
    options = TrainingOptions(optimizer=optimizer)
    assert isinstance(choice.train_step(built("rnn"), make_optimizer(options), np.ones(3)), TracedStep)


def test_what_a_step_goes_on_from_is_what_the_model_holds():
    """After it has settled, also where somebody else has changed the weights, as a checkpoint does."""
    model, optimizer = built("gru", dropout=0.2), make_optimizer(TrainingOptions(learning_rate=0.01))
    step = ArrayStep(logits_of(model), optimizer, np.ones(3))
    first, *others = batches(3)
    step(*first)
    step.settle()
    kept = [variable.numpy() for variable in [*model.variables, *optimizer.variables]]
    once = [step(*batch) for batch in others]
    step.settle()
    for variable, value in zip([*model.variables, *optimizer.variables], kept, strict=True):
        variable.assign(value)
    assert [step(*batch) for batch in others] == once


def test_one_example_and_one_step_of_it_are_a_batch():
    for name in BY_ARRAYS:
        step = ArrayStep(logits_of(built(name)), make_optimizer(TrainingOptions()), np.ones(3))
        assert np.isfinite(step(np.array([[5]], np.int32), np.array([2], np.int32)).loss)


def test_a_frozen_table_stays_as_it_is():
    model = built("lstm")
    model.get_layer("embedding").trainable = False
    before = model.get_layer("embedding").get_weights()[0].copy()
    step = ArrayStep(logits_of(model), make_optimizer(TrainingOptions(learning_rate=0.1)), np.ones(3))
    losses = [step(*batches(3, count=1)[0]).loss for _ in range(20)]
    step.settle()
    np.testing.assert_array_equal(model.get_layer("embedding").get_weights()[0], before)
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("name", BY_ARRAYS)
def test_frames_are_learned_from_as_tensorflow_learns_from_them(name):
    rng, rows, channels = np.random.default_rng(5), 7, 3
    frames = rng.normal(size=(rows, WORDS, channels)).astype(np.float32)
    for row, length in enumerate(rng.integers(1, WORDS + 1, rows)):
        frames[row, length:] = np.nan
    labels = rng.integers(0, 3, rows).astype(np.int32)
    found = []
    for make in (ArrayStep, TracedStep):
        backend.fresh(0)
        architecture = get_architecture(name)
        options = architecture.validate_options({"embedding_size": 8, "units": 5})
        model = build_model(architecture, Sizes(FrameSizes(channels, WORDS), 3), options)
        optimizer = make_optimizer(TrainingOptions(learning_rate=0.01))
        step = make(logits_of(model), optimizer, np.ones(3))
        said = [step(frames, labels) for _ in range(3)]
        step.settle()
        found.append((said, model.get_weights(), [variable.numpy() for variable in optimizer.variables]))
    assert_alike(*found)
