"""From a stored data set to the arrays that a model is trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from seqcore.architectures import Sizes
from seqcore.datasets import LabelledText, Split, split_rows
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.ids import OOV_ID, PADDING_ID
from seqcore.kinds.text.options import TextOptions
from seqcore.spec import SplitOptions


class EncodedTexts:
    """Texts as ids in one flat array, handed out as padded batches.

    Args:
        ids: One int32 array a text; a text of no tokens becomes one out-of-vocabulary token.
        labels: Class codes, int32, one a text.
    """

    def __init__(self, ids: Sequence[np.ndarray], labels: np.ndarray) -> None:
        filled = [text if len(text) else np.array([OOV_ID], np.int32) for text in ids]
        self.lengths = np.array([len(text) for text in filled], np.int32)
        self.labels = labels.astype(np.int32)
        self._flat = np.concatenate(filled) if filled else np.zeros(0, np.int32)
        self._starts = np.cumsum(self.lengths, dtype=np.int64) - self.lengths
        for array in (self.lengths, self.labels, self._flat, self._starts):
            array.flags.writeable = False  # several runs share them

    def __len__(self) -> int:
        return len(self.lengths)

    def flat_with_starts(self) -> tuple[np.ndarray, np.ndarray]:
        """All ids, one text after the other, and where each text starts."""
        return self._flat, self._starts

    def batch(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Ids `(rows, longest of them)` padded at the end, and labels `(rows,)`."""
        lengths = self.lengths[rows]
        columns = np.arange(lengths.max())
        inside = columns < lengths[:, None]
        positions = np.where(inside, self._starts[rows][:, None] + columns, 0)
        return np.where(inside, self._flat[positions], np.int32(PADDING_ID)), self.labels[rows]


@dataclass(frozen=True)
class Prepared:
    """A data set ready for training.

    Attributes:
        data: The labelled texts.
        split: Rows of training, validation and test.
        encoder: Fitted on the training rows only.
        train: Encoded training texts, and so on.
    """

    data: LabelledText
    split: Split
    encoder: TextEncoder
    train: EncodedTexts
    validation: EncodedTexts
    test: EncodedTexts

    @cached_property
    def sizes(self) -> Sizes:
        """What the data decides about a model."""
        return Sizes(self.encoder.size, self.encoder.longest, len(self.data.classes))


def prepare(data: LabelledText, text: TextOptions, split_options: SplitOptions) -> Prepared:
    """Split, fit the encoder on the training texts, encode everything."""
    split = split_rows(data, split_options)
    codes = data.codes()
    encoder = TextEncoder.fit([data.texts[row] for row in split.train], text)

    def encoded(rows: np.ndarray) -> EncodedTexts:
        return EncodedTexts(encoder.encode([data.texts[row] for row in rows]), codes[rows])

    return Prepared(data, split, encoder, encoded(split.train), encoded(split.validation), encoded(split.test))
