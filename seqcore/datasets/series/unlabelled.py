"""Series that a model is to answer, with the label of each where the file says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from seqcore.datasets.label_spelling import same_key
from seqcore.datasets.labelled_series import LabelledSeries, Series
from seqcore.datasets.series.labelling import written_labels
from seqcore.datasets.series.raw import RawSeries
from seqcore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

NO_VALUE = "no value"
_MOST_AT_ONCE, _NUMBERS_AT_ONCE = 500, 400_000


@dataclass(frozen=True)
class SeriesToAnswer:
    """Series for a model.

    Attributes:
        kept: The series; their labels are "" where the file says none.
        has_labels: Whether the file says labels at all.
    """

    kept: LabelledSeries
    has_labels: bool

    def there(self) -> list[bool]:
        """Whether anything can be read of each."""
        return [bool(len(one)) and not bool(np.isnan(one).all()) for one in self.kept.series]

    def labels(self, classes: Sequence[str]) -> tuple[str | None, ...] | None:
        """The class of each, spelled as the model's; "" for another, None for no label; None: the file has none."""
        if not self.has_labels:
            return None
        known = {same_key(name): name for name in classes}
        return tuple(known.get(same_key(label), "") if label else None for label in self.kept.labels)

    @property
    def at_once(self) -> int:
        """How many of them are asked about in one message."""
        longest = max((one.size for one in self.kept.series), default=1)
        return max(1, min(_MOST_AT_ONCE, _NUMBERS_AT_ONCE // max(1, longest)))

    def shown(self) -> list[str]:
        """What stands for each in lists; "" where nothing can be read."""
        return [self.kept.summary(row) if said else "" for row, said in enumerate(self.there())]

    def frame(self) -> pd.DataFrame:
        """A row for each: its row in the file, its moments, and its label where there are labels."""
        import pandas as pd

        columns: dict[str, list[Any]] = {
            "row": [self.kept.number(row) for row in range(len(self.kept))],
            "moments": list(map(len, self.kept.series)),
        }
        columns |= {"label": [label or None for label in self.kept.labels]} if self.has_labels else {}
        return pd.DataFrame(columns)

    def hold_classes(self, classes: Sequence[str]) -> bool:
        """Whether most of the labels that there are are classes of a model; of a file without any, too."""
        labels = [label for label in self.labels(classes) or () if label is not None]
        return not labels or sum(map(bool, labels)) >= 0.5 * len(labels)

    def refuse_other_channels(self, channels: int) -> None:
        """Raise a DataError when the series have not as many channels as those that a model learned from."""
        if len(self.kept.channels) != channels:
            raise DataError(
                "The series have another number of channels than those that the model learned from",
                received=f"{len(self.kept.channels)} ({', '.join(self.kept.channels[:4])}), where it read {channels}",
                remedy="Choose the same columns, in the same order",
            )

    def to_parquet(self) -> bytes:
        """As bytes."""
        notes = (*self.kept.notes, str(self.has_labels))
        return replace(self.kept, notes=notes).to_parquet()

    @classmethod
    def from_parquet(cls, data: bytes) -> SeriesToAnswer:
        """What `to_parquet` wrote."""
        kept = LabelledSeries.from_parquet(data)
        return cls(replace(kept, notes=kept.notes[:-1]), kept.notes[-1] == "True")


def series_to_answer(raw: RawSeries, *, labelled: bool = True) -> SeriesToAnswer:
    """What a reader found, every row of it, with its labels or without."""
    series: tuple[Series, ...] = tuple(raw.series)
    labels = tuple(label or "" for label in written_labels(raw))
    kept = LabelledSeries(
        "", series, labels, notes=tuple(raw.notes), channels=raw.channels, numbers=tuple(map(int, raw.numbers)),
        times=None if raw.times is None else tuple(raw.times),
    )  # fmt: skip
    return SeriesToAnswer(kept, labelled and raw.has_labels and any(labels))
