"""By how much logits are multiplied so that probabilities made of them cost least on other examples."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

_NEVER = -9e3
_LEAST, _MOST = math.log(0.001), math.log(1000.0)


def best_scale(logits: NDArray[np.float32], labels: NDArray[np.int32]) -> float:
    """The factor, from 0.001 to 1000; 1 where there is nothing to choose it on.

    It changes no answer, only how sure the model is of it: a temperature, as Guo et al. 2017 (arXiv:1706.04599) choose
    it. Of n examples, one more counts as answered wrong, as in Platt 1999: that all of them are right is no proof that
    no other is wrong.

    Args:
        logits: (examples, outputs) of examples that the model was not fitted to.
        labels: (examples,) their classes.
    """
    if not len(labels):
        return 1.0
    exact = logits.astype(np.float64)
    every = exact if exact.shape[1] > 1 else np.hstack([np.zeros_like(exact), exact])
    doubt = 1 / (len(labels) + 2)
    possible = every > _NEVER  # a class that no training example has is out of the question
    wanted = np.where(possible, doubt / np.maximum(possible.sum(axis=1, keepdims=True) - 1, 1), 0.0)
    wanted[np.arange(len(labels)), labels] = 1 - doubt

    def loss(power: float) -> float:
        return -float((wanted * log_softmax(every * math.exp(power), axis=1)).sum(axis=1).mean())

    return math.exp(float(minimize_scalar(loss, bounds=(_LEAST, _MOST), method="bounded").x))
