"""`calibrate`: whether a run's probabilities mean what they say, and what to choose by them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from seqcore.analysis.calibration import CalibrationScores
from seqcore.analysis.calibration_told import calibration_sentence
from seqcore.analysis.temperature import Temperature
from seqcore.analysis.threshold import Costs, positive_code
from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store
from seqcore.errors import OptionError
from seqcore.kinds import get_kind
from seqcore.lab.calibrate import (
    OLDER,
    AnsweredWhenSure,
    Calibration,
    ThresholdChosen,
    answered_when_sure,
    calibration_of,
    threshold_of,
)
from seqcore.settings import get_settings


def calibrate(run_id: str, costs: Costs, positive: str | None, wanted: float, *, as_json: bool) -> None:
    """Print what a run's probabilities are worth.

    Args:
        run_id: The run.
        costs: Of mistakes, for the threshold of two classes.
        positive: The class that the threshold is of; None: the second.
        wanted: Share of the answers that is to be right, from 0 to 1.
        as_json: Whether for programs.

    Raises:
        NotFoundError: no such run, or it has not been evaluated.
        InspectionError: its answers are damaged.
        OptionError: no such class, or a share that is none.
    """
    if not 0 < wanted <= 1:
        raise OptionError("--accuracy is a share from 0 to 1", received=str(wanted), remedy="Write for example 0.95")
    settings = get_settings()
    store = open_store(settings)
    run = store.runs.get(settings.workspace, run_id)
    run.check_settings()
    found = calibration_of(store, run)
    binary = len(found.classes) == 2 or positive is not None
    threshold = threshold_of(found, positive_code(found.classes, positive), costs) if binary else None
    sure = answered_when_sure(found, wanted)
    kind = get_kind(run.spec.input.kind)
    sentence = calibration_sentence(found.scores, nouns=(kind.example, kind.examples))
    if as_json:
        print_json({"run": run_id, "sentence": sentence, **_as_json(found, threshold, sure)})
        return
    _print_scores(found)
    if threshold is not None:
        _print_threshold(threshold)
    _print_sure(sure)
    sys.stderr.write(f"{sentence}\n")
    if found.validation is None:
        sys.stderr.write(f"{OLDER}\n")


def _as_json(found: Calibration, threshold: ThresholdChosen | None, sure: AnsweredWhenSure) -> dict[str, Any]:
    after = found.at_temperature
    return {
        "classes": list(found.classes),
        "texts": {
            "test": len(found.test.labels),
            "validation": None if found.validation is None else len(found.validation.labels),
        },
        "problem": OLDER if found.validation is None else "",
        **_scores_json(found.scores),
        "temperature": None if found.temperature is None else _temperature_json(found.temperature),
        "at_temperature": None if after is None else _scores_json(after),
        "threshold": None if threshold is None else _threshold_json(threshold),
        "when_sure": {
            "wanted": sure.wanted,
            "chosen": None if sure.chosen is None else asdict(sure.chosen),
            "curve": [asdict(each) for each in sure.curve],
        },
    }


def _scores_json(scores: CalibrationScores) -> dict[str, Any]:
    error = scores.error
    return {
        "accuracy": scores.accuracy,
        "confidence": scores.confidence,
        "ece": {"value": error.value, "chance": error.chance, "excess": error.excess, "p_value": error.p_value},
        "brier": scores.brier,
        "log_loss": scores.log_loss,
        "bins": [asdict(each) for each in scores.bins],
    }


def _temperature_json(fitted: Temperature) -> dict[str, Any]:
    return {
        "value": fitted.value,
        "interval": [fitted.interval.low, fitted.interval.high],
        "at_bound": fitted.at_bound,
        "needed": fitted.is_needed,
    }


def _threshold_json(found: ThresholdChosen) -> dict[str, Any]:
    return {
        "positive": found.positive,
        "costs": asdict(found.costs),
        "of_calibrated": found.costs.of_calibrated,
        "usual": asdict(found.usual),
        "chosen": None if found.chosen is None else asdict(found.chosen),
        "curve": [asdict(each) for each in found.curve],
    }


def _print_scores(found: Calibration) -> None:
    rows: list[Sequence[object]] = [("as the model says them", *_cells(found.scores))]
    if found.temperature is not None and found.at_temperature is not None:
        low, high = found.temperature.interval.low, found.temperature.interval.high
        name = f"at temperature {found.temperature.value:.2f} ({low:.2f} to {high:.2f})"
        rows.append((name, *_cells(found.at_temperature)))
    print_table(("probabilities", "mean", "accuracy", "ECE", "by chance", "p", "Brier", "log loss"), rows)


def _cells(scores: CalibrationScores) -> list[str]:
    error = scores.error
    numbers = (scores.confidence, scores.accuracy, error.value, error.chance, error.p_value)
    return [f"{number:.4f}" for number in (*numbers, scores.brier, scores.log_loss)]


def _print_threshold(found: ThresholdChosen) -> None:
    rows = [("the usual half", found.usual)]
    rows += [("cheapest on validation", found.chosen)] if found.chosen is not None else []
    columns = (f"say “{found.positive[:40]}”", "from", "precision", "recall", "false yes", "false no", "cost a text")
    print_table(
        columns,
        [
            (
                name, f"{each.threshold:.4f}", *("" if share is None else f"{share:.4f}" for share in
                (each.precision, each.recall)), each.false_positives, each.false_negatives, f"{each.cost:.4f}",
            )
            for name, each in rows
        ],
    )  # fmt: skip


def _print_sure(found: AnsweredWhenSure) -> None:
    chosen = found.chosen
    if chosen is None or chosen.accuracy is None or chosen.interval is None:
        return
    row = (f"{chosen.threshold:.4f}", f"{chosen.coverage:.4f}", f"{chosen.accuracy:.4f}")
    between = f"{chosen.interval.low:.4f} to {chosen.interval.high:.4f}"
    print_table((f"to be right in {found.wanted:g}: from", "answered", "right", "95 % interval"), [(*row, between)])
