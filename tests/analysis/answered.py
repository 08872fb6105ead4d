"""Models with made-up answers, for the tests of what is said of them."""

from collections.abc import Sequence

import numpy as np

from seqcore.analysis.standings import Baseline, Result, Standing, rank
from seqcore.analysis.standings_over_splits import StandingOverSplits

HALF = Baseline("ham", np.arange(1000) % 10 < 5, np.arange(1000))


def result(label, accuracy, *, rows=1000, seed=0, first_row=0, order=1, loss=0.3, shuffled=False, validation=0.5):
    """A run that is right on the first texts, or on randomly drawn ones."""
    right = np.zeros(rows, bool)
    right[: round(accuracy * rows)] = True
    if shuffled:
        right = np.random.default_rng(seed).permutation(right)
    labels = (np.arange(rows) % 2)[::order]
    numbers = np.arange(first_row, first_row + rows)[::order]
    right = right[::order]
    return Result(
        run_id=f"{label}{seed}", label=label, architecture="lstm", seed=seed, accuracy=float(right.mean()),
        macro_f1=accuracy, loss=loss, ms_per_text=0.1, parameters=1000, training_seconds=2.0,
        rows=numbers, labels=labels, predicted=np.where(right, labels, 1 - labels), classes=("ham", "spam"),
        validation_accuracy=validation,
    )  # fmt: skip


def seeds_of(label, accuracies: Sequence[float], **rest):
    """Runs of one model, a seed each."""
    return [result(label, accuracy, seed=seed, **rest) for seed, accuracy in enumerate(accuracies)]


def standings(*results: Result, without_seeds: Sequence[str] = ()) -> list[Standing]:
    """Models by their labels; some of which no seed was drawn for."""
    from dataclasses import replace

    ranked = rank(results, lambda each: each.label)
    return [replace(each, has_seeds=each.label not in without_seeds) for each in ranked]


def on_split(label, accuracy, *, seed, rows=1000, data=5000, **rest):
    """A run whose seed drew its own test rows, of which it learned from four times as many others."""
    from dataclasses import replace

    drawn = np.sort(np.random.default_rng([seed, rows]).choice(data, rows, replace=False))
    return replace(result(label, accuracy, rows=rows, seed=seed, **rest), rows=drawn, learned=4 * rows)


def splits_of(label, accuracies: Sequence[float], *, first_seed=0, **rest):
    """Runs of one model, a seed and a split each."""
    return [on_split(label, share, seed=first_seed + seed, **rest) for seed, share in enumerate(accuracies)]


def over_splits(*results: Result) -> list[Standing]:
    """Models by their labels, whose every seed drew a split of its own."""
    return [StandingOverSplits(each.label, each.architecture, each.results) for each in standings(*results)]
