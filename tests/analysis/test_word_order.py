"""What is lost when words are shuffled: the numbers, and a true sentence in every case."""

import numpy as np
import pytest
from scipy import stats

from seqcore.analysis.word_order import order_loss, order_sentence

RNG = np.random.default_rng(0)
LABELS = RNG.integers(2, size=400)


def answers(right: float, *shape: int) -> np.ndarray:
    """Codes that are right so often."""
    return np.where(RNG.random(shape) < right, LABELS, 1 - LABELS)


def test_the_loss_is_the_mean_over_shuffles_and_its_interval_that_of_scipy_over_texts() -> None:
    written, shuffled = answers(0.9, 400), answers(0.7, 5, 400)
    found = order_loss(LABELS, written, shuffled)
    losses = (written == LABELS) - (shuffled == LABELS).mean(axis=0)
    expected = stats.ttest_1samp(losses, 0).confidence_interval(0.95)
    assert found.lost == pytest.approx(found.accuracy - np.mean(found.shuffled))
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.low, expected.high))
    assert found.changed == (shuffled != written).mean()
    assert (found.texts, len(found.shuffled)) == (400, 5)


def test_the_interval_holds_the_true_loss_as_often_as_it_says() -> None:
    rng, held = np.random.default_rng(1), 0
    for _ in range(400):
        easy = rng.random(200) < 0.5  # texts that need no order, beside those that do
        labels = np.zeros(200, int)
        written = np.where(easy | (rng.random(200) < 0.8), 0, 1)
        shuffled = np.where(easy | (rng.random((3, 200)) < 0.5), 0, 1)
        interval = order_loss(labels, written, shuffled).interval
        held += interval.low <= 0.15 <= interval.high
    assert held / 400 > 0.92


@pytest.mark.parametrize(
    ("written", "shuffled", "says"),
    [
        (0.9, 0.6, "so it uses the order of the words"),
        (0.6, 0.9, "so the order of the words misleads it"),
        (0.8, 0.8, "can be chance"),
    ],
)
def test_the_sentence_says_what_the_interval_allows(written: float, shuffled: float, says: str) -> None:
    found = order_loss(LABELS, answers(written, 400), answers(shuffled, 5, 400))
    sentence = order_sentence(found)
    assert says in sentence
    assert "400 test texts" in sentence
    assert "-" not in sentence.replace("\N{MINUS SIGN}", "")


def test_answers_that_never_change_lose_exactly_nothing() -> None:
    written = answers(0.8, 400)
    found = order_loss(LABELS, written, np.stack([written] * 3))
    assert (found.lost, found.interval.low, found.interval.high, found.changed) == (0, 0, 0, 0)
    assert order_sentence(found).startswith("Every answer to 400 test texts stays the same")


def test_one_text_says_nothing() -> None:
    found = order_loss(np.array([1]), np.array([1]), np.array([[0]]))
    assert (found.interval.low, found.interval.high) == (0, 1)
    assert "1 test text as written" in order_sentence(found)
