"""Ridge regression on the classes, its strength chosen by leaving each example out in turn, all in closed form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STRENGTHS = tuple(np.logspace(-3, 3, 10).tolist())
_COLUMNS = 512  # of the features at a time, in double precision
_NEARLY_NOTHING = 1e-10  # of the largest eigenvalue, or of 1

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Ridge:
    """A fitted regression.

    Attributes:
        weights: (features, outputs).
        bias: (outputs,).
        strength: Of the regularisation that was chosen, alpha in scikit-learn.
    """

    weights: Doubles
    bias: Doubles
    strength: float


def fit_ridge(features: NDArray[np.float32], targets: Doubles, row_weights: Doubles | None = None) -> Ridge:
    """The regression whose strength has the least squared error on each example when that one is left out.

    What scikit-learn's `RidgeClassifierCV` does: the error without an example is its residual over one less its
    leverage (Rifkin & Lippert 2007), so one eigendecomposition does for all examples and strengths: of examples ×
    examples or of features × features, whichever is smaller.

    Args:
        features: (examples, features); changed in place: means are taken out, so that nothing is held twice.
        targets: (examples, outputs), −1 or 1.
        row_weights: (examples,) how much each counts; None: equally.
    """
    counts = np.ones(len(features)) if row_weights is None else row_weights
    share = counts / counts.sum()
    middle, aim = share @ features, share @ targets  # (features,), (outputs,)
    root = np.sqrt(counts)
    features -= middle.astype(np.float32)
    features *= root[:, None].astype(np.float32)
    wanted = root[:, None] * (targets - aim)
    solved = _Decomposed.by_examples(features) if len(features) <= features.shape[1] else _Decomposed.of(features)
    seen = solved.basis.T @ wanted  # (rank, outputs)
    best, least = STRENGTHS[0], np.inf
    for strength in STRENGTHS:
        kept = solved.spread / (solved.spread + strength)
        residual = wanted - solved.basis @ (kept[:, None] * seen)
        leverage = np.einsum("ij,j,ij->i", solved.basis, kept, solved.basis) + share
        error = float(np.mean((residual / np.maximum(1.0 - leverage, _NEARLY_NOTHING)[:, None]) ** 2))
        if error < least:
            best, least = strength, error
    weights = solved.weights(features, seen / (solved.spread + best)[:, None])
    return Ridge(weights, aim - middle.astype(np.float64) @ weights, best)


@dataclass(frozen=True)
class _Decomposed:
    """Features as basis · √spread · directions, without the parts in which they do not spread.

    Attributes:
        basis: (examples, rank), orthonormal.
        spread: (rank,) the squares of the singular values.
        directions: (features, rank), orthonormal; None: they are made of the examples when they are needed.
    """

    basis: Doubles
    spread: Doubles
    directions: Doubles | None

    @classmethod
    def by_examples(cls, features: NDArray[np.float32]) -> _Decomposed:
        """Of fewer examples than features."""
        products = np.zeros((len(features), len(features)))
        for columns in _columns(features):
            products += columns @ columns.T
        spread, basis = np.linalg.eigh(products)
        there = spread > _NEARLY_NOTHING * max(spread[-1], _NEARLY_NOTHING)
        return cls(basis[:, there], spread[there], None)

    @classmethod
    def of(cls, features: NDArray[np.float32]) -> _Decomposed:
        """Of fewer features than examples."""
        exact = features.astype(np.float64)
        spread, directions = np.linalg.eigh(exact.T @ exact)
        there = spread > _NEARLY_NOTHING * max(spread[-1], _NEARLY_NOTHING)
        spread, directions = spread[there], directions[:, there]
        return cls(exact @ directions / np.sqrt(spread), spread, directions)

    def weights(self, features: NDArray[np.float32], share: Doubles) -> Doubles:
        """(features, outputs) from what each part of the basis has, (rank, outputs), over its spread and strength."""
        if self.directions is not None:
            return self.directions @ (np.sqrt(self.spread)[:, None] * share)
        of_examples = self.basis @ share
        return np.concatenate([columns.T @ of_examples for columns in _columns(features)])


def _columns(features: NDArray[np.float32]) -> Iterator[Doubles]:
    """All features, some at a time, in double precision."""
    for first in range(0, features.shape[1], _COLUMNS):
        yield features[:, first : first + _COLUMNS].astype(np.float64)
