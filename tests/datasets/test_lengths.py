"""Lengths are counted in what a model reads; the bars hold every example, and what is longer is told."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.datasets.lengths import LOOKED_AT, lengths_of, looked_at
from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.options import TextOptions


@pytest.mark.parametrize(
    "steps",
    [[1], [0, 0], [5] * 9, list(range(300)), [*range(1, 100), 5000], [1] * 500 + [10**6], [3, 10**5]],
)
def test_every_example_stands_in_a_bar_or_behind_the_last(steps: list[int]) -> None:
    found = lengths_of(np.array(steps), most=50, total=len(steps))
    assert sum(found.counts) + found.longer == found.examples == len(steps)
    assert len(found.edges) == len(found.counts) + 1 <= 45
    assert found.longer == sum(step >= found.edges[-1] for step in steps)
    assert (found.longest, found.cut) == (max(steps), sum(step > 50 for step in steps))


def test_the_few_longest_stretch_no_axis() -> None:
    found = lengths_of(np.array([*range(1, 101)] * 10 + [5000]), most=200, total=1001)
    assert found.edges[-1] < 120 and found.longer == 1


def test_of_very_many_rows_some_are_looked_at_evenly() -> None:
    assert list(looked_at(5)) == [0, 1, 2, 3, 4]
    rows = looked_at(50_001)
    assert len(rows) <= LOOKED_AT and rows[-1] > 49_000


@pytest.mark.parametrize(
    "options",
    [{}, {"tokenizer": "character"}, {"punctuation": "keep"}, {"stop_words": "english"}, {"tokenizer": "subword"},
     {"max_length": 2}, {"max_length": 2, "truncate": "start"},
     {"max_length": 2, "truncate": "middle"}],
)  # fmt: skip
def test_a_length_is_the_number_of_tokens_before_they_are_cut(options: dict[str, object]) -> None:
    texts = ["The film, it was not good!", "", "good", "a-b c.d 東京 " * 20]
    encoder = TextEncoder.fit(texts, TextOptions.model_validate(options))
    stages = [encoder.stages(text) for text in texts]
    assert encoder.lengths(texts).tolist() == [len(each.kept) for each in stages]
    most = encoder.sizes.longest
    assert [min(length, most) for length in encoder.lengths(texts)] == [len(each.ids) for each in stages]
