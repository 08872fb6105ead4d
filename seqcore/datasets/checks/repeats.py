"""Which rows say the same once more: in one part or across parts, with one label or with several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_data import LabelledData, Rows
from seqcore.datasets.split import Split
from seqcore.datasets.twins import first_of_identical


@dataclass(frozen=True)
class Repeats:
    """For each row the first one that says the same.

    Attributes:
        identical: The first row with the very same example, (rows,).
        near: The first row that says nearly the same, (rows,); identical ones share it too.
    """

    identical: Rows
    near: Rows

    @property
    def again(self) -> Rows:
        """Rows whose example has stood before."""
        return np.flatnonzero(self.identical != np.arange(len(self.identical)))

    @property
    def nearly_again(self) -> Rows:
        """Rows that say nearly what another one said before, in other words or marks; not the identical ones."""
        first = self.identical == np.arange(len(self.identical))
        return np.flatnonzero(first & (self.near != np.arange(len(self.near))))

    def across(self, split: Split) -> Across:
        """What stands in the test and in training or validation as well."""
        learned = np.concatenate((split.train, split.validation))
        identical = np.isin(self.identical[split.test], self.identical[learned])
        near = np.isin(self.near[split.test], self.near[learned]) & ~identical
        return Across(split.test[identical], split.test[near])

    def contradicting(self, codes: npt.NDArray[np.int32]) -> list[Rows]:
        """The rows of each example that has several labels.

        Args:
            codes: Class of each row.
        """
        differs = self.identical[codes != codes[self.identical]]
        return groups_of(self.identical, np.unique(differs))


@dataclass(frozen=True)
class Across:
    """Rows of the test that training or validation rows repeat.

    Attributes:
        identical: Those whose very same example stands there.
        near: Those of which only something nearly the same does.
    """

    identical: Rows
    near: Rows

    @property
    def rows(self) -> Rows:
        """Both."""
        return np.sort(np.concatenate((self.identical, self.near)))


def repeats_of(data: LabelledData) -> Repeats:
    """Compare all examples with each other."""
    return Repeats(first_of_identical(data.keys()), data.near_groups)


def groups_of(first: Rows, wanted: Sequence[int] | Rows) -> list[Rows]:
    """The rows of some groups, each with all of its rows.

    Args:
        first: The first row of the group of each row.
        wanted: First rows of the groups that are wanted.
    """
    rows = np.flatnonzero(np.isin(first, wanted))
    rows = rows[np.argsort(first[rows], kind="stable")]
    bounds = np.flatnonzero(np.diff(first[rows])) + 1
    return [group for group in np.split(rows, bounds) if len(group)]
