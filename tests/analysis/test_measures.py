"""The mean of every measure's scores is what scikit-learn says; its first-order scores know their own error."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn import metrics

from seqcore.analysis.measures import find_measure, measures
from seqcore.errors import OptionError
from tests.analysis.answered import result

CLASSES = ("ham", "spam", "never")


def answers(seed=0, texts=300):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, texts)
    probabilities = rng.dirichlet([1, 1, 0.1], texts)
    probabilities[np.arange(texts), labels] += 0.3
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    return replace(
        result("a", 0.5, rows=texts), labels=labels, predicted=probabilities.argmax(axis=1), classes=CLASSES,
        probabilities=probabilities,
    )  # fmt: skip


def mean(name, found):
    return find_measure(name, CLASSES).scores(found).mean()


def test_every_measure_equals_scikit_learns():
    found = answers()
    labels, predicted = found.labels, found.predicted
    assert mean("accuracy", found) == pytest.approx(metrics.accuracy_score(labels, predicted))
    assert mean("macro_f1", found) == pytest.approx(metrics.f1_score(labels, predicted, average="macro"))
    f1 = metrics.f1_score(labels, predicted, labels=[0, 1, 2], average=None, zero_division=0)
    assert [mean(f"f1:{name}", found) for name in CLASSES] == pytest.approx(f1)
    assert mean("loss", found) == pytest.approx(metrics.log_loss(labels, found.probabilities, labels=[0, 1, 2]))
    brier = metrics.brier_score_loss(labels, found.probabilities, labels=[0, 1, 2], scale_by_half=False)
    assert mean("brier", found) == pytest.approx(brier)
    spam = find_measure("recall:spam", CLASSES)
    kept = spam.texts(found)
    assert spam.scores(found)[kept].mean() == pytest.approx(metrics.recall_score(labels == 1, predicted == 1))


@pytest.mark.parametrize("name", ["macro_f1", "f1:spam"])
def test_the_error_of_f1_is_that_of_the_bootstrap(name):
    found, rng = answers(), np.random.default_rng(1)
    measure = find_measure(name, CLASSES)
    draws = []
    for _ in range(600):
        rows = rng.integers(0, 300, 300)
        drawn = replace(found, rows=np.arange(300), labels=found.labels[rows], predicted=found.predicted[rows])
        draws.append(measure.scores(drawn).mean())
    assert measure.scores(found).std(ddof=1) / np.sqrt(300) == pytest.approx(np.std(draws), rel=0.12)


def test_without_probabilities_there_is_no_loss_to_compare_by():
    names = [each.name for each in measures(CLASSES, with_probabilities=False)]
    assert "loss" not in names
    assert {"accuracy", "macro_f1", "recall:ham", "f1:never"} <= set(names)


def test_a_measure_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(OptionError, match=r"no such measure.*accuracy, macro_f1"):
        find_measure("beauty", CLASSES)
