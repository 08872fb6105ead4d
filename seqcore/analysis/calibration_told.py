"""What a model's calibration comes to, in sentences that are true whatever the numbers are."""

from __future__ import annotations

from seqcore.analysis.calibration import CalibrationScores
from seqcore.analysis.temperature import Temperature

_LEVEL = 0.05


def calibration_sentence(scores: CalibrationScores, *, nouns: tuple[str, str] = ("text", "texts")) -> str:
    """Whether it is too sure of itself, not sure enough, or neither as far as the test can tell.

    Args:
        scores: On the test texts, at least one.
        nouns: What one example is called, and several.
    """
    error = scores.error
    told = f"{_percent(scores.confidence)} sure on average, {_percent(scores.accuracy)} right"
    tested = f"{scores.texts:,} {nouns[0] if scores.texts == 1 else nouns[1]}"
    chance = f"a perfectly calibrated model gets {_percent(error.chance)} on average with {tested}"
    if error.p_value >= _LEVEL:
        return (
            f"No fault can be seen: {told}. Its calibration error of {_percent(error.value)} can be chance: {chance}."
        )
    lean = {1: "Too sure of itself", -1: "Not sure enough", 0: "Here too sure and there not sure enough"}[scores.lean]
    return f"{lean}: {told}. Its calibration error is {_percent(error.value)}, where {chance}."


def temperature_sentence(
    fitted: Temperature, before: CalibrationScores, after: CalibrationScores, examples: str = "texts"
) -> str:
    """What the temperature is, and what it does to the probabilities on the test.

    Args:
        fitted: On the validation texts.
        before: Scores on the test texts.
        after: The same at that temperature.
        examples: What several examples are called.
    """
    value, low, high = fitted.value, fitted.interval.low, fitted.interval.high
    told = f"Temperature {value:.2f} (95\N{NO-BREAK SPACE}% interval {low:.2f} to {high:.2f})"
    if fitted.at_bound:
        return f"Temperature {value:.2f}: the validation {examples} set it no bound, so it is not to be relied on."
    if not fitted.is_needed:
        return f"{told}: as far as the validation {examples} can tell, none is needed."
    first, second = f"{before.log_loss:.3f}", f"{after.log_loss:.3f}"
    if first == second:
        return f"{told}: on the test {examples} the log loss stays {first}."
    if after.log_loss < before.log_loss:
        return f"{told}: with it the log loss on the test {examples} falls from {first} to {second}."
    return (
        f"{told}: with it the log loss on the test {examples} rises from {first} to {second}; they are unlike the "
        f"validation {examples} that it was fitted on, or it is chance."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
