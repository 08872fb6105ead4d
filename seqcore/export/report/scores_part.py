"""How right the models are: on one axis with their intervals, and in a table."""

from __future__ import annotations

from seqcore.analysis.best_epoch import epoch_of
from seqcore.analysis.intervals import Interval
from seqcore.analysis.standings import Standing
from seqcore.architectures import appearance
from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered
from seqcore.plots import Scored, axis_of, draw_axis, draw_strip, variants
from seqcore.plots.line_image import line_svg

INTERVAL_COVERS = (
    "The interval says where the accuracy would lie on other texts of the same kind and, for models trained from three "
    "seeds or more, from other seeds; with fewer it says nothing of how far another training would move it."
)


def interval_of(standing: Standing) -> Interval:
    """The interval of a model's accuracy, as Compare shows it."""
    return standing.interval()


def scores_html(gathered: Gathered) -> str:
    """The picture, what its marks are, and the table of scores."""
    ranked = gathered.ranked
    numbers = variants(standing.architecture for standing in ranked)
    models = [_scored(standing, number) for standing, number in zip(ranked, numbers, strict=True)]
    axis = axis_of(models, gathered.baseline.accuracy)
    rows = "".join(
        f'<div class="row"><span class="name">{markup.text(model.label, 60)}</span>'
        f'<span class="picture">{draw_strip(model, axis)}</span>'
        f'<span class="number">{markup.percent(model.accuracy)}</span></div>'
        for model in models
    )
    marks = "Marks: accuracy on the test texts, with its 95\u00a0% interval."
    if any(len(model.seeds) > 1 for model in models):
        marks += " Short lines above: each seed."
    if axis.guessing is not None:
        marks += f" Dotted: always answering {markup.text(gathered.baseline.label, 40)}."
    foot = f'<div class="row axis"><span class="name"></span><span class="picture">{draw_axis(axis)}</span></div>'
    note = f"<p class=note>{marks} {INTERVAL_COVERS}</p>"
    return f'<div class="intervals">{rows}{foot}</div>{note}{_table(gathered, numbers)}'


def line_of(standing: Standing, number: int) -> str:
    """The line of a model, as every picture draws it, before its name."""
    return f'<span class="line">{line_svg(appearance(standing.architecture), number)}</span>'


def named(standing: Standing, number: int) -> str:
    """A model's line beside its name."""
    return f'<span class="named">{line_of(standing, number)} {markup.text(standing.label, 60)}</span>'


def _scored(standing: Standing, number: int) -> Scored:
    interval = interval_of(standing)
    return Scored(
        standing.label, standing.architecture, number, standing.mean("accuracy"), interval.low, interval.high,
        tuple(result.accuracy for result in standing.results),
    )  # fmt: skip


def _table(gathered: Gathered, numbers: list[int]) -> str:
    several = any(standing.seeds > 1 for standing in gathered.ranked)
    headings = ["Model", "Accuracy", "95\u00a0% interval", *(["Seeds"] if several else []), "Macro F1", "Loss",
                "Best epoch", "Parameters", "Training"]  # fmt: skip
    rows = []
    for standing, number in zip(gathered.ranked, numbers, strict=True):
        interval, epochs = interval_of(standing), [each.epochs for each in standing.results]
        best = epoch_of([each.best_epoch for each in standing.results], epochs) if max(epochs) > 1 else ""
        rows.append([
            named(standing, number),
            markup.percent(standing.mean("accuracy")),
            f"{100 * interval.low:.1f} to {markup.percent(interval.high)}",
            *([_over_seeds(standing)] if several else []),
            f"{standing.mean('macro_f1'):.3f}",
            f"{standing.mean('loss'):.3f}",
            best,
            f"{standing.mean('parameters'):,.0f}",
            f"{standing.mean('training_seconds'):.1f}\u00a0s",
        ])  # fmt: skip
    return markup.table(headings, rows)


def _over_seeds(standing: Standing) -> str:
    if standing.seeds == 1:
        return "1"
    return f"{standing.seeds}, SD {100 * standing.spread('accuracy'):.1f}"
