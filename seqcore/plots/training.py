"""Learning curves: loss and accuracy of all models over the epochs, as the data of one picture.

A component draws them (`ui/components/live_curves.js`), for Train and Compare alike, so that a model that is still
learning is drawn as one that is done.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from seqcore.plots.canvas import plain, short
from seqcore.plots.line_code import MOST_MARKS, line_style, mark_style, place, variants
from seqcore.plots.over_seeds import Points, mean_over, spread_over
from seqcore.plots.theme import INK

BAND_OPACITY = 0.18
_RING = {"size": 16, "symbol": "circle-open", "line": {"width": 1.8}}


@dataclass(frozen=True)
class SeedCurves:
    """What was measured of one run.

    Attributes:
        name: What tells it from the others of its model: "seed 3".
        training: On the texts that it learns from, while it does.
        validation: On the validation texts, after each epoch.
        best: Its best epoch, from 1; 0 where it is not known.
    """

    name: str
    training: Points
    validation: Points
    best: int = 0


@dataclass(frozen=True)
class ModelCurves:
    """What was measured of one model.

    Attributes:
        key: Names it while the picture is drawn again and again.
        label: What the legend calls it.
        architecture: Gives colour, dash and mark.
        seeds: Its runs, at least one.
    """

    key: str
    label: str
    architecture: str
    seeds: tuple[SeedCurves, ...]


def curves(
    models: Iterable[ModelCurves], *, epochs: float = 1.0, training: bool = True, each_seed: bool = False
) -> dict[str, Any]:
    """All lines of the picture.

    A model of several seeds is its mean with a band from its lowest to its highest seed; with `each_seed` it is a line
    for each. Architectures stand in the order of their registration.

    Args:
        models: In any order.
        epochs: The least end of the x axis.
        training: Whether training is drawn beside validation.
        each_seed: Whether every seed is a line of its own.

    Returns:
        `traces` (what Plotly is given of each, x, loss, accuracy as base64 float32), `epochs` (end of the x axis),
        `loss_top` and `accuracy_bottom` (rounded, so that the axes rarely move).
    """
    lines = _ordered(models, each_seed)
    traces = [trace for number, line in enumerate(lines) for trace in line.traces(number, training)]
    seen = [points for line in lines for points in line.points(training)]
    ends = [float(points.x[-1]) for points in seen if points.x.size]
    return {
        "traces": traces,
        "epochs": max([float(epochs), *ends, 1.0]),
        "loss_top": _rounded_up(np.concatenate([np.zeros(0), *(points.loss for points in seen)])),
        "accuracy_bottom": _rounded_down(np.concatenate([np.zeros(0), *(points.accuracy for points in seen)])),
    }


def describe_curves(models: Iterable[ModelCurves]) -> str:
    """How far every model has come on the validation texts, in words."""
    said = []
    for model in sorted(models, key=lambda model: place(model.architecture)):
        points = mean_over([seed.validation for seed in model.seeds])
        if not points.x.size:
            said.append(f"{short(model.label)} has no point yet")
            continue
        best = sorted({seed.best for seed in model.seeds} - {0})
        told = f", best epoch {' or '.join(map(str, best))}" if best else ""
        last = f"{points.accuracy[-1]:.1%}, loss {points.loss[-1]:.3f} after epoch {points.x[-1]:g}"
        said.append(f"{short(model.label)} {last}{told}")
    return f"Learning curves. Validation accuracy: {'; '.join(said)}." if said else "Learning curves of no model."


@dataclass(frozen=True)
class _Line:
    """One line of the legend with all that belongs to it."""

    key: str
    label: str
    architecture: str
    variant: int
    seeds: tuple[SeedCurves, ...]

    def points(self, training: bool) -> list[Points]:
        """What the axes have to have room for."""
        return [each for seed in self.seeds for each in (seed.validation, *([seed.training] if training else []))]

    def traces(self, number: int, training: bool) -> list[dict[str, Any]]:
        """Legend, band, training, validation and the rings of the best epochs."""
        several = len(self.seeds) > 1
        validation = mean_over([seed.validation for seed in self.seeds])
        found = [self._in_legend(number)]
        if several:
            found.append(self._band())
        if training:
            thin = {"mode": "lines", "line": line_style(self.architecture, training=True)}
            found.append(self._trace("train", mean_over([seed.training for seed in self.seeds]), thin))
        found.append(self._trace("validation", validation, self._bold()))
        found.append(self._rings(validation))
        return found

    def _bold(self) -> dict[str, Any]:
        marks = mark_style(self.architecture, self.variant) | {"maxdisplayed": MOST_MARKS}
        return {"mode": "lines+markers", "line": line_style(self.architecture), "marker": marks}

    def _in_legend(self, number: int) -> dict[str, Any]:
        """A line without points, so that the legend stands before the first point comes."""
        nothing = Points(np.array([np.nan]), np.array([np.nan]), np.array([np.nan]))
        return self._trace("legend", nothing, self._bold()) | {"legend": number + 1, "points": 0}

    def _trace(self, what: str, points: Points, style: dict[str, Any]) -> dict[str, Any]:
        said = f"{what}ing" if what == "train" else what
        mean = ", mean" if len(self.seeds) > 1 else ""
        return {
            "key": f"{self.key}-{what}", "group": self.key, "label": plain(self.label), "style": style,
            "says": f"{said}{mean}", "points": int(points.x.size), "x": _as_base64(points.x),
            "loss": _as_base64(points.loss), "accuracy": _as_base64(points.accuracy),
        }  # fmt: skip

    def _band(self) -> dict[str, Any]:
        around = spread_over([seed.validation for seed in self.seeds])
        line = {"color": line_style(self.architecture)["color"], "width": 0}
        return self._trace("band", around, {"mode": "lines", "line": line, "fill": "toself"}) | {"band": BAND_OPACITY}

    def _rings(self, validation: Points) -> dict[str, Any]:
        """Around the best epoch (of several seeds the middle one), on the line; in ink, to stand out from it."""
        best = sorted(seed.best for seed in self.seeds if seed.best)
        several = len(np.unique(np.ceil(validation.x))) > 1  # the only epoch is no choice
        known = np.array([best[(len(best) - 1) // 2]] if best and several else [], np.float64)
        if known.size and not validation.x[0] <= known[0] <= validation.x[-1]:
            known = known[:0]
        x, loss, accuracy = (validation.x, validation.loss, validation.accuracy) if known.size else (np.zeros(1),) * 3
        rings = Points(known, np.interp(known, x, loss), np.interp(known, x, accuracy))
        said = "best epoch" if len(self.seeds) == 1 else f"best epoch, the middle of {len(self.seeds)} seeds"
        return self._trace("best", rings, {"mode": "markers", "marker": _RING | {"color": INK}}) | {"says": said}


def _ordered(models: Iterable[ModelCurves], each_seed: bool) -> list[_Line]:
    apart: list[ModelCurves] = []
    for model in sorted(models, key=lambda model: place(model.architecture)):
        apart += _one_a_seed(model) if each_seed and len(model.seeds) > 1 else [model]
    numbers = variants(model.architecture for model in apart)
    return [
        _Line(model.key, model.label, model.architecture, number, model.seeds)
        for model, number in zip(apart, numbers, strict=True)
    ]


def _one_a_seed(model: ModelCurves) -> list[ModelCurves]:
    return [
        ModelCurves(f"{model.key}-{seed.name}", f"{model.label} · {seed.name}", model.architecture, (seed,))
        for seed in model.seeds
    ]


def _as_base64(values: Sequence[float] | npt.NDArray[Any]) -> dict[str, str]:
    return {"dtype": "f4", "bdata": base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()}


def _rounded_up(losses: npt.NDArray[np.float64]) -> float:
    highest = float(max(losses[np.isfinite(losses)], default=1.0))
    step = 10.0 ** math.floor(math.log10(max(highest, 1e-6)))
    return math.ceil(highest * 1.02 / step * 5) / 5 * step


def _rounded_down(accuracies: npt.NDArray[np.float64]) -> float:
    lowest = float(min(accuracies[np.isfinite(accuracies)], default=0.5))
    return max(0.0, math.floor(lowest * 10 - 0.2) / 10)
