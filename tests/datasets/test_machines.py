"""The sample of vibrations: the same everywhere, and of which the classes can be told apart."""

from __future__ import annotations

from collections import Counter

import numpy as np

from seqcore.datasets.samples import load_sample


def test_it_is_the_same_every_time_and_its_classes_are_equally_many() -> None:
    data = load_sample("machines")
    load_sample.cache_clear()
    assert load_sample("machines").content_hash == data.content_hash
    assert set(Counter(data.labels).values()) == {200}
    assert data.channels == ("along", "across")


def test_a_machine_that_knocks_is_rough_along_and_one_that_is_loose_moves_more_across() -> None:
    data = load_sample("machines")

    def mean(label: str, channel: int, of) -> float:
        found = [of(one[:, channel]) for one, said in zip(data.series, data.labels, strict=True) if said == label]
        return float(np.mean(found))

    assert mean("bearing knocks", 0, lambda one: np.abs(np.diff(one)).max()) > 1.3 * mean(
        "runs well", 0, lambda one: np.abs(np.diff(one)).max()
    )
    assert mean("is loose", 1, np.std) > 1.1 * mean("runs well", 1, np.std)
