"""Which texts share most of their shingles: all of them found, none by chance.

Two sets of Jaccard similarity t or more share all but a fraction 1 - t of either (Chaudhuri et al. 2006, Bayardo et
al. 2007), so a text of which more shingles stand nowhere else has no near twin. In text that people wrote most shingles
stand once; what is left after those texts are gone is little, and is compared exactly. MinHash estimates the similarity
of every text instead: it took 23 s for 10,000 reviews of IMDb where this takes 3 s, and of 18 near twins among TREC's
questions it missed 2 (`benchmarks/near_twins.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from seqcore.datasets.twins.shingles import Counts, Shingles

LIKENESS = 0.8  # Jaccard similarity from which two texts are near twins
_TURNS, _SHIFT = 8, 5  # looks at most, each at other bits of the shingles
_BUCKETS = 24  # bits; two shingles in one bucket only keep a text that would have been put aside
_NEIGHBOURS = 64  # texts with a shingle in common that each is compared with; more have it in templates only
_AT_ONCE = 2_000_000  # shingles laid out while pairs are compared
_MOST = 40_000_000  # shingles of all pairs compared, a few seconds; only texts generated from few words need more
Groups = npt.NDArray[np.int64]


def near_groups(shingles: Shingles, likeness: float = LIKENESS) -> Groups:
    """The number of a group for each text: that of its first one. Near twins share it, and the near twins of those.

    Args:
        shingles: Of the texts.
        likeness: Jaccard similarity from which two texts are near twins, above 0.
    """
    texts = len(shingles.sizes)
    groups = np.arange(texts, dtype=np.int64)
    sets = _possible(shingles, likeness).as_sets()
    same = _equal_sets(sets)
    groups = same[groups]
    sets = sets.of(groups == np.arange(texts))
    if not len(sets.keys):
        return groups
    _, codes = np.unique(sets.keys, return_inverse=True)
    bounds, compared = np.concatenate(([0], np.cumsum(sets.sizes))), 0
    for first, second in _candidates(codes, sets, likeness):
        apart = groups[first] != groups[second]
        first, second = first[apart], second[apart]
        compared += int((sets.sizes[first] + sets.sizes[second]).sum())
        if compared > _MOST:
            break
        near = _are_near(first, second, codes, bounds, likeness)
        groups = _joined(groups, first[near], second[near])
    return groups


def _possible(shingles: Shingles, likeness: float) -> Shingles:
    """The shingles of the texts that may have a near twin: few enough of theirs stand nowhere else."""
    left, most = shingles, (1 - likeness) * shingles.sizes + 1e-9
    for turn in range(_TURNS):
        unshared = _unshared(left, np.uint64(_SHIFT * turn))
        possible = (left.sizes > 0) & (unshared <= most)
        if possible[left.owners].all():
            break
        left = left.of(possible)
    return left


def _unshared(shingles: Shingles, shift: np.uint64) -> Counts:
    """At least so many shingles of each text stand nowhere else: they are alone in their bucket."""
    bucket = ((shingles.keys >> shift) & np.uint64(2**_BUCKETS - 1)).view(np.int64)
    alone_in = np.bincount(bucket, minlength=1) == 1
    unshared = np.zeros(len(shingles.sizes), np.int64)
    for first in range(0, len(bucket), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        unshared += np.bincount(shingles.owners[part][alone_in[bucket[part]]], minlength=len(unshared))
    return unshared


def _equal_sets(sets: Shingles) -> Groups:
    """For each text the first one with the same shingles."""
    texts = len(sets.sizes)
    total = np.zeros(texts, np.uint64)
    np.add.at(total, sets.owners, sets.keys)
    filled = np.flatnonzero(sets.sizes)
    _, first, place = np.unique(total[filled], return_index=True, return_inverse=True)
    same = np.arange(texts, dtype=np.int64)
    same[filled] = filled[first[place]]
    return same


def _candidates(codes: Counts, sets: Shingles, likeness: float) -> Iterator[tuple[Counts, Counts]]:
    """Pairs of texts that have one of their rarest shingles in common, those of similar size first.

    Near twins share one of the (1 - t) n + 1 rarest shingles of either, whatever the order of rarity is.
    """
    often = np.bincount(codes)
    order = np.lexsort((codes, often[codes], sets.owners))
    codes, owners = codes[order], sets.owners[order].astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(sets.sizes)))
    place = np.arange(len(codes)) - starts[owners]
    size = sets.sizes[owners]
    rare = (place <= size - np.ceil(likeness * size - 1e-9)) & (often[codes] > 1)
    codes, owners, size = codes[rare], owners[rare], size[rare]
    order = np.lexsort((owners, size, codes))
    codes, owners, size = codes[order], owners[order], size[order]
    for ahead in range(1, min(_NEIGHBOURS, len(codes) - 1) + 1):
        both = (codes[ahead:] == codes[:-ahead]) & (size[:-ahead] >= likeness * size[ahead:] - 1e-9)
        if both.any():
            pairs = np.unique(owners[:-ahead][both] * len(sets.sizes) + owners[ahead:][both])
            yield pairs // len(sets.sizes), pairs % len(sets.sizes)


def _are_near(first: Counts, second: Counts, codes: Counts, bounds: Counts, likeness: float) -> npt.NDArray[np.bool_]:
    """Whether each pair of texts is as alike as is asked for."""
    sizes = np.diff(bounds)
    together = sizes[first] + sizes[second]
    parts = np.cumsum(together) // _AT_ONCE
    shared = [_shared(first[parts == part], second[parts == part], codes, bounds) for part in np.unique(parts)]
    common = np.concatenate(shared) if shared else np.zeros(0, np.int64)
    near: npt.NDArray[np.bool_] = common >= likeness * (together - common) - 1e-9
    return near


def _shared(first: Counts, second: Counts, codes: Counts, bounds: Counts) -> Counts:
    """How many shingles the texts of each pair have in common."""
    both = np.concatenate((first, second))
    lengths = np.diff(bounds)[both]
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1]) + np.repeat(bounds[both] - (ends - lengths), lengths)
    pair = np.repeat(np.tile(np.arange(len(first)), 2), lengths)
    marked = np.sort(pair * (int(codes.max()) + 1) + codes[places])
    twice = marked[1:][marked[1:] == marked[:-1]]
    shared: Counts = np.bincount(twice // (int(codes.max()) + 1), minlength=len(first))
    return shared


def _joined(groups: Groups, first: Counts, second: Counts) -> Groups:
    """The groups once those of each pair of texts are one."""
    lowest = np.arange(len(groups), dtype=np.int64)  # the lowest group that each is known to be one with
    first, second = groups[first], groups[second]
    while (apart := lowest[first] != lowest[second]).any():
        one, other = lowest[first[apart]], lowest[second[apart]]
        np.minimum.at(lowest, np.maximum(one, other), np.minimum(one, other))
        while ((further := lowest[lowest]) != lowest).any():
            lowest = further
    joined: Groups = lowest[groups]
    return joined
