"""Trains on one processor and on two parts of it: `python -m tests.worker.runtime.two_devices`; prints JSON.

It is a process of its own because a processor can be divided only before TensorFlow uses it.
"""

import json
import sys
import tempfile
from pathlib import Path
from unittest import mock

import tensorflow as tf

from seqcore.architectures import get_architecture
from seqcore.spec import RunSpec, TrainingOptions
from seqcore.store import Store
from seqcore.worker.fit import checkpoint, mirrored
from seqcore.worker.runtime import devices
from seqcore.worker.train import train_run
from tests.worker.conftest import labelled
from tests.worker.interruption import assert_ended_alike, death_at_step, interrupted_and_resumed

TWO = ("CPU:0", "CPU:1")
RUNS = [
    ("lstm", {"early_stopping": 1, "class_weights": True}),
    ("gru", {"optimizer": "adamw", "gradient_clipping": 0.05}),
    ("transformer", {"optimizer": "rmsprop"}),
    ("cnn", {"optimizer": "sgd"}),
    ("bag_of_words", {}),
]  # architecture, training options


def divide_processor() -> None:
    (processor,) = tf.config.list_physical_devices("CPU")
    tf.config.set_logical_device_configuration(processor, [tf.config.LogicalDeviceConfiguration()] * len(TWO))


def queue(store: Store, architecture: str, training: dict, **options: float) -> str:
    """A run of three epochs of four steps that waits; gives its id."""
    data = labelled(("1", "2", "3"))
    dataset = store.datasets.add("me", data)
    kind = get_architecture(architecture)
    small = {"embedding_size": 8, "units": 8, "dropout": 0.0, **options}  # dropout is drawn anew on every device
    small = {name: value for name, value in small.items() if name in kind.options.model_fields}
    spec = RunSpec(
        dataset=data.content_hash,
        architecture=architecture,
        model=kind.validate_options(small).model_dump(),
        training=TrainingOptions(**{"epochs": 3, "batch_size": 15, "learning_rate": 0.01, **training}),
    )
    experiment = store.experiments.add("me", dataset.id, [spec])
    (run,) = store.runs.of("me", experiment.id)
    return run.id


def train(store: Store, architecture: str, training: dict) -> dict:
    """Train; gives the loss after each epoch, and that of the finished model."""
    run_id = queue(store, architecture, training)
    train_run(run_id, store, "here")
    run = store.runs.find(run_id)
    losses = [row.loss for _, _, row in store.measurements.rows([run.id]) if row.split == "validation"]
    return {"state": run.state, "message": run.message, "losses": losses, "test": run.results.get("test")}


def interrupt(store: Store) -> list[int]:
    """Let a run die in its last epoch and go on; gives the steps of its second attempt.

    Raises:
        AssertionError: it did not end like an undisturbed one.
    """
    ids = [queue(store, "lstm", {}, dropout=0.3) for _ in range(2)]
    train_run(ids[0], store, "here")
    resumed, taken = interrupted_and_resumed(store, ids[1], lambda: death_at_step(10))
    assert_ended_alike(store, store.runs.find(ids[0]), resumed)
    return taken


def on_two_devices() -> mock._patch:
    """What follows is shared out among both."""
    return mock.patch.object(devices, "training_devices", return_value=TWO)


def main() -> None:
    divide_processor()
    found: dict = {"runs": {}}
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(checkpoint, "PAUSE", 0):
        store = Store(f"sqlite:///{Path(folder) / 'lab.db'}", str(Path(folder) / "files"))
        for architecture, training in RUNS:
            alone = train(store, architecture, training)
            counting = mock.patch("seqcore.worker.fit.steps.traced.mirrored_step", wraps=mirrored.mirrored_step)
            with on_two_devices(), counting as steps:
                shared_out = train(store, architecture, training)
            found["runs"][architecture] = {"one": alone, "two": shared_out, "mirrored": steps.call_count}
        with on_two_devices():
            found["steps after an interruption"] = interrupt(store)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
