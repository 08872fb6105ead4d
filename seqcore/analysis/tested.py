"""What several models made of the same test texts, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.one_split import of_one_split, seed_of_one_split
from seqcore.analysis.standings import Standing


@dataclass(frozen=True)
class Tested:
    """What models made of the same test texts; where seeds cannot be brought together, the lowest stands for all.

    Where each seed drew a split of its own, it is the runs of one seed.

    Attributes:
        classes: Names, in the order of the codes.
        rows: (texts,) rows of the data set.
        labels: (texts,) codes of the true classes.
        models: At least one.
        elsewhere: Models that were tested on other texts, and are not among them.
        seed: Whose split the texts are of, where each seed drew its own; else None.
    """

    classes: tuple[str, ...]
    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    models: tuple[Standing, ...]
    elsewhere: tuple[Standing, ...] = ()
    seed: int | None = None

    @property
    def names(self) -> list[str]:
        """What the models are called."""
        return [model.label for model in self.models]

    @property
    def predicted(self) -> NDArray[np.int64]:
        """(models, texts) codes of the answers of the lowest seed."""
        return np.stack([model.results[0].predicted for model in self.models])

    @property
    def right(self) -> NDArray[np.bool_]:
        """(models, texts) whether the lowest seed gets each right."""
        right: NDArray[np.bool_] = self.predicted == self.labels
        return right

    @property
    def share_right(self) -> NDArray[np.float64]:
        """(models, texts) share of the seeds that get each right."""
        return np.stack([np.mean([result.right for result in model.results], axis=0) for model in self.models])

    def shares(self, model: int) -> NDArray[np.floating]:
        """(texts, classes) probabilities of the lowest seed of a model; certain where nobody knows them."""
        known = self.models[model].results[0].probabilities
        return np.eye(len(self.classes))[self.predicted[model]] if known is None else known


def tested(models: Sequence[Standing]) -> Tested:
    """What the models, at least one, made of the texts that the first of them was tested on."""
    seed, models = seed_of_one_split(models), of_one_split(models)
    first = models[0].results[0]
    alike = [all(np.array_equal(result.rows, first.rows) for result in each.results) for each in models]
    same = tuple(each for each, is_alike in zip(models, alike, strict=True) if is_alike)
    elsewhere = tuple(each for each, is_alike in zip(models, alike, strict=True) if not is_alike)
    return Tested(first.classes, first.rows, first.labels, same, elsewhere, seed)
