"""Slices of the test texts: how they are cut, and where each model is worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqcore.analysis.slices import SliceScore, slice_scores, worst_slice
from seqcore.analysis.slicing import Slicing, by_numbers, by_shares, by_values
from seqcore.analysis.standings import Standing
from seqcore.analysis.tested import Tested
from seqcore.datasets import LabelledData, split_rows
from seqcore.datasets.evidence import EVIDENCE
from seqcore.datasets.other_columns import numbers_of
from seqcore.kinds import Encoder, get_kind
from seqcore.kinds.whole_data import fit_encoder
from seqcore.spec import RunSpec

CLASS = "class"
_FEW_NUMBERS = 10  # up to which each number is a slice of its own, as stars are


@dataclass(frozen=True)
class ModelSlices:
    """How one model does on every slice.

    Attributes:
        model: Whose.
        accuracy: Share of all test texts that is right, over its seeds.
        slices: In the order of the cuts.
    """

    model: Standing
    accuracy: float
    slices: tuple[SliceScore, ...]

    @property
    def worst(self) -> SliceScore | None:
        """Where it is worst; None where nothing could be cut."""
        return worst_slice(self.slices)


def slices_of(found: Tested, slicings: Sequence[Slicing]) -> list[ModelSlices]:
    """How every model does on every slice."""
    right = found.share_right
    return [
        ModelSlices(model, float(shares.mean()), slices)
        for model, shares, slices in zip(found.models, right, slice_scores(right, slicings), strict=True)
    ]


def slicings_of(data: LabelledData, found: Tested, encoder: Encoder) -> list[Slicing]:
    """The cuts of the test texts: by class, by length, by the share that is unknown, by other columns of the file.

    Args:
        data: What was trained on.
        found: What the models made of the test texts.
        encoder: Fitted on the training texts; says what a step is and which are unknown.
    """
    kind, examples = get_kind(data.kind), [data.examples[row] for row in found.rows]
    lengths = encoder.lengths(examples)
    cuts = [
        by_values(CLASS, [found.classes[code] for code in found.labels]),
        by_numbers(f"length in {kind.steps}", lengths, lambda low, high: _range(f"{low:,.0f}", f"{high:,.0f}")),
        by_shares(f"unknown {kind.steps}", encoder.unknown_shares(examples), _percents),
    ]
    taken = {cut.name for cut in cuts}
    for name, cells in data.other_columns.items():
        if name == EVIDENCE:  # places of words say nothing of a text
            continue
        free = f"column {name}" if name in taken else name
        cuts.append(_of_column(free, [cells[row] for row in found.rows]))
    return [cut for cut in cuts if len(cut.groups) > 1]


def encoder_of(data: LabelledData, spec: RunSpec) -> Encoder:
    """What a run learned from its training rows before any model was."""
    training = split_rows(data, spec.drawn_split).train
    return fit_encoder(data, training, spec.input)


def _of_column(name: str, values: Sequence[str]) -> Slicing:
    """Numbers of many values by their size, all else by value."""
    numbers = numbers_of(values)
    if numbers is None or len(set(numbers)) <= _FEW_NUMBERS:
        return by_values(name, values)
    return by_numbers(name, np.array(numbers), lambda low, high: _range(f"{low:g}", f"{high:g}"))


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _percents(low: float, high: float) -> str:
    if high == 0:
        return "none"
    return f"{_range(f'{100 * low:.3g}', f'{100 * high:.3g}')}\N{NO-BREAK SPACE}%"
