"""From a stored data set to the arrays that a model is trained on."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from seqcore.architectures import Sizes
from seqcore.architectures.memory import Load
from seqcore.datasets import LabelledData, Split, split_rows
from seqcore.kinds import Encoder, Kind, get_kind
from seqcore.kinds.sizes import FrameSizes, TokenSizes
from seqcore.spec import InputOptions, SplitOptions


class Examples:
    """Encoded examples in one flat array, handed out as padded batches.

    Args:
        arrays: One an example, (steps,) or (steps, channels), as the encoder gives them.
        labels: Class codes, one an example.
        encoder: Says what stands for an example without a step, and what behind the end of shorter ones.
    """

    def __init__(self, arrays: Sequence[np.ndarray], labels: np.ndarray, encoder: Encoder) -> None:
        filled = [array if len(array) else encoder.empty for array in arrays]
        self.lengths = np.array([len(array) for array in filled], np.int32)
        self.labels = labels.astype(np.int32)
        self._flat = np.concatenate(filled) if filled else encoder.empty[:0]
        self._starts = np.cumsum(self.lengths, dtype=np.int64) - self.lengths
        self._windows, self.pooling = encoder.windows, encoder.pooling
        self._padding = self._flat.dtype.type(encoder.padding)
        for array in (self.lengths, self.labels, self._flat, self._starts):
            array.flags.writeable = False  # several runs share them

    def __len__(self) -> int:
        return len(self.lengths)

    def some(self, rows: np.ndarray) -> Examples:
        """These of them, in this order; at least one."""
        few = copy(self)
        few.lengths, few.labels = self.lengths[rows], self.labels[rows]
        few._flat = np.concatenate(
            [self._flat[start : start + length] for start, length in zip(self._starts[rows], few.lengths, strict=True)]
        )
        few._starts = np.cumsum(few.lengths, dtype=np.int64) - few.lengths
        return few

    def windows(self) -> Windows:
        """What a model reads one at a time; where every example is read at once, the examples themselves."""
        lengths, which = np.unique(self.lengths, return_inverse=True)  # examples of one length have the same windows
        parts = [self._windows(length) for length in lengths.tolist()]
        owners = np.repeat(np.arange(len(self)), np.array([len(each) for each in parts], np.int64)[which])
        if len(owners) == len(self):
            return Windows(self, owners)
        bounds = [np.array([(part.start, part.stop) for part in each], np.int64) for each in parts]
        starts, stops = np.concatenate([bounds[place] for place in which.tolist()]).T
        every = copy(self)  # of the same steps, which windows that overlap share
        every.lengths = (stops - starts).astype(np.int32)
        every.labels = self.labels[owners]
        every._starts = self._starts[owners] + starts
        every._windows = whole
        return Windows(every, owners)

    def flat_with_starts(self) -> tuple[np.ndarray, np.ndarray]:
        """All steps, one example after the other, and where each example starts."""
        return self._flat, self._starts

    def arrays(self) -> list[np.ndarray]:
        """Every example as it is read: (steps,) or (steps, channels)."""
        ends = self._starts + self.lengths
        return [self._flat[start:end] for start, end in zip(self._starts.tolist(), ends.tolist(), strict=True)]

    def batch(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Inputs `(rows, longest of them)` or `(rows, longest, channels)`, padded at the end, and labels `(rows,)`."""
        lengths = self.lengths[rows]
        columns = np.arange(lengths.max())
        inside = columns < lengths[:, None]
        positions = np.where(inside, self._starts[rows][:, None] + columns, 0)
        if self._flat.ndim > 1:
            inside = inside[:, :, None]
        return np.where(inside, self._flat[positions], self._padding), self.labels[rows]


@dataclass(frozen=True)
class Windows:
    """The windows of some examples.

    Attributes:
        examples: Each window as an example of its own, with the label of the one that it is of.
        owners: (windows,) the row of that one, rising.
    """

    examples: Examples
    owners: np.ndarray


def whole(length: int) -> list[slice]:
    """A window's only window."""
    return [slice(0, length)]


@dataclass(frozen=True)
class PreparedData:
    """A data set ready for training.

    Attributes:
        data: The labelled examples.
        split: Rows of training, validation and test.
        encoder: Fitted on the training rows only.
        train: Encoded training examples, and so on.
        pairs: Pairs of neighbouring tokens that a model counts, see `seqcore.worker.terms`.
        kept: Training examples that a model keeps.
    """

    data: LabelledData
    split: Split
    encoder: Encoder
    train: Examples
    validation: Examples
    test: Examples
    pairs: np.ndarray | None = None
    kept: int = 0

    @property
    def kind(self) -> Kind:
        """What the examples are."""
        return get_kind(self.data.kind)

    @cached_property
    def learned(self) -> Examples:
        """What training steps are taken on: the training examples, or the windows of them."""
        return self.train.windows().examples

    @cached_property
    def sizes(self) -> Sizes:
        """What the data decides about a model."""
        sizes = self.encoder.sizes
        if self.pairs is not None and isinstance(sizes, TokenSizes):
            sizes = replace(sizes, pairs=len(self.pairs))
        if self.kept and isinstance(sizes, FrameSizes):
            sizes = replace(sizes, examples=self.kept)
        return Sizes(sizes, len(self.data.classes))


def load_of(prepared: PreparedData) -> Load:
    """What these data ask a training to hold."""
    written = sum(map(len, prepared.data.examples))
    scored = max(len(prepared.validation), len(prepared.test))
    return Load(int(prepared.learned.lengths.max()), len(prepared.learned), scored, written)


def prepare(
    data: LabelledData, options: InputOptions, split_options: SplitOptions, reader: Encoder | None = None
) -> PreparedData:
    """Split, fit the encoder on the training examples, encode everything.

    Args:
        data: The labelled examples.
        options: How they are read.
        split_options: How rows are shared out.
        reader: An encoder that is learned already; None: one is fitted.
    """
    split = split_rows(data, split_options)
    codes, examples = data.codes(), data.examples
    training = [examples[row] for row in split.train]
    if reader is None:
        encoder, arrays = get_kind(data.kind).fit_encode(training, options)
    else:
        encoder, arrays = reader, reader.encode(training)
    train = Examples(arrays, codes[split.train], encoder)

    def encoded(rows: np.ndarray) -> Examples:
        return Examples(encoder.encode([examples[row] for row in rows]), codes[rows], encoder)

    return PreparedData(data, split, encoder, train, encoded(split.validation), encoded(split.test))
