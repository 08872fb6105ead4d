"""A run's answers, one by one: the layout of `predictions.parquet` (test texts) and `validation.parquet`."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evaluation import damaged
from seqcore.errors import InspectionError

if TYPE_CHECKING:
    import pyarrow as pa

TEST_FILE, VALIDATION_FILE = "predictions.parquet", "validation.parquet"
VERSION = 2  # raised with every change of the layout; the first had no number, and no validation texts beside it
_AT_A_TIME = 10_000  # rows of a group: of large data no second copy is made
_KEY = b"sequence-lab"


@dataclass(frozen=True)
class Predictions:
    """A run's answers to some texts; arrays of the same length.

    Attributes:
        rows: (texts,) rows of the data set.
        labels: (texts,) codes of the true classes.
        probabilities: (texts, classes).
    """

    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    probabilities: NDArray[np.float64]

    @cached_property
    def predicted(self) -> NDArray[np.int64]:
        """(texts,) codes of the answers: the likeliest class of each."""
        return np.asarray(self.probabilities.argmax(axis=1), np.int64)

    @cached_property
    def confidence(self) -> NDArray[np.float64]:
        """(texts,) probability of each answer."""
        confidence: NDArray[np.float64] = self.probabilities.max(axis=1)
        return confidence

    @property
    def right(self) -> NDArray[np.bool_]:
        """(texts,) whether each was given its true class."""
        right: NDArray[np.bool_] = self.labels == self.predicted
        return right


def write_predictions(
    rows: NDArray[Any],
    texts: Sequence[str] | None,
    labels: NDArray[Any],
    probabilities: NDArray[Any],
    classes: Sequence[str],
) -> bytes:
    """Parquet with row, text, label, predicted, confidence, and p0, p1, ... for every class.

    Args:
        rows: (tests,) rows of the data set.
        texts: What stands for each of them; None leaves them out.
        labels: (tests,) codes of the true classes.
        probabilities: (tests, classes).
        classes: Names of the classes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    def table(part: slice) -> pa.Table:
        columns: dict[str, Any] = {"row": rows[part]} | ({} if texts is None else {"text": list(texts[part])})
        columns |= {
            "label": [classes[code] for code in labels[part]],
            "predicted": [classes[code] for code in probabilities[part].argmax(axis=1)],
            "confidence": probabilities[part].max(axis=1),
        }
        columns |= {f"p{code}": probabilities[part, code] for code in range(probabilities.shape[1])}
        return pa.table(columns).replace_schema_metadata({_KEY: json.dumps({"version": VERSION})})

    buffer, first = io.BytesIO(), table(slice(0, _AT_A_TIME))
    with pq.ParquetWriter(buffer, first.schema) as writer:
        writer.write_table(first)
        for begin in range(_AT_A_TIME, len(rows), _AT_A_TIME):
            writer.write_table(table(slice(begin, begin + _AT_A_TIME)))
    return buffer.getvalue()


def read_predictions(data: bytes, classes: Sequence[str]) -> Predictions:
    """What `write_predictions` wrote, without the texts.

    Args:
        data: The file's bytes.
        classes: Of the run's evaluation; what labels and answers stand for.

    Raises:
        InspectionError: it is not what a run writes, or a newer version wrote it.
    """
    names = [f"p{code}" for code in range(len(classes))]
    table, labels = _read(data, names, classes)
    rows = table["row"].to_numpy().astype(np.int64)
    probabilities = np.column_stack([table[name].to_numpy() for name in names]).astype(np.float64, copy=False)
    if (rows < 0).any() or not np.isfinite(probabilities).all() or (probabilities < 0).any():
        raise damaged("answers")
    return Predictions(rows, labels, probabilities)


def read_texts(data: bytes, classes: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The test texts and (texts,) codes of their true classes, from what `write_predictions` wrote.

    Args:
        data: The file's bytes.
        classes: Of the run's evaluation.

    Raises:
        InspectionError: it is not what a run writes with its texts, or a newer version wrote it.
    """
    table, labels = _read(data, ["text"], classes)
    texts = table["text"].to_pylist()
    if not all(isinstance(text, str) for text in texts):
        raise damaged("answers")
    return texts, labels


def _read(data: bytes, columns: Sequence[str], classes: Sequence[str]) -> tuple[pa.Table, NDArray[np.int64]]:
    """The rows, with some more columns, and codes of the true classes; at least one."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(data), columns=["row", "label", *columns])
        _refuse_newer(json.loads((table.schema.metadata or {}).get(_KEY, b"{}")).get("version", 1))
        codes = pc.index_in(table["label"], value_set=pa.array(classes, pa.string()))
        missing = set(columns) - set(table.column_names)
        if missing or not len(codes) or codes.null_count or any(table[name].null_count for name in table.column_names):
            raise damaged("answers")
        labels = codes.to_numpy().astype(np.int64)
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, AttributeError):
        raise damaged("answers") from None
    return table, labels


def _refuse_newer(version: object) -> None:
    if type(version) is not int or version < 1:
        raise ValueError(f"version {version!r}")
    if version > VERSION:
        raise InspectionError(
            "The answers of this run were written by a newer version of Sequence Lab",
            received=f"answers of version {version}, this one knows {VERSION}",
            remedy="Update Sequence Lab, or train the run again",
        )
