"""Runs and metric rows as the store gives them, made up."""

from datetime import UTC, datetime

from seqcore.spec import RunSpec
from seqcore.store import MetricRow, Run, RunState


def make_run(architecture: str = "lstm", *, seed: int = 0, epochs: int = 10, epoch: float = 0.0) -> Run:
    return Run(
        id=f"{architecture}-{seed}", workspace="w", experiment_id="e", architecture=architecture, seed=seed, name="",
        stored_spec=RunSpec(dataset="d", architecture=architecture).model_dump(), state=RunState.TRAINING, message="",
        parameters=None, created=datetime(2026, 1, 1, tzinfo=UTC), started=None, finished=None, epoch=epoch,
        epochs=epochs, step=0, texts_per_second=0.0, seconds={}, results={}, cancel_requested=False, engine="",
    )  # fmt: skip


def row(epoch: float, *, split: str = "train", loss: float = 0.5, accuracy: float = 0.7) -> MetricRow:
    return MetricRow(split=split, epoch=epoch, step=int(epoch * 10), seconds=2 * epoch, loss=loss, accuracy=accuracy)  # type: ignore[arg-type]
