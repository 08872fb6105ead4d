"""The nearest neighbour against scikit-learn's, on series of one length and of several."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from seqcore.worker.fit.nearest_neighbour import stretched
from tests.worker.fit.series_examples import prepared_series, solved


def walks(rows: int, seed: int, *, classes: int = 2, lengths: tuple[int, int] = (25, 25), channels: int = 2):
    rng = np.random.default_rng(seed)
    labels = np.arange(rows) % classes
    sizes = rng.integers(lengths[0], lengths[1] + 1, rows)
    return [
        rng.normal(size=(size, channels)).cumsum(axis=0) + label for size, label in zip(sizes, labels, strict=True)
    ], labels


def answers(model, examples) -> np.ndarray:
    said = np.asarray(model(examples.batch(np.arange(len(examples)))[0]))
    return (said[:, 0] > 0.5).astype(int) if said.shape[1] == 1 else said.argmax(axis=1)


@pytest.mark.parametrize("classes", [2, 4])
@pytest.mark.parametrize("lengths", [(25, 25), (5, 25)])
def test_it_answers_as_the_nearest_training_series_says(classes: int, lengths: tuple[int, int]) -> None:
    parts = [walks(60, seed, classes=classes, lengths=lengths) for seed in (0, 1, 2)]
    prepared = prepared_series(parts, classes)
    model, chosen = solved("nearest_neighbour", prepared)
    assert chosen["kept"] == 60
    longest = max(map(len, parts[0][0]))

    def flat(series: list[np.ndarray]) -> np.ndarray:
        return np.stack([stretched(each, longest).ravel() for each in series])

    theirs = KNeighborsClassifier(1).fit(flat(parts[0][0]), parts[0][1]).predict(flat(parts[2][0]))
    np.testing.assert_array_equal(answers(model, prepared.test), theirs)


def test_a_training_series_is_its_own_neighbour_and_surer_than_others() -> None:
    prepared = prepared_series([walks(40, seed, classes=3) for seed in (0, 1, 2)], 3)
    model, _ = solved("nearest_neighbour", prepared)
    np.testing.assert_array_equal(answers(model, prepared.train), prepared.train.labels)
    own, others = (
        np.asarray(model(part.batch(np.arange(40))[0])).max(axis=1) for part in (prepared.train, prepared.test)
    )
    assert own.mean() > others.mean()


def test_a_series_is_stretched_by_straight_lines_and_one_of_that_length_is_left_as_it_is() -> None:
    short = np.array([[0.0], [1.0], [4.0]])
    np.testing.assert_allclose(stretched(short, 5)[:, 0], [0, 0.5, 1, 2.5, 4])
    np.testing.assert_array_equal(stretched(short, 3), short)
    np.testing.assert_allclose(stretched(short[:1], 4)[:, 0], 0)


def test_of_more_series_than_it_may_keep_it_keeps_some_of_all_rows() -> None:
    prepared = prepared_series([walks(100, seed) for seed in (0, 1, 2)], 2)
    model, chosen = solved("nearest_neighbour", prepared, most_examples=10)
    assert chosen["kept"] == 10
    assert model.get_layer("kept_examples").get_weights()[0].shape == (50, 10)


def test_a_class_without_training_series_is_never_answered() -> None:
    prepared = prepared_series([walks(20, seed) for seed in (0, 1, 2)], 3)
    model, _ = solved("nearest_neighbour", prepared)
    said = np.asarray(model(prepared.test.batch(np.arange(20))[0]))
    np.testing.assert_allclose(said[:, 2], 0)
    assert np.isfinite(said).all()
