"""TensorFlow set up for one run at a time: its threads and its seeds."""

from __future__ import annotations

import contextlib

import keras
import tensorflow as tf


def configure() -> None:
    """One thread for TensorFlow in this process: runs train side by side, each on its own core."""
    with contextlib.suppress(RuntimeError):  # already initialised, so already configured
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)


def fresh(seed: int) -> None:
    """Forget earlier models and seed Python, NumPy and TensorFlow."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
