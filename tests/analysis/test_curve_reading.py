"""What is said of constructed curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from seqcore.analysis.curve_reading import CurveReading, EpochEnd, OneAnswer, ends_of_epochs, read_curves

HAM = OneAnswer("ham", accuracy=0.866, training_accuracy=0.865, texts=1000)


def curves(
    training: Sequence[float], validation: Sequence[float], *, accuracy: float = 0.9, **about: object
) -> CurveReading:
    ends = [
        EpochEnd(number, loss, accuracy, held_out, accuracy)
        for number, (loss, held_out) in enumerate(zip(training, validation, strict=True), start=1)
    ]
    return read_curves(ends, **{"planned": len(ends), **about})  # type: ignore[arg-type]


def test_falling_to_the_last_epoch_is_still_learning():
    found = curves([0.7, 0.6, 0.5, 0.4], [0.7, 0.62, 0.55, 0.5])
    assert found.course == "still_learning"
    assert found.sentence == (
        "Still learning at epoch 4: validation loss fell from 0.550 to 0.500 in the last epoch. More epochs may help."
    )


def test_a_training_that_goes_on_is_not_told_to_take_more_epochs():
    assert "More epochs" not in curves([0.7, 0.6, 0.5], [0.7, 0.62, 0.55], planned=9).sentence


def test_a_rising_validation_loss_is_over_fitting_since_its_lowest():
    found = curves([0.6, 0.4, 0.2, 0.1, 0.05], [0.5, 0.3, 0.35, 0.4, 0.52], kept=2)
    assert found.course == "over_fitting"
    assert found.sentence == (
        "Over-fitting since epoch 2: validation loss rose from 0.300 to 0.520 while training loss fell from 0.400 to "
        "0.050. The model of epoch 2 was kept."
    )


def test_nothing_is_said_to_be_kept_when_the_last_epoch_is():
    assert "kept" not in curves([0.6, 0.4, 0.2], [0.5, 0.3, 0.45]).sentence


def test_a_small_rise_is_noise():
    found = curves([0.6, 0.4, 0.3, 0.29], [0.5, 0.300, 0.305, 0.310])
    assert found.course == "learned"
    assert "since epoch 2" in found.sentence


def test_a_rising_training_loss_has_diverged():
    found = curves([0.6, 0.3, 1.9, 4.0], [0.5, 0.4, 2.0, 4.1], kept=2)
    assert found.course == "diverged"
    assert not found.learned
    assert "Diverged after epoch 2" in found.sentence and "The model of epoch 2 was kept" in found.sentence


def test_a_loss_that_is_no_number_has_diverged():
    assert curves([0.6, math.nan], [0.5, math.nan]).course == "diverged"


@pytest.mark.parametrize(("accuracy", "course"), [(0.866, "at_chance"), (0.874, "at_chance"), (0.92, "learned")])
def test_a_model_has_to_beat_a_single_answer_by_more_than_the_luck_of_the_test(accuracy, course):
    """Two standard errors of 0.866 over 1,000 texts are 2.2 points."""
    ends = [EpochEnd(number, 0.39, 0.866, 0.39, 0.866) for number in (1, 2, 3)]
    found = read_curves(ends, planned=3, accuracy=accuracy, one_answer=HAM)
    assert found.course == course
    assert found.learned == (course == "learned")
    if course == "at_chance":
        assert "no better than always answering “ham” (86.6 %)" in found.sentence


def test_texts_learned_by_heart_are_not_a_model_that_learned():
    ends = [EpochEnd(n, 0.5 - 0.04 * n, 0.9 + 0.009 * n, 0.5, 0.86) for n in range(1, 11)]
    found = read_curves(ends, planned=10, accuracy=0.86, one_answer=HAM)
    assert found.course == "by_heart"
    assert not found.learned


def test_six_test_texts_never_prove_that_nothing_was_learned_where_all_are_right():
    few = OneAnswer("a", accuracy=0.5, training_accuracy=0.5, texts=6)
    ends = [EpochEnd(n, 0.3 / n, 1.0, 0.3 / n, 1.0) for n in (1, 2, 3)]
    assert read_curves(ends, planned=3, accuracy=1.0, one_answer=few).learned


def test_no_epoch_is_none_either():
    assert read_curves([], planned=10).course == "begun"


@dataclass
class Row:
    split: str
    epoch: float
    loss: float
    accuracy: float


def test_training_is_averaged_over_each_epoch():
    rows = [
        Row("train", 0.01, 0.9, 0.5), Row("train", 0.5, 0.7, 0.6), Row("train", 1.0, 0.5, 0.7),
        Row("validation", 1.0, 0.6, 0.65), Row("train", 1.5, 0.4, 0.8), Row("validation", 2.0, 0.5, 0.75),
    ]  # fmt: skip
    first, second = ends_of_epochs(rows)
    assert (first.epoch, second.epoch) == (1, 2)
    assert first.training_loss == pytest.approx(0.7) and first.training_accuracy == pytest.approx(0.6)
    assert (second.training_loss, second.validation_loss) == (0.4, 0.5)


def test_one_epoch_is_too_early_to_say_of_what_is_trained_and_all_there_is_of_what_is_solved():
    assert curves([0.5], [0.5]).course == "begun"
    assert curves([0.5], [0.5], in_one_go=True).sentence == "Fitted in one go: there is no curve."
