"""TensorFlow set up for one run at a time: its threads and its seeds."""

from __future__ import annotations

import contextlib
import random

import keras
import tensorflow as tf

from seqcore.worker import compat
from seqcore.worker.runtime import devices
from seqcore.worker.runtime.threads import threads_of_process


def configure() -> None:
    """One thread for each of TensorFlow's operations, and two operations at a time at most, see `threads`."""
    with contextlib.suppress(RuntimeError):  # already initialised, so already configured
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(threads_of_process())
        devices.share_memory()


def fresh(seed: int) -> None:
    """Forget earlier models and seed Python, NumPy and TensorFlow, and Keras apart from everybody else.

    Keras draws the seeds of initial weights and of dropout from Python's global generator, from which other threads of
    a worker draw too (Dask measures its disk with it, for a second after the start): a run that meets them would
    begin with other weights. So Keras gets a generator of its own, with the same numbers.
    """
    keras.backend.clear_session()
    forget_gradients()
    keras.utils.set_random_seed(seed)
    compat.draw_seeds_from(random.Random(seed))


def forget_gradients() -> None:
    """Let go of the graphs of models that are traced already.

    TensorFlow keeps the gradient of every traced `tf.custom_gradient` under a name of its own for ever, and with it
    the whole graph: 2 MB a run. They are looked up while a training step is traced, never afterwards.
    """
    compat.forget_traced_gradients()
