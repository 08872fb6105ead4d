"""What a worker process keeps from one run to the next."""

import random
import threading

import keras
import numpy as np

from seqcore.worker import compat
from seqcore.worker.runtime import backend


def test_no_graph_of_an_earlier_run_is_kept(carry_out):
    for seed in range(2):
        carry_out("rnn", seed=seed)
    assert compat.traced_gradients()
    backend.fresh(0)
    assert not compat.traced_gradients()


def test_initial_weights_do_not_depend_on_who_else_draws_random_numbers():
    def first_weights():
        backend.fresh(7)
        layers = [keras.layers.Dense(3) for _ in range(50)]
        for layer in layers:
            layer.build((2,))
        return [np.asarray(layer.kernel) for layer in layers]

    over = threading.Event()

    def draw_without_end():
        while not over.is_set():
            random.random()

    alone = first_weights()
    other = threading.Thread(target=draw_without_end)
    other.start()
    try:
        disturbed = first_weights()
    finally:
        over.set()
        other.join()
    assert all((one == two).all() for one, two in zip(alone, disturbed, strict=True))


def test_the_seed_gives_the_weights_that_keras_alone_would_give_it():
    backend.fresh(7)
    ours = keras.layers.Dense(3)
    ours.build((2,))
    random.seed(7)
    seed = random.randint(1, 10**9)
    assert (np.asarray(ours.kernel) == keras.initializers.GlorotUniform(seed=seed)((2, 3)).numpy()).all()
