"""Which devices a run is trained on: the processor, a GPU, or all GPUs that this process sees."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import lru_cache

import tensorflow as tf


def share_memory() -> None:
    """Let every GPU's memory be taken as it is needed: TensorFlow would take all of it, and its neighbours none.

    Raises:
        RuntimeError: TensorFlow uses its devices already, so this comes too late.
    """
    for device in tf.config.list_physical_devices("GPU"):
        tf.config.experimental.set_memory_growth(device, True)


def training_devices() -> tuple[str, ...]:
    """Names of the devices to share a run among; none leaves the choice to TensorFlow: its only GPU, or the processor.

    `CUDA_VISIBLE_DEVICES` decides which GPUs a process sees.
    """
    if len(tf.config.list_physical_devices("GPU")) < 2:  # asks nothing of the devices themselves
        return ()
    return tuple(device.name for device in tf.config.list_logical_devices("GPU"))


@contextlib.contextmanager
def placement() -> Iterator[None]:
    """Models and optimizers made inside have their variables on every device that the run is shared among."""
    devices = training_devices()
    with _mirrored(devices).scope() if devices else contextlib.nullcontext():
        yield


@lru_cache(maxsize=1)
def _mirrored(devices: tuple[str, ...]) -> tf.distribute.Strategy:
    return tf.distribute.MirroredStrategy(devices)
