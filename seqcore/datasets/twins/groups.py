"""Which rows are to be told apart, and which are the same text once more."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from seqcore.datasets.twins.near import Groups, near_groups
from seqcore.datasets.twins.shingles import shingles_of

_TEMPLATE = 0.05  # share of all different texts beyond which near twins follow a template: apart from each other ...
_FEW = 5  # ... unless they are so few


def first_of_identical(keys: Sequence[Hashable]) -> Groups:
    """For each row the first one that is identical to it, (rows,)."""
    first: dict[Hashable, int] = {}
    return np.fromiter((first.setdefault(key, row) for row, key in enumerate(keys)), np.int64, len(keys))


def first_of_near(texts: Sequence[str]) -> Groups:
    """For each row the first one that is identical to it, or a near twin of it or of one of its near twins, (rows,).

    Near twins share 8 of 10 runs of three words, whatever the case, the marks and the spaces. Where so many are alike
    that they follow a template, they are different texts: to keep them together would leave nothing to divide.

    Example:
        >>> first_of_near(["What a film!", "Boring", "what a film", "Boring"]).tolist()
        [0, 1, 0, 1]
    """
    from seqcore.datasets.twins.words import words_of  # pyarrow costs its import

    identical = first_of_identical(texts)
    different = np.flatnonzero(identical == np.arange(len(texts)))
    groups = near_groups(shingles_of(words_of([texts[int(row)] for row in different])))
    large = np.bincount(groups, minlength=len(groups)) > max(_FEW, _TEMPLATE * len(groups))
    groups = np.where(large[groups], np.arange(len(groups)), groups)
    place = np.zeros(len(texts), np.int64)
    place[different] = np.arange(len(different))
    return np.asarray(different[groups[place[identical]]], dtype=np.int64)
