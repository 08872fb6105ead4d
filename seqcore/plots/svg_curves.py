"""Learning curves as SVG, for paper and for pages without scripts."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from seqcore.architectures import appearance
from seqcore.plots.line_code import MOST_MARKS, place, variants
from seqcore.plots.line_image import RHYTHMS
from seqcore.plots.mark_shapes import mark_svg
from seqcore.plots.over_seeds import Points, mean_over, spread_over
from seqcore.plots.theme import GRID, INK
from seqcore.plots.training import BAND_OPACITY, ModelCurves, describe_curves

Measure = Literal["loss", "accuracy"]
_WIDTH, _HEIGHT = 420, 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 10, 42  # of the frame, in the picture's own pixels
_LINES = 5  # of the grid, about


def draw_svg_curves(models: Sequence[ModelCurves], measure: Measure, *, training: bool) -> str:
    """Validation (bold, with marks) over the epochs, and training (thin) beside it where that is asked for.

    A model of several seeds is their mean, with a band from the lowest to the highest.

    Args:
        models: In any order; those without a point are left out.
        measure: What stands on the y axis.
        training: Whether training is drawn.
    """
    ordered = sorted(models, key=lambda model: place(model.architecture))
    frame = _Frame(ordered, measure, training=training)
    numbers = variants(model.architecture for model in ordered)
    lines = "".join(
        line
        for model, number in zip(ordered, numbers, strict=True)
        for line in frame.lines_of(model, number, training=training)
    )
    said = f"{'Accuracy' if measure == 'accuracy' else 'Loss'} over the epochs. {describe_curves(ordered)}"
    return (
        f'<svg class="curves" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{html.escape(said)}">'
        f"{frame.axes()}{lines}</svg>"
    )


class _Frame:
    """Where numbers stand in the picture."""

    def __init__(self, models: Sequence[ModelCurves], measure: Measure, *, training: bool) -> None:
        seen = [
            points
            for model in models
            for seed in model.seeds
            for points in (seed.validation, *([seed.training] if training else []))
        ]
        values = np.concatenate([np.zeros(0), *(_values(points, measure) for points in seen)])
        values = values[np.isfinite(values)]
        self.measure = measure
        self.epochs = max([1.0, *(float(points.x[-1]) for points in seen if points.x.size)])
        self.low, self.high = _range(values, measure)

    def x(self, epoch: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * epoch / self.epochs

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (self.high - inside) / (self.high - self.low)

    def axes(self) -> str:
        parts = []
        for value in _ticks(self.low, self.high):
            written = f"{100 * value:.0f}\u00a0%" if self.measure == "accuracy" else f"{value:.2g}"
            parts.append(
                f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{self.y(value):.1f}" y2="{self.y(value):.1f}"'
                f' stroke="{GRID}"/>{_text(_LEFT - 6, self.y(value) + 4, written, "end")}'
            )
        whole = [epoch for epoch in _ticks(0.0, self.epochs) if epoch == int(epoch)]
        parts += [_text(self.x(epoch), _HEIGHT - _BOTTOM + 18, f"{epoch:.0f}", "middle") for epoch in whole]
        parts.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, "Epochs", "middle"))
        return "".join(parts)

    def lines_of(self, model: ModelCurves, variant: int, *, training: bool) -> Iterator[str]:
        """The band, the thin line, the bold one with its marks, the ring of the best epoch."""
        look = appearance(model.architecture)
        dashes = " ".join(map(str, RHYTHMS.get(look.dash, ())))
        validation = mean_over([seed.validation for seed in model.seeds])
        if not validation.x.size:
            return
        if len(model.seeds) > 1:
            band = spread_over([seed.validation for seed in model.seeds])
            yield f'<polygon points="{self._points(band)}" fill="{look.color}" opacity="{BAND_OPACITY}"/>'
        if training:
            thin = mean_over([seed.training for seed in model.seeds])
            yield self._line(thin, f'stroke="{look.color}" stroke-width="1" stroke-dasharray="{dashes}"')
        yield self._line(validation, f'stroke="{look.color}" stroke-width="2.4" stroke-dasharray="{dashes}"')
        values = _values(validation, self.measure)
        for number in range(0, len(values), math.ceil(len(values) / MOST_MARKS)):
            x, y = self.x(float(validation.x[number])), self.y(float(values[number]))
            yield mark_svg(look.mark, look.color, round(x, 1), round(y, 1), 3.6, variant=variant)
        best = sorted(seed.best for seed in model.seeds if seed.best)
        if best and len(values) > 1:
            epoch = best[(len(best) - 1) // 2]
            height = self.y(float(np.interp(epoch, validation.x, values)))
            yield (
                f'<circle cx="{self.x(epoch):.1f}" cy="{height:.1f}" r="6" fill="none" stroke="{INK}"'
                ' stroke-width="1.4"/>'
            )

    def _line(self, points: Points, style: str) -> str:
        return f'<polyline points="{self._points(points)}" fill="none" stroke-linejoin="round" {style}/>'

    def _points(self, points: Points) -> str:
        pairs = zip(points.x.tolist(), _values(points, self.measure).tolist(), strict=True)
        return " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in pairs if math.isfinite(y))


def _range(values: npt.NDArray[np.float64], measure: Measure) -> tuple[float, float]:
    """Lowest and highest number of the y axis, rounded; they are apart."""
    if measure == "loss":
        return 0.0, _round_up(float(values.max())) if values.size else 1.0
    lowest = math.floor(float(values.min()) * 20) / 20 if values.size else 0.0
    return min(lowest, 0.95), 1.0


def _values(points: Points, measure: Measure) -> npt.NDArray[np.float64]:
    return points.loss if measure == "loss" else points.accuracy


def _text(x: float, y: float, written: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" fill="{INK}">{written}</text>'


def _round_up(value: float) -> float:
    step = 10.0 ** math.floor(math.log10(max(value, 1e-6)))
    return math.ceil(value * 1.02 / step * 5) / 5 * step


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from `low` to `high`, about five."""
    rough = (high - low) / _LINES
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * scale for factor in (1, 2, 2.5, 5, 10) if factor * scale >= rough - 1e-12)
    first = math.ceil(low / step - 1e-9)
    return [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]
