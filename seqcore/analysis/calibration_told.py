"""What a model's calibration comes to, in a sentence that is true whatever the numbers are."""

from __future__ import annotations

from seqcore.analysis.calibration import CalibrationScores

_LEVEL = 0.05


def calibration_sentence(scores: CalibrationScores, *, nouns: tuple[str, str] = ("text", "texts")) -> str:
    """Whether it is too sure of itself, not sure enough, or neither as far as the test can tell.

    Args:
        scores: On the test texts, at least one.
        nouns: What one example is called, and several.
    """
    sure, right = _percent(scores.confidence), _percent(scores.accuracy)
    told = f"Its answers have a probability of {sure} on average, and {right} of them are right"
    tested = f"{scores.texts:,} {nouns[0] if scores.texts == 1 else nouns[1]}"
    if scores.error.p_value >= _LEVEL:
        return (
            f"{told}. The calibration error of {_percent(scores.error.value)} can be chance: a perfectly calibrated "
            f"model gets {_percent(scores.error.chance)} on average with {tested}."
        )
    lean = {
        1: "It is too sure of itself",
        -1: "It is not sure enough of itself",
        0: "Its probabilities are off, here too high and there too low",
    }[scores.lean]
    return (
        f"{lean}. {told}; the calibration error is {_percent(scores.error.value)}, where a perfectly calibrated model "
        f"gets {_percent(scores.error.chance)} on average with {tested}."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
