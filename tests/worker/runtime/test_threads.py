"""How many threads a batch has changes no digit, and neither does what else runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import keras
import numpy as np
import pytest
import tensorflow as tf

from seqcore.architectures import Sizes, architectures
from seqcore.kinds import TokenSizes
from seqcore.spec import TrainingOptions
from seqcore.worker.fit.loop import make_optimizer
from seqcore.worker.fit.steps import arrays, train_step
from seqcore.worker.models.build import build_model
from seqcore.worker.runtime import backend, threads

WORDS, BATCHES = 30, 4
LEARNED = [each for each in architectures() if each.fit != "closed_form" and "tokens" in each.reads]


def built(name: str, units: int) -> keras.Model:
    backend.configure()
    backend.fresh(0)
    architecture = next(each for each in LEARNED if each.name == name)
    values = {"embedding_size": 16, "units": units, "filters": units, "heads": 2}
    known = {setting: value for setting, value in values.items() if setting in architecture.options.model_fields}
    sizes = Sizes(TokenSizes(50, WORDS), 3)
    return build_model(architecture, sizes, architecture.validate_options(known))


def trained(name: str, units: int = 8) -> list[np.ndarray]:
    """What the steps said of each batch, and the weights after them."""
    model = built(name, units)
    step = train_step(model, make_optimizer(TrainingOptions()), np.ones(3, np.float32))
    rng, said = np.random.default_rng(1), []
    for _ in range(BATCHES):
        tokens = rng.integers(1, 50, (9, WORDS)).astype(np.int32)
        tokens[::2, WORDS - 7 :] = 0
        said.append(step(tokens, rng.integers(0, 3, 9).astype(np.int32)))
    step.settle()
    return [*said, *model.get_weights()]


def same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return all(np.array_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


@contextmanager
def something_else_running() -> Iterator[None]:
    """A neighbour that keeps the threads of this very process busy, which is worse than another process."""
    over, matrix = threading.Event(), tf.random.normal((300, 300))
    multiply: Callable[..., tf.Tensor] = tf.function(lambda: tf.matmul(matrix, matrix) + tf.matmul(matrix, 2 * matrix))

    def work() -> None:
        while not over.is_set():
            multiply()

    neighbour = threading.Thread(target=work)
    neighbour.start()
    try:
        yield
    finally:
        over.set()
        neighbour.join()


@pytest.mark.parametrize("name", [each.name for each in LEARNED])
def test_one_thread_and_two_give_the_same_digits(name, monkeypatch):
    monkeypatch.setattr(arrays, "WORTH_TWO", 0)
    monkeypatch.setattr(arrays, "threads_of_process", lambda: 1)
    monkeypatch.setattr(threads, "WORTH_TWO", 10**15)
    alone = trained(name)
    monkeypatch.setattr(arrays, "threads_of_process", lambda: 2)
    monkeypatch.setattr(threads, "WORTH_TWO", 0)
    assert same(trained(name), alone)


@pytest.mark.parametrize("name", ["bilstm", "bigru", "transformer"])
def test_a_run_beside_another_has_the_digits_of_a_run_alone(name, monkeypatch):
    monkeypatch.setattr(threads, "WORTH_TWO", 0)
    monkeypatch.setattr(arrays, "WORTH_TWO", 0)
    alone = trained(name, units=32)
    with something_else_running():
        assert same(trained(name, units=32), alone)


def test_short_batches_have_one_thread_and_long_ones_of_wide_layers_two():
    used = threads.Threads(built("bilstm", units=64))
    assert chosen(used, rows=32, steps=8) == threads._ONE
    assert chosen(used, rows=32, steps=100) != threads._ONE


def test_layers_that_read_one_way_have_one_thread():
    assert chosen(threads.Threads(built("lstm", units=64)), rows=256, steps=1000) == threads._ONE


def chosen(used: threads.Threads, rows: int, steps: int) -> str | None:
    from tensorflow.python.eager import context

    with used.of_batch(rows, steps):
        return context.context().function_call_options.executor_type
