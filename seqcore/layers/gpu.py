"""Whether this process sees a GPU, which decides who walks through the steps of a recurrent layer."""

from __future__ import annotations

import tensorflow as tf


def has_gpu() -> bool:
    """Whether it does; `CUDA_VISIBLE_DEVICES` decides which ones are seen. Asks nothing of the devices themselves."""
    return bool(tf.config.list_physical_devices("GPU"))
