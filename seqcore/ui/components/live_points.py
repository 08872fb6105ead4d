"""Metric rows of several runs as the data of one live picture."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from seqcore.architectures import appearance, architectures
from seqcore.ui.kit.run_names import have_several_seeds, run_label

if TYPE_CHECKING:
    from seqcore.store import MetricRow, Run

MAX_POINTS = 300  # a trace; more cannot be seen, and twice a second they can be felt
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star", "pentagon", "cross", "triangle-down", "hexagon")


def curves(runs: Sequence[Run], rows: Mapping[str, Sequence[MetricRow]]) -> dict[str, Any]:
    """Loss and accuracy of every run, training and validation.

    Args:
        runs: In the order they are shown.
        rows: Metric rows of each run by its id, oldest first.

    Returns:
        `traces` (label, color, symbol, split, and x, loss, accuracy as base64 float32), `epochs` (end of the
        x axis), `loss_top` and `accuracy_bottom` (rounded, so that the axes rarely move).
    """
    several_seeds = have_several_seeds(runs)
    symbols = {which.name: _SYMBOLS[n % len(_SYMBOLS)] for n, which in enumerate(architectures())}
    traces = [
        _trace(run, split, list(rows.get(run.id, ())), symbols.get(run.architecture, "circle"), several_seeds)
        for run in runs
        for split in ("train", "validation")
    ]
    every = [row for run in runs for row in rows.get(run.id, ())]
    return {
        "traces": traces,
        "epochs": max([float(run.epochs) for run in runs] + [row.epoch for row in every] + [1.0]),
        "loss_top": _rounded_up([row.loss for row in every]),
        "accuracy_bottom": _rounded_down([row.accuracy for row in every]),
    }


def append(rows: list[MetricRow], row: MetricRow) -> None:
    """Add a row to those of its run; a run that went back to its last checkpoint takes back what was further on."""
    last = rows[-2:]  # training and validation of one moment stand side by side
    if any(known.epoch > row.epoch or (known.epoch, known.split) == (row.epoch, row.split) for known in last):
        rows[:] = [known for known in rows if known.epoch < row.epoch]
    rows.append(row)


def thinned(rows: Sequence[MetricRow], most: int = MAX_POINTS) -> list[MetricRow]:
    """At most `most` rows, evenly spread, the first and the last among them."""
    if len(rows) <= most:
        return list(rows)
    step = (len(rows) - 1) / (most - 1)
    return [rows[round(step * n)] for n in range(most)]


def _trace(run: Run, split: str, rows: list[MetricRow], symbol: str, with_seed: bool) -> dict[str, Any]:
    kept = thinned([row for row in rows if row.split == split])
    return {
        "run": run.id,
        "label": run_label(run, with_seed=with_seed),
        "color": appearance(run.architecture).color,
        "symbol": symbol,
        "split": split,
        "points": len(kept),
        "x": _as_base64([row.epoch for row in kept]),
        "loss": _as_base64([row.loss for row in kept]),
        "accuracy": _as_base64([row.accuracy for row in kept]),
    }


def _as_base64(values: Sequence[float]) -> dict[str, str]:
    import numpy as np

    return {"dtype": "f4", "bdata": base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()}


def _rounded_up(losses: Sequence[float]) -> float:
    highest = max((loss for loss in losses if math.isfinite(loss)), default=1.0)
    step = 10.0 ** math.floor(math.log10(max(highest, 1e-6)))
    return math.ceil(highest * 1.02 / step * 5) / 5 * step


def _rounded_down(accuracies: Sequence[float]) -> float:
    lowest = min((value for value in accuracies if math.isfinite(value)), default=0.5)
    return max(0.0, math.floor(lowest * 10 - 0.2) / 10)
