"""Trains on one processor and on two that it is divided into: `python -m tests.worker.two_devices`; prints JSON.

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
from seqcore.worker import devices, mirrored
from seqcore.worker.train import train_run
from tests.worker.conftest import labelled

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


def train(store: Store, architecture: str, training: dict) -> dict:
    """Train three epochs; gives losses after each, and what the finished model scores."""
    data = labelled(("1", "2", "3"))
    dataset = store.add_dataset("me", data)
    kind = get_architecture(architecture)
    small = {"embedding_size": 8, "units": 8, "dropout": 0.0}  # dropout would be drawn anew on every device
    small = {name: value for name, value in small.items() if name in kind.options.model_fields}
    options = kind.validate_options(small).model_dump()
    training = {"epochs": 3, "batch_size": 15, "learning_rate": 0.01, **training}
    spec = RunSpec(
        dataset=data.content_hash, architecture=architecture, model=options, training=TrainingOptions(**training)
    )
    experiment = store.add_experiment("me", dataset.id, [spec])
    (run,) = store.runs("me", experiment.id)
    train_run(run.id, store, "here")
    run = store.find_run(run.id)
    rows = [row for _, _, row in store.metrics([run.id]) if row.split == "validation"]
    return {
        "state": run.state,
        "message": run.message,
        "losses": [row.loss for row in rows],
        "test": run.results["test"],
    }


def main() -> None:
    divide_processor()
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'lab.db'}", str(Path(folder) / "files"))
        for architecture, training in RUNS:
            alone = train(store, architecture, training)
            shared_out = mock.patch.object(devices, "training_devices", return_value=TWO)
            counting = mock.patch("seqcore.worker.loop.mirrored_step", wraps=mirrored.mirrored_step)
            with shared_out, counting as steps:
                found[architecture] = {"one": alone, "two": train(store, architecture, training)}
            found[architecture]["mirrored"] = steps.call_count
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
