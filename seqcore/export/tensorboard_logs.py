"""An experiment's curves and scores as logs that TensorBoard reads: of each run train, validation and test."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seqcore.errors import SeqlabError
from seqcore.export.report.described import folders_of
from seqcore.store import Experiment, Run, Store


@dataclass(frozen=True)
class Point:
    """A number of a curve.

    Attributes:
        tag: What it is: loss, accuracy.
        value: The number.
        step: Training steps before it.
        moment: When it was measured, in seconds since 1970.
    """

    tag: str
    value: float
    step: int
    moment: float


def write_tensorboard(store: Store, experiment: Experiment, folder: Path) -> int:
    """Write the logs of every run that has measured anything; written again, they replace those of before.

    Returns:
        Runs that were written.

    Raises:
        SeqlabError: the package `tensorboard` is not installed, or the folder cannot be written.
    """
    records = _Records()
    runs = store.runs.of(experiment.workspace, experiment.id)
    names = {run_id: name.removeprefix("runs/") for run_id, name in folders_of(runs).items()}
    try:
        return sum(_write_run(records, store, run, folder / names[run.id]) for run in runs)
    except OSError as error:
        raise SeqlabError(
            f"The logs cannot be written: {error.strerror}", received=str(folder), remedy="Choose another folder"
        ) from error


def _write_run(records: _Records, store: Store, run: Run, folder: Path) -> bool:
    began = (run.started or run.created).timestamp()
    curves: dict[str, list[Point]] = {"train": [], "validation": [], "test": []}
    for _, _, row in store.measurements.rows([run.id]):
        for tag, value in (("loss", row.loss), ("accuracy", row.accuracy)):
            curves[row.split].append(Point(tag, value, row.step, began + row.seconds))
    if run.scores is not None:
        last = run.finished.timestamp() if run.finished else began
        for tag in ("loss", "accuracy", "macro_f1"):
            curves["test"].append(Point(tag, getattr(run.scores, tag), run.step, last))
    for part, points in curves.items():
        if points:
            records.write(folder / part, points)
    return any(curves.values())


class _Records:
    """Writes TensorBoard's files with its own classes, which need no TensorFlow.

    Raises:
        SeqlabError: they are not installed.
    """

    def __init__(self) -> None:
        try:
            from tensorboard.compat.proto.event_pb2 import Event
            from tensorboard.compat.proto.summary_pb2 import Summary
            from tensorboard.summary.writer.record_writer import RecordWriter
        except ImportError:
            raise SeqlabError(
                "TensorBoard is not installed, and its logs are written with its own classes",
                remedy="Install it: pip install tensorboard",
            ) from None
        self._event, self._summary, self._writer = Event, Summary, RecordWriter

    def write(self, folder: Path, points: Iterable[Point]) -> None:
        """One file, replacing what was written here before."""
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "events.out.tfevents.0.sequence-lab").open("wb") as file:
            writer = self._writer(file)
            for event in self._events(points):
                writer.write(event.SerializeToString())

    def _events(self, points: Iterable[Point]) -> Iterator[Any]:
        known = [point for point in points if math.isfinite(point.value)]
        yield self._event(wall_time=min((point.moment for point in known), default=0.0), file_version="brain.Event:2")
        for point in known:
            value = self._summary.Value(tag=point.tag, simple_value=point.value)
            yield self._event(wall_time=point.moment, step=point.step, summary=self._summary(value=[value]))
