"""`compare` and `verdict`: which model is better, whether that is more than chance, and what would tell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seqcore.analysis.intervals import Interval
from seqcore.analysis.measures import find_measure
from seqcore.analysis.pairs import Pair
from seqcore.analysis.standings import Baseline, Standing
from seqcore.analysis.verdict import Verdict, verdict
from seqcore.analysis.verdict_numbers import told
from seqcore.analysis.verdict_words import for_a_paper, for_a_student, of_the_second
from seqcore.cli.output import print_json, print_table, progress_console
from seqcore.cli.training import open_store
from seqcore.errors import OptionError
from seqcore.lab.answers_file import models_of_file
from seqcore.lab.compare import compared_models
from seqcore.settings import get_settings


def compare(experiment_id: str, measure: str, points: float, *, as_json: bool) -> None:
    """Print the verdict on an experiment's models.

    Raises:
        NotFoundError: no such experiment, or it has no scores.
        OptionError: no such measure.
    """
    settings = get_settings()
    store = open_store(settings)
    found = compared_models(store, store.experiments.get(settings.workspace, experiment_id))
    for sentence in found.left_out:
        progress_console().print(sentence, markup=False, highlight=False)
    _print(found.standings, found.baseline, measure, points, as_json=as_json)


def judge_file(file: Path, points: float, *, as_json: bool) -> None:
    """Print the verdict on right and wrong answers from anywhere.

    Raises:
        DataError: it is not a file of answers.
    """
    _print(models_of_file(file), None, "accuracy", points, as_json=as_json)


def _print(
    models: Sequence[Standing], baseline: Baseline | None, measure: str, points: float, *, as_json: bool
) -> None:
    if not 0 < points < 100:  # what is not a number is not, either
        raise OptionError("What does not matter is a number of points", received=str(points), remedy="For example 1")
    first = models[0].results[0]
    chosen = find_measure(measure, first.classes, with_probabilities=first.probabilities is not None)
    found = verdict(models, baseline, measure=chosen, limit=points / 100)
    if as_json:
        print_json(verdict_as_json(found))
    else:
        print_verdict(found, models)


def print_verdict(found: Verdict, models: Sequence[Standing]) -> None:
    """A table of the models, in their order, and the verdict on them in words."""
    columns = ("model", "seeds", found.measure.label.lower(), "95 % interval", "")
    print_table(columns, [_row(found, each) for each in models])
    print_table(("",), [(for_a_student(found),), (f"For a paper: {for_a_paper(found)}",)])


def _row(found: Verdict, standing: Standing) -> tuple[object, ...]:
    interval = standing.interval(found.measure)
    pair = next((pair for pair in found.against_the_best if pair.second is standing), None)
    return (
        standing.label,
        standing.seeds,
        told(standing.score(found.measure), found.measure),
        f"{told(interval.low, found.measure)} to {told(interval.high, found.measure)}",
        "" if pair is None else of_the_second(pair, found),
    )


def verdict_as_json(found: Verdict) -> dict[str, Any]:
    """A verdict as `compare --json` prints it."""
    return {
        "measure": found.measure.name,
        "models": [_model(found, standing) for standing in found.standings],
        "pairs": [_pair(pair) for pair in found.pairs],
        "sentence": for_a_student(found),
        "paper": for_a_paper(found),
    }


def _model(found: Verdict, standing: Standing) -> dict[str, Any]:
    return {
        "architecture": standing.architecture,
        "label": standing.label,
        "seeds": standing.seeds,
        found.measure.name: standing.score(found.measure),
        "interval": _interval(standing.interval(found.measure)),
        "interval_counts_seeds": standing.counts_seeds,
        "sd_texts": standing.sd_texts(found.measure),
        "sd_seeds": standing.sd_seeds(found.measure),
    }


def _pair(pair: Pair) -> dict[str, Any]:
    known = pair.found
    return {
        "first": pair.first.label,
        "second": pair.second.label,
        "difference": None if known is None else known.value,
        "interval": None if known is None else _interval(known.interval()),
        "p_value": None if known is None else pair.p_value,
        "p_corrected": None if known is None else pair.p_corrected,
        "verdict": pair.outcome,
        "counts_seeds": pair.counts_seeds,
        "more_seeds": pair.needed.seeds,
        "more_texts": pair.needed.texts,
        "times_both": pair.needed.times,
    }


def _interval(interval: Interval) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in (interval.low, interval.high)]
