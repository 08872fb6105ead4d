"""One sentence on how a training went, from the numbers under its curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal, Protocol

Course = Literal["begun", "fitted", "learned", "still_learning", "over_fitting", "by_heart", "at_chance", "diverged"]
NOTHING_LEARNED: tuple[Course, ...] = ("by_heart", "at_chance", "diverged")

_RISE = 1.10  # how far a validation loss has to rise above its least before it is over-fitting and not noise ...
_LEAST_RISE = 0.02  # ... and by how many nats
_FALL = 0.97  # a last epoch that is lower than the one before by more than this is still learning
_DIVERGED = 2.0  # times its own least that a training loss rises to only when steps are too large
_STANDARD_ERRORS = 2.0
_LITTLE = 0.03  # of accuracy on the training texts above always giving one answer


@dataclass(frozen=True)
class EpochEnd:
    """Where a curve stood after an epoch.

    Attributes:
        epoch: From 1.
        training_loss: Mean cross-entropy over the training texts of about that time, in nats; NaN when unknown.
        training_accuracy: Share of them answered rightly; NaN when unknown.
        validation_loss: The same of the validation texts after the epoch.
        validation_accuracy: The same.
    """

    epoch: int
    training_loss: float
    training_accuracy: float
    validation_loss: float
    validation_accuracy: float


@dataclass(frozen=True)
class OneAnswer:
    """What always giving the most frequent answer gets.

    Attributes:
        label: The answer.
        accuracy: On the test texts.
        training_accuracy: On the training texts.
        texts: Of the test.
    """

    label: str
    accuracy: float
    training_accuracy: float
    texts: int

    @property
    def least_difference(self) -> float:
        """The accuracy beyond which a model is better by more than which texts happen to be in the test."""
        share = min(max(self.accuracy, 1 / (self.texts + 2)), 1 - 1 / (self.texts + 2))
        return self.accuracy + _STANDARD_ERRORS * math.sqrt(share * (1 - share) / self.texts)


@dataclass(frozen=True)
class CurveReading:
    """How a training went.

    Attributes:
        course: In a word, for programs.
        sentence: For people; user text in it is not escaped.
    """

    course: Course
    sentence: str

    @property
    def learned(self) -> bool:
        """Whether the model has learned anything that holds for texts it has not seen."""
        return self.course not in NOTHING_LEARNED


def read_curves(
    epochs: Sequence[EpochEnd],
    *,
    planned: int,
    kept: int | None = None,
    accuracy: float | None = None,
    one_answer: OneAnswer | None = None,
    examples: str = "texts",
    in_one_go: bool = False,
) -> CurveReading:
    """What the numbers say: learning, over-fitting since an epoch, no better than one answer, diverged.

    Args:
        epochs: Ends of the epochs so far, in order.
        planned: Epochs that were asked for.
        kept: The epoch whose weights the model has, when that is not the last.
        accuracy: On the test texts, once it is known.
        one_answer: What a model has to beat.
        examples: What the examples are called.
        in_one_go: Whether the model is solved instead of trained step by step.
    """
    if not epochs:
        return CurveReading("begun", "Too early to say: no epoch has ended.")
    nothing = _nothing_learned(epochs[-1], accuracy, one_answer, examples)
    if _diverges(epochs):
        return CurveReading("diverged", _of_divergence(epochs, kept))
    if nothing is not None:
        return nothing
    if len(epochs) == 1:
        return CurveReading(*(("fitted", "Fitted in one go: there is no curve.") if in_one_go else _BEGUN))
    return _of_course(epochs, planned, kept)


_BEGUN: tuple[Course, str] = ("begun", "Too early to say: one epoch has ended.")


def _of_course(epochs: Sequence[EpochEnd], planned: int, kept: int | None) -> CurveReading:
    best = min(epochs, key=lambda end: end.validation_loss)
    last = epochs[-1]
    keeps = _which_was_kept(last, kept)
    if last.epoch > best.epoch and last.validation_loss > _close_to(best.validation_loss):
        return CurveReading(
            "over_fitting",
            f"Over-fitting since epoch {best.epoch}: validation loss rose from {best.validation_loss:.3f} to "
            f"{last.validation_loss:.3f}{_while_training_fell(best, last)}.{keeps}",
        )
    if best is last and last.validation_loss < epochs[-2].validation_loss * _FALL:
        more = " More epochs may help." if last.epoch >= planned else ""
        return CurveReading(
            "still_learning",
            f"Still learning at epoch {last.epoch}: validation loss fell from {epochs[-2].validation_loss:.3f} to "
            f"{last.validation_loss:.3f} in the last epoch.{more}",
        )
    return CurveReading(
        "learned",
        f"Learned, and has levelled off: validation loss has been close to its lowest, {best.validation_loss:.3f}, "
        f"since epoch {_level_since(epochs, best)}.{keeps}",
    )


def _level_since(epochs: Sequence[EpochEnd], best: EpochEnd) -> int:
    """The first epoch from which on the validation loss stays close to its least."""
    since = epochs[-1].epoch
    for end in reversed(epochs):
        if not end.validation_loss <= _close_to(best.validation_loss):
            break
        since = end.epoch
    return since


def _close_to(loss: float) -> float:
    """The greatest loss that is no worse than this one by more than noise."""
    return max(loss * _RISE, loss + _LEAST_RISE)


def _which_was_kept(last: EpochEnd, kept: int | None) -> str:
    return f" The model of epoch {kept} was kept." if kept is not None and kept != last.epoch else ""


def _while_training_fell(best: EpochEnd, last: EpochEnd) -> str:
    if not last.training_loss < best.training_loss:
        return ""
    return f" while training loss fell from {best.training_loss:.3f} to {last.training_loss:.3f}"


def _nothing_learned(
    last: EpochEnd, accuracy: float | None, one_answer: OneAnswer | None, examples: str
) -> CurveReading | None:
    """That the answers are no better than a single one, where they are not."""
    if accuracy is None or one_answer is None or accuracy > one_answer.least_difference:
        return None
    always = f"always answering “{one_answer.label}” ({_percent(one_answer.accuracy)})"
    scored = _percent(accuracy)
    if last.training_accuracy > one_answer.training_accuracy + _LITTLE:
        return CurveReading(
            "by_heart",
            f"Learned the training {examples}, and nothing that holds for new ones: {scored} of the test {examples} "
            f"right, no better than {always}.",
        )
    return CurveReading(
        "at_chance", f"Has learned nothing: {scored} of the test {examples} right, no better than {always}."
    )


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _diverges(epochs: Sequence[EpochEnd]) -> bool:
    """Whether the training loss itself has run away: not a number, or far above where it once was."""
    losses = [end.training_loss for end in epochs]
    if not math.isfinite(epochs[-1].validation_loss):
        return True
    known = [loss for loss in losses if math.isfinite(loss)]
    return len(known) > 1 and known[-1] > max(_DIVERGED * min(known), min(known) + 0.5)


def _of_divergence(epochs: Sequence[EpochEnd], kept: int | None) -> str:
    lowest = min((end for end in epochs if math.isfinite(end.training_loss)), key=lambda end: end.training_loss)
    return (
        f"Diverged after epoch {lowest.epoch}: even the training loss rose, from {lowest.training_loss:.3f} to "
        f"{epochs[-1].training_loss:.3f}. Lower the learning rate.{_which_was_kept(epochs[-1], kept)}"
    )


class Moment(Protocol):
    """A point of a curve, as runs report it: of a split, at a position in epochs, with loss and accuracy."""

    @property
    def split(self) -> str:
        """Which split."""

    @property
    def epoch(self) -> float:
        """Position in epochs; 0.25 is a quarter of the first."""

    @property
    def loss(self) -> float:
        """Mean cross-entropy in nats."""

    @property
    def accuracy(self) -> float:
        """Share of right answers."""


def ends_of_epochs(moments: Sequence[Moment]) -> list[EpochEnd]:
    """The ends of the epochs: validation as it was measured, training as the mean of the moments of the epoch."""
    training = [moment for moment in moments if moment.split == "train"]
    ends = []
    for end in (moment for moment in moments if moment.split == "validation"):
        number = round(end.epoch)
        during = [moment for moment in training if number - 1 < moment.epoch <= number]
        loss = fmean([moment.loss for moment in during]) if during else math.nan
        accuracy = fmean([moment.accuracy for moment in during]) if during else math.nan
        ends.append(EpochEnd(number, loss, accuracy, end.loss, end.accuracy))
    return ends
