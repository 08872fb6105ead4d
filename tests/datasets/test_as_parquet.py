"""Labelled data of every kind as Parquet: written some rows at a time, read back as they were."""

import io

import numpy as np
import pyarrow.parquet as pq
import pytest

from seqcore.datasets.as_parquet import _AT_A_TIME
from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.labelled_sounds import LabelledSounds, Sound
from seqcore.datasets.labelled_text import LabelledText

ROWS = 2 * _AT_A_TIME + 1
LABELS = tuple("ab"[row % 2] for row in range(ROWS))
SPLIT = ("train",) * (ROWS - 1) + ("test",)


def texts() -> LabelledText:
    written = tuple(f"text {row}" for row in range(ROWS))
    numbers, sender = tuple(range(2, ROWS + 2)), tuple(f"from {row}" for row in range(ROWS))
    return LabelledText("t.csv", written, LABELS, SPLIT, numbers=numbers, columns=(("sender", sender),))


def series() -> LabelledSeries:
    values = tuple(np.full((1 + row % 3, 2), row, np.float32) for row in range(ROWS))
    times = tuple(np.arange(len(one), dtype=np.float64) for one in values)
    evidence = tuple((row % 3, 1 + row % 3) for row in range(ROWS))
    return LabelledSeries("s", values, LABELS, SPLIT, channels=("x", "y"), times=times, evidence=evidence)


def sounds() -> LabelledSounds:
    made = tuple(Sound(8_000 + row, row.to_bytes(2, "little")) for row in range(ROWS))
    return LabelledSounds("w", made, LABELS, files=tuple(f"{row}.wav" for row in range(ROWS)))


@pytest.mark.parametrize("data", [texts(), series(), sounds()], ids=["texts", "series", "sounds"])
def test_data_of_more_rows_than_are_written_at_a_time_come_back_as_they_were(data: LabelledData) -> None:
    written = data.to_parquet()
    assert pq.ParquetFile(io.BytesIO(written)).num_row_groups == 3
    assert type(data).from_parquet(written) == data  # type: ignore[attr-defined]
