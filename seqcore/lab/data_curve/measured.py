"""What the models of an experiment scored with all of its training rows and with parts of them, as curves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from seqcore.analysis.data_curve import Size
from seqcore.analysis.more_data import MoreData, more_data
from seqcore.analysis.predictions import Predictions
from seqcore.analysis.standings import Baseline, Standing
from seqcore.lab.data_curve.parts import MORE_SHARES, Parts, at_share
from seqcore.spec import RunSpec
from seqcore.store import Run, RunState


@dataclass(frozen=True)
class Point:
    """One run on a share of the rows.

    Attributes:
        share: Of the experiment's training rows.
        rows: How many they are.
        seed: Of the run.
        accuracy: On the test texts.
        loss: Likewise.
    """

    share: float
    rows: int
    seed: int
    accuracy: float
    loss: float


@dataclass(frozen=True)
class ModelCurve:
    """One model with more and more rows.

    Attributes:
        label: What it is called.
        architecture: Name of its architecture.
        points: Its runs, the fewest rows first.
        found: What they say of more rows.
    """

    label: str
    architecture: str
    points: tuple[Point, ...]
    found: MoreData


def model_curves(
    models: Sequence[Standing],
    whole: Sequence[Run],
    parts: Sequence[Run],
    guessing: Baseline,
    *,
    rows_of: Callable[[RunSpec], int],
    answers_of: Callable[[Run], Predictions],
) -> list[ModelCurve]:
    """A curve for each model that was trained to its end on all rows, in their order.

    Args:
        models: Of the experiment.
        whole: Its runs.
        parts: The runs on parts of its rows; others than those of these models are passed over.
        guessing: Always giving the commonest answer.
        rows_of: How many training rows a run learns from.
        answers_of: What a run said of the test texts.
    """
    runs = {run.id: run for run in whole if run.state == RunState.FINISHED}
    found = []
    for model in models:
        own = [runs[result.run_id] for result in model.results if result.run_id in runs]
        own = own if model.has_seeds else own[:1]  # the others are the same once more
        if own:
            points, sizes = _measured(own, _parts_of(own[0].spec, parts), rows_of, answers_of)
            found.append(ModelCurve(model.label, model.architecture, points, more_data(sizes, guessing.accuracy)))
    return found


def parts_that_may_tell(curves: Sequence[ModelCurve], wanted: Parts) -> Parts | None:
    """What else to train of the models of which it is still open whether more rows help; None where there is none.

    Args:
        curves: Of the models, from what is there.
        wanted: What they come from.
    """
    told = {each.architecture for each in curves if each.found.outcome in ("helps", "hardly")}
    shares = tuple(sorted({*wanted.shares, *MORE_SHARES}))
    if shares == tuple(sorted(wanted.shares)) or told >= {each.architecture for each in curves}:
        return None
    return replace(wanted, shares=shares, left_out={*wanted.left_out, *told})


def _parts_of(spec: RunSpec, parts: Sequence[Run]) -> list[tuple[float, Run]]:
    """Finished runs of the same model on a share of its rows, each seed once, with the share."""
    model, known = _without_share(spec), dict[tuple[float, int], Run]()
    for run in parts:
        if run.state == RunState.FINISHED and run.scores and not run.problem and _without_share(run.spec) == model:
            known[run.spec.split.training_share / spec.split.training_share, run.seed] = run
    return [(share, run) for (share, _), run in known.items()]


def _measured(
    whole: Sequence[Run],
    parts: Sequence[tuple[float, Run]],
    rows_of: Callable[[RunSpec], int],
    answers_of: Callable[[Run], Predictions],
) -> tuple[tuple[Point, ...], list[Size]]:
    points, sizes = [], dict[int, list[Predictions]]()
    for share, run in [*parts, *((1.0, run) for run in whole)]:
        if run.scores is None:
            continue
        rows = rows_of(run.spec)
        points.append(Point(round(share, 6), rows, run.seed, run.scores.accuracy, run.scores.loss))
        sizes.setdefault(rows, []).append(answers_of(run))
    first = next(iter(sizes.values()))[0].rows
    same = all(np.array_equal(each.rows, first) for of_size in sizes.values() for each in of_size)
    points.sort(key=lambda point: (point.rows, point.seed))
    return tuple(points), [_size(rows, of_size, same=same) for rows, of_size in sorted(sizes.items())]


def _size(rows: int, answers: Sequence[Predictions], *, same: bool) -> Size:
    wrong = [(each.labels != each.predicted).astype(float) for each in answers]
    errors = np.array([each.mean() for each in wrong])
    return Size(rows, errors, np.mean(wrong, axis=0) if same else None, wrong[0].size)


def _without_share(spec: RunSpec) -> str:
    """The same for runs that differ in their seed and their share of the rows only."""
    whole = at_share(spec, 1 / spec.split.training_share)
    return whole.model_identity()
