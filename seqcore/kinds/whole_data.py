"""A kind's encoder over a whole data set: learned from its training rows, and what it makes of the lengths."""

from __future__ import annotations

from collections.abc import Iterable

from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.lengths import Lengths, lengths_of, looked_at
from seqcore.kinds.base import Encoder
from seqcore.kinds.registry import get_kind
from seqcore.spec.inputs import InputOptions


def fit_encoder(data: LabelledData, rows: Iterable[int], options: InputOptions) -> Encoder:
    """Learn the encoder of a data set from these rows of it.

    Args:
        data: The data.
        rows: Numbers of the training rows: what a model is tested on is not looked at.
        options: How examples are read.
    """
    examples = data.examples
    return get_kind(data.kind).fit([examples[row] for row in rows], options)


def lengths_in_steps(data: LabelledData, encoder: Encoder) -> Lengths:
    """How long the examples are in what a model reads."""
    examples = data.examples
    steps = encoder.lengths([examples[row] for row in looked_at(len(data))])
    return lengths_of(steps, encoder.sizes.longest, len(data))
