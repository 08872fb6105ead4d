"""How right the models are: on one axis with their intervals, and in a table."""

from __future__ import annotations

from seqcore.analysis.best_epoch import epoch_of
from seqcore.analysis.intervals import Interval
from seqcore.analysis.standings import Standing
from seqcore.architectures import appearance
from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered
from seqcore.export.verdict_picture import picture_of, what_its_marks_are
from seqcore.plots import variants
from seqcore.plots.line_image import line_svg


def interval_of(standing: Standing) -> Interval:
    """The interval of a model's accuracy, as Compare shows it."""
    return standing.interval()


def scores_html(gathered: Gathered) -> str:
    """The picture, what its marks are, and the table of scores."""
    found = gathered.verdict
    numbers = variants(standing.architecture for standing in gathered.ranked)
    marks = what_its_marks_are(found, (gathered.kind.example, gathered.kind.examples))
    guessing = f" Dotted: always answering {markup.text(gathered.baseline.label, 40)}, where it is near."
    picture = picture_of(found, gathered.baseline.accuracy)
    return f"{picture}<p class=note>{markup.plain(marks)}{guessing}</p>{_table(gathered, numbers)}"


def line_of(standing: Standing, number: int) -> str:
    """The line of a model, as every picture draws it, before its name."""
    return f'<span class="line">{line_svg(appearance(standing.architecture), number)}</span>'


def named(standing: Standing, number: int) -> str:
    """A model's line beside its name."""
    return f'<span class="named">{line_of(standing, number)} {markup.text(standing.label, 60)}</span>'


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
