"""How the models learned: loss and accuracy over the epochs, and a sentence on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from seqcore.analysis.standings import Standing
from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered
from seqcore.export.report.scores_part import line_of
from seqcore.plots import ModelCurves, SeedCurves, draw_svg_curves, variants
from seqcore.plots.over_seeds import Points
from seqcore.plots.svg_curves import Measure
from seqcore.store import MetricRow, Run

_MEASURES: tuple[tuple[str, Measure], ...] = (("Accuracy", "accuracy"), ("Loss, in nats", "loss"))
_FEW = 4  # models beside whose validation their training is drawn


def curves_html(gathered: Gathered) -> str:
    """Two pictures, the lines' names, and how each training went."""
    numbers = variants(standing.architecture for standing in gathered.ranked)
    lines = [
        f"{line_of(standing, number)} {markup.text(standing.label, 60)}"
        for standing, number in zip(gathered.ranked, numbers, strict=True)
    ]
    told = [
        f"{line}: {said}"
        for line, standing in zip(lines, gathered.ranked, strict=True)
        if (said := _sentences(gathered.runs_of(standing)))
    ]
    models = [(_model(standing, gathered), line) for standing, line in zip(gathered.ranked, lines, strict=True)]
    drawn = [(model, line) for model, line in models if any(len(seed.validation.x) > 1 for seed in model.seeds)]
    return (_pictures(drawn) if drawn else "") + (markup.listed(told) if told else "")


def _pictures(drawn: Sequence[tuple[ModelCurves, str]]) -> str:
    models, training = [model for model, _ in drawn], len(drawn) <= _FEW
    names = "".join(f"<span>{line}</span>" for _, line in drawn)
    pictures = "".join(
        f"<figure><figcaption>{title}</figcaption>{draw_svg_curves(models, measure, training=training)}</figure>"
        for title, measure in _MEASURES
    )
    return (
        f'<div class="curves-of"><p class="legend">{names}</p><div class="pair">{pictures}</div>'
        f"<p class=note>{_key(models, training=training)}</p></div>"
    )


def _key(models: Sequence[ModelCurves], *, training: bool) -> str:
    thin = "Thin: training. " if training else ""
    band = "Shaded: from the lowest seed to the highest. " if any(len(each.seeds) > 1 for each in models) else ""
    return f"Bold, with marks: validation. {thin}{band}Ringed: the best epoch."


def _model(standing: Standing, gathered: Gathered) -> ModelCurves:
    seeds = tuple(
        SeedCurves(
            f"seed {each.seed}",
            _points(gathered.moments[each.run_id], "train"),
            _points(gathered.moments[each.run_id], "validation"),
            each.best_epoch,
        )
        for each in standing.results
    )
    return ModelCurves(standing.results[0].run_id, standing.label, standing.architecture, seeds)


def _points(rows: Sequence[MetricRow], split: str) -> Points:
    return Points.of([(row.epoch, row.loss, row.accuracy) for row in rows if row.split == split])


def _sentences(runs: Sequence[Run]) -> str:
    """What was said of the training; of several seeds each different sentence's first, with how many there are."""
    told = [(run, run.results["curves"]) for run in runs if isinstance(run.results.get("curves"), dict)]
    if len(runs) == 1:
        return markup.plain(str(told[0][1].get("sentence", ""))) if told else ""
    courses = Counter(str(curves.get("course", "")) for _, curves in told)
    first = {str(curves.get("course", "")): (run, curves) for run, curves in reversed(told)}
    return " ".join(
        f"{_which(number, len(runs), first[course][0].seed)}: {markup.plain(str(first[course][1].get('sentence', '')))}"
        for course, number in courses.most_common()
    )


def _which(number: int, seeds: int, example: int) -> str:
    return f"Seed {example}" if number == 1 else f"{number} of {seeds} seeds, for example seed {example}"
