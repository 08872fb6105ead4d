"""Near twins found by us and by datasketch's MinHash: how many texts, in how many seconds.

    uv pip install datasketch
    python -m benchmarks.near_twins FILE COLUMN [--texts 10000]

FILE is Parquet or CSV in UTF-8. MinHash has 128 permutations; its candidates of 0.8 and more are joined as ours are.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH

from seqcore.datasets.twins.near import LIKENESS, near_groups
from seqcore.datasets.twins.shingles import Shingles, shingles_of
from seqcore.datasets.twins.words import words_of


def groups_by_minhash(shingles: Shingles) -> np.ndarray:
    """The number of a group for each text, as `near_groups` gives it."""
    bounds = np.concatenate(([0], np.cumsum(shingles.sizes)))
    sets = [[key.tobytes() for key in shingles.keys[a:b]] for a, b in pairwise(bounds)]
    hashes, index = MinHash.bulk(sets, num_perm=128), MinHashLSH(threshold=LIKENESS, num_perm=128)
    groups = np.arange(len(sets))
    for text, found in enumerate(hashes):
        if sets[text]:
            for other in index.query(found):
                if found.jaccard(hashes[other]) >= LIKENESS:
                    groups[groups == groups[text]] = groups[other]
            index.insert(text, found)
    return groups


def tell(name: str, find: Callable[[Shingles], np.ndarray], shingles: Shingles) -> None:
    """Print what it finds, and how long it takes."""
    start = time.perf_counter()
    groups = find(shingles)
    seconds = time.perf_counter() - start
    twins = int((np.bincount(groups)[groups] > 1).sum())
    print(f"{name}: {twins:,} texts have a near twin, {seconds:.1f} s")


def main() -> None:
    """Both on the same texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("column")
    parser.add_argument("--texts", type=int, default=10_000)
    asked = parser.parse_args()
    read: Any = pd.read_parquet if asked.file.endswith("parquet") else pd.read_csv
    texts = list(dict.fromkeys(read(asked.file)[asked.column].astype(str)))[: asked.texts]
    shingles = shingles_of(words_of(texts))
    print(f"{len(texts):,} different texts, {len(shingles.keys):,} shingles")
    tell("ours", near_groups, shingles)
    tell("MinHash", groups_by_minhash, shingles)


if __name__ == "__main__":
    main()
