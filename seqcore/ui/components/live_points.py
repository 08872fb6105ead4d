"""Metric rows of several runs as the curves of their models."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from seqcore.analysis.best_epoch import best_epoch
from seqcore.analysis.run_names import run_label, told_apart
from seqcore.plots import ModelCurves, SeedCurves, variants
from seqcore.plots.over_seeds import Points

if TYPE_CHECKING:
    from seqcore.store import MetricRow, Run

MAX_POINTS = 300  # a line; more cannot be seen, and twice a second they can be felt


def models_of(runs: Sequence[Run], rows: Mapping[str, Sequence[MetricRow]]) -> list[ModelCurves]:
    """The models of these runs, those that differ in their seed only brought together.

    Args:
        runs: In the order they are shown.
        rows: Metric rows of each run by its id, oldest first.
    """
    groups = _models(runs)
    firsts = [group[0] for group in groups]
    labels = told_apart(firsts, [run_label(run) for run in firsts])
    return [
        ModelCurves(
            group[0].id, label, group[0].architecture, tuple(seed_curves(run, rows.get(run.id, ())) for run in group)
        )
        for label, group in zip(labels, groups, strict=True)
    ]


def marks_of(runs: Sequence[Run], *, each_seed: bool) -> dict[str, int]:
    """Which mark of its architecture each run has in the picture, by its id.

    Args:
        runs: As `models_of` was given them.
        each_seed: Whether every seed is a line of its own there.
    """
    lines = [[run] for group in _models(runs) for run in group] if each_seed else _models(runs)
    numbers = variants(line[0].architecture for line in lines)
    return {run.id: number for line, number in zip(lines, numbers, strict=True) for run in line}


def seed_curves(run: Run, rows: Sequence[MetricRow]) -> SeedCurves:
    """What was measured of a run so far."""
    best = run.scores.best_epoch if run.scores else 0
    return curves_of(f"seed {run.seed}", rows, best or _best_so_far(run, rows))


def curves_of(name: str, rows: Sequence[MetricRow], best: int) -> SeedCurves:
    """Rows of a run as its two curves.

    Args:
        name: What tells it from the other runs of its model.
        rows: Oldest first.
        best: Its best epoch, 0 where it is not known.
    """
    training, validation = (
        Points.of([(row.epoch, row.loss, row.accuracy) for row in thinned([r for r in rows if r.split == split])])
        for split in ("train", "validation")
    )
    return SeedCurves(name, training, validation, best)


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


def _models(runs: Sequence[Run]) -> list[list[Run]]:
    groups: dict[str, list[Run]] = {}
    for run in runs:
        groups.setdefault(_settings_of(run), []).append(run)
    return list(groups.values())


def _settings_of(run: Run) -> str:
    """The same for runs that differ in their seed only; a run that cannot be read stands alone."""
    if run.problem:
        return run.id
    return json.dumps({**run.stored_spec, "seed": 0}, sort_keys=True) + run_label(run)


def _best_so_far(run: Run, rows: Sequence[MetricRow]) -> int:
    if run.problem:
        return 0
    validation = [(row.loss, row.accuracy) for row in rows if row.split == "validation"]
    return best_epoch(validation, run.spec.training.keep)
