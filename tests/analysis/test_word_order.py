"""What is lost when words are shuffled: the numbers, and a true sentence in every case."""

import numpy as np
import pytest
from scipy import stats

from seqcore.analysis.word_order import OrderLoss, order_change, order_loss, order_sentence, over_seeds

RNG = np.random.default_rng(0)
LABELS = RNG.integers(2, size=400)


def answers(right: float, *shape: int) -> np.ndarray:
    """Codes that are right so often."""
    return np.where(RNG.random(shape) < right, LABELS, 1 - LABELS)


def test_the_loss_is_the_mean_over_shuffles_and_its_interval_that_of_scipy_over_texts() -> None:
    written, shuffled = answers(0.9, 400), answers(0.7, 5, 400)
    one = order_loss(LABELS, written, shuffled)
    found = over_seeds([one])
    losses = (written == LABELS) - (shuffled == LABELS).mean(axis=0)
    expected = stats.ttest_1samp(losses, 0).confidence_interval(0.95)
    assert found.lost == pytest.approx(one.accuracy - np.mean(one.shuffled))
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.low, expected.high))
    assert found.changed == (shuffled != written).mean()
    assert (found.texts, len(one.shuffled), found.covers) == (400, 5, "texts")


def runs_of(means: np.ndarray, texts: int = 400) -> list[OrderLoss]:
    """Runs that lose so much, the same on every text."""
    return [OrderLoss(0.9, (0.9 - mean,), 0.5, np.full(texts, mean)) for mean in means]


def test_of_seeds_that_lose_alike_on_all_texts_the_interval_is_that_of_scipy_over_seeds() -> None:
    means = np.array([0.05, 0.08, 0.02, 0.06])
    expected = stats.ttest_1samp(means, 0).confidence_interval(0.95)
    found = over_seeds(runs_of(means))
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.low, expected.high))
    assert (found.seeds, found.covers) == (4, "texts and seeds")
    assert found.lost == pytest.approx(means.mean())


def test_the_interval_counts_no_seeds_where_they_are_few_or_do_nothing() -> None:
    assert over_seeds(runs_of(np.array([0.05, 0.4]))).covers == "texts"
    assert over_seeds(runs_of(np.array([0.05, 0.06, 0.4])), has_seeds=False).covers == "texts"


def test_of_seeds_with_a_split_each_the_interval_is_that_of_nadeau_and_bengio() -> None:
    means = np.array([0.05, 0.08, 0.02, 0.06])
    found = over_seeds(runs_of(means), learned=[1600] * 4)
    margin = stats.t.ppf(0.975, 3) * np.sqrt((1 / 4 + 400 / 1600) * means.var(ddof=1))
    expected = means.mean() - margin, means.mean() + margin
    assert (found.interval.low, found.interval.high) == pytest.approx(expected)
    assert found.covers == "texts, seeds and splits"


def test_of_too_few_splits_the_mean_is_told_without_an_interval() -> None:
    found = over_seeds([*runs_of(np.array([0.05]), 400), *runs_of(np.array([0.25]), 300)], learned=[1600, 1700])
    assert (found.texts, found.lost) == (350, pytest.approx(0.15))
    assert (found.interval.low, found.interval.high, found.covers) == (-1, 1, "")
    assert "with fewer than 3 splits nothing can be said" in order_sentence(found)


def test_the_interval_holds_the_true_loss_of_all_seeds_and_texts_as_often_as_it_says() -> None:
    rng, held = np.random.default_rng(1), 0
    for _ in range(400):
        easy = rng.random(200) < 0.5  # texts that need no order, beside those that do
        labels, runs = np.zeros(200, int), []
        for chance in 0.5 + rng.normal(0, 0.06, 3):  # of each seed, to be right about a shuffled text
            written = np.where(easy | (rng.random(200) < 0.8), 0, 1)
            shuffled = np.where(easy | (rng.random((3, 200)) < chance), 0, 1)
            runs.append(order_loss(labels, written, shuffled))
        interval = over_seeds(runs).interval
        held += interval.low <= 0.15 <= interval.high
    assert held / 400 > 0.94


@pytest.mark.parametrize(
    ("written", "shuffled", "says"),
    [
        (0.9, 0.6, "so it uses the order of the words"),
        (0.6, 0.9, "so the order of the words misleads it"),
        (0.8, 0.8, "can be chance"),
    ],
)
@pytest.mark.parametrize(("seeds", "over"), [(1, "over texts)"), (3, "over texts and seeds)")])
def test_the_sentence_says_what_the_interval_allows_and_counts(
    written: float, shuffled: float, says: str, seeds: int, over: str
) -> None:
    runs = [order_loss(LABELS, answers(written, 400), answers(shuffled, 5, 400)) for _ in range(seeds)]
    sentence = order_sentence(over_seeds(runs))
    assert says in sentence
    assert over in sentence
    assert "-" not in sentence.replace("\N{MINUS SIGN}", "")


@pytest.mark.parametrize(
    ("seeds", "of_seeds", "told"),
    [
        (1, 1, "90.0 % → 85.0 % (400 test texts)"),
        (1, 5, "90.0 % → 85.0 % (1 of 5 seeds, 400 test texts)"),
        (3, 5, "90.0 % → 85.0 % (mean of 3 of 5 seeds, 400 test texts)"),
        (5, 5, "90.0 % → 85.0 % (mean of 5 seeds, 400 test texts)"),
    ],
)
def test_the_change_says_what_it_is_the_mean_of(seeds: int, of_seeds: int, told: str) -> None:
    found = over_seeds(runs_of(np.full(seeds, 0.05)))
    assert order_change(found, of_seeds=of_seeds).replace("\N{NO-BREAK SPACE}", " ") == told


@pytest.mark.parametrize("seeds", [1, 3])
def test_answers_that_never_change_lose_exactly_nothing(seeds: int) -> None:
    written = answers(0.8, 400)
    found = over_seeds([order_loss(LABELS, written, np.stack([written] * 3))] * seeds)
    assert (found.lost, found.interval.low, found.interval.high, found.changed) == (0, 0, 0, 0)
    assert order_sentence(found).startswith("Every answer stays the same")


def test_one_text_says_nothing() -> None:
    found = over_seeds([order_loss(np.array([1]), np.array([1]), np.array([[0]]))])
    assert (found.interval.low, found.interval.high) == (-1, 1)
    assert "1 test text)" in order_change(found)
    assert "can be chance" in order_sentence(found)
