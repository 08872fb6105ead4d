"""Whether a finished run's probabilities can be taken at their word, and what to choose by them: on validation only."""

from __future__ import annotations

from dataclasses import dataclass

from seqcore.analysis.calibration import CalibrationScores, calibration_scores
from seqcore.analysis.coverage import Covered, coverage_curve, covered, threshold_for
from seqcore.analysis.evaluation import read_evaluation
from seqcore.analysis.predictions import TEST_FILE, VALIDATION_FILE, Predictions, read_predictions
from seqcore.analysis.temperature import Temperature, at_temperature, fit_temperature
from seqcore.analysis.threshold import HALF, Costs, Decision, cheapest, decide, decisions
from seqcore.store import Run, Store

OLDER = (
    "This run was trained before the answers to the validation texts were kept. What is chosen must not be chosen on "
    "the test texts; train the run again to have it."
)


@dataclass(frozen=True)
class Calibration:
    """What a run's probabilities are worth.

    Attributes:
        classes: Names, in the order of the codes.
        test: Its answers to the test texts.
        validation: To the validation texts; None for runs of before they were kept.
        scores: On the test texts, as the model says them.
        temperature: Fitted on the validation texts; None without them.
        at_temperature: Scores on the test texts at that temperature; None likewise.
    """

    classes: tuple[str, ...]
    test: Predictions
    validation: Predictions | None
    scores: CalibrationScores
    temperature: Temperature | None
    at_temperature: CalibrationScores | None


@dataclass(frozen=True)
class ThresholdChosen:
    """From which probability on one of two classes is said.

    Attributes:
        positive: The class.
        costs: Of mistakes.
        usual: At one half, on the test texts.
        chosen: At the threshold that is cheapest on the validation texts, on the test texts; None without them.
        curve: On the test texts, for all thresholds.
    """

    positive: str
    costs: Costs
    usual: Decision
    chosen: Decision | None
    curve: tuple[Decision, ...]


@dataclass(frozen=True)
class AnsweredWhenSure:
    """How many texts are answered when a share of the answers is to be right.

    Attributes:
        wanted: That share.
        curve: On the test texts, from the surest answers to all of them.
        chosen: On the test texts, from the lowest probability on that keeps it on the validation texts; None without
            them, or where no probability keeps it.
    """

    wanted: float
    curve: tuple[Covered, ...]
    chosen: Covered | None


def calibration_of(store: Store, run: Run) -> Calibration:
    """What a run's probabilities are worth.

    Raises:
        NotFoundError: the run has not been evaluated.
        InspectionError: its answers are damaged.
    """
    classes = read_evaluation(store.artifacts.read(run.id, "evaluation.json")).classes
    test = read_predictions(store.artifacts.read(run.id, TEST_FILE), classes)
    scores = calibration_scores(test.probabilities, test.labels)
    if not store.artifacts.has(run.id, VALIDATION_FILE):
        return Calibration(classes, test, None, scores, None, None)
    validation = read_predictions(store.artifacts.read(run.id, VALIDATION_FILE), classes)
    fitted = fit_temperature(validation.probabilities, validation.labels)
    after = calibration_scores(at_temperature(test.probabilities, fitted.value), test.labels)
    return Calibration(classes, test, validation, scores, fitted, after)


def threshold_of(found: Calibration, code: int, costs: Costs) -> ThresholdChosen:
    """From which probability on to say one of two classes.

    Args:
        found: Of a run with two classes.
        code: Of the class.
        costs: Of mistakes.
    """
    shares, positive = found.test.probabilities[:, code], found.test.labels == code
    chosen = None
    if found.validation is not None:
        best = cheapest(found.validation.probabilities[:, code], found.validation.labels == code, costs)
        chosen = decide(shares, positive, best, costs)
    usual = decide(shares, positive, HALF, costs)
    return ThresholdChosen(found.classes[code], costs, usual, chosen, decisions(shares, positive, costs))


def answered_when_sure(found: Calibration, wanted: float) -> AnsweredWhenSure:
    """How many texts are answered when a share `wanted` of the answers is to be right."""
    sure, right = found.test.confidence, found.test.right
    least = None
    if found.validation is not None:
        least = threshold_for(found.validation.confidence, found.validation.right, wanted)
    chosen = None if least is None else covered(sure, right, least)
    return AnsweredWhenSure(wanted, coverage_curve(sure, right), chosen)
