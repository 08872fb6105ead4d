"""What each word gets on average over texts, and how surely: the same word in one text is not several witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LEVEL = 0.95  # of the interval of a mean
FEWEST = 5  # texts that a word stands in, for an interval: three that are copies of one would make it too narrow


@dataclass(frozen=True)
class WordMeans:
    """The words of some texts, those that surely get most first; arrays of the same length.

    Attributes:
        words: Their numbers.
        times: How often each stands in the texts.
        texts: In how many of them.
        mean: Of its values, over all places.
        error: Standard error of the mean; NaN of a word of one text.
        margin: Half the width of the mean's 95 % interval; NaN of a word of fewer than five texts.
        at_least: The end of that interval that is nearer to 0; 0 where it holds 0, NaN where there is none.
        total: Sum of its values.
    """

    words: NDArray[np.int64]
    times: NDArray[np.int64]
    texts: NDArray[np.int64]
    mean: Array
    error: Array
    margin: Array
    at_least: Array
    total: Array


def word_means(words: Sequence[NDArray[np.integer]], values: Sequence[Array]) -> WordMeans:
    """The mean of each word.

    The mean over places is a ratio of two sums over texts, of values and of places; its standard error is that of the
    ratio estimator with texts as the units drawn (Cochran, Sampling Techniques, 1977, 6.4): √(k/(k−1) · Σ(sᵢ − m·nᵢ)²)
    / Σnᵢ, of a word with the mean m, the sums sᵢ and nᵢ places in k texts. The interval is by Student's t with k − 1
    degrees of freedom. In this order a word that stood twice where the value was high is not before one that got
    somewhat less three hundred times; words of fewer than five texts come last.

    Args:
        words: Of each text, (places,) numbers of the words.
        values: Of each text, (places,) what each place got.
    """
    lengths = [len(each) for each in words]
    if not sum(lengths):
        nothing, none = np.zeros(0), np.zeros(0, np.int64)
        return WordMeans(none, none, none, nothing, nothing, nothing, nothing, nothing)
    names, word = np.unique(np.concatenate(words), return_inverse=True)
    text = np.repeat(np.arange(len(words)), lengths)
    pairs, pair = np.unique(text * len(names) + word, return_inverse=True)  # of a text and a word in it
    of_word = pairs % len(names)
    sums, places = np.bincount(pair, np.concatenate(values)), np.bincount(pair)
    total = np.asarray(np.bincount(of_word, sums), np.float64)
    times, texts = np.bincount(of_word, places), np.bincount(of_word)
    mean = total / times
    squares = np.bincount(of_word, (sums - mean[of_word] * places) ** 2)
    several = texts > 1
    error = np.full(len(names), np.nan)
    error[several] = np.sqrt(squares * texts / np.maximum(texts - 1, 1))[several] / times[several]
    margin = _margin(error, texts)
    at_least = np.sign(mean) * np.maximum(np.abs(mean) - margin, 0.0)
    order = np.lexsort((names, -times, -np.abs(mean), -np.nan_to_num(np.abs(at_least), nan=-1.0)))
    return WordMeans(
        words=names[order].astype(np.int64),
        times=times[order].astype(np.int64),
        texts=texts[order].astype(np.int64),
        mean=mean[order],
        error=error[order],
        margin=margin[order],
        at_least=at_least[order],
        total=total[order],
    )


def _margin(error: Array, texts: NDArray[np.integer]) -> Array:
    from scipy.special import stdtrit  # see `intervals`

    enough = texts >= FEWEST
    found = np.full(len(error), np.nan)
    found[enough] = stdtrit(texts[enough] - 1, (1 + LEVEL) / 2) * error[enough]
    return found
