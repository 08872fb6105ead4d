"""A run's answers, one by one: the layout of `predictions.parquet` (test texts) and `validation.parquet`."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evaluation import damaged
from seqcore.errors import InspectionError

if TYPE_CHECKING:
    import pandas as pd

TEST_FILE, VALIDATION_FILE = "predictions.parquet", "validation.parquet"
VERSION = 2  # raised with every change of the layout; the first had no number, and no validation texts beside it
_KEY = b"sequence-lab"


@dataclass(frozen=True)
class Probabilities:
    """What a run gave every class; arrays of the same length.

    Attributes:
        rows: (texts,) rows of the data set.
        labels: (texts,) codes of the true classes.
        shares: (texts, classes) probabilities.
    """

    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    shares: NDArray[np.float64]

    @property
    def sureness(self) -> NDArray[np.float64]:
        """(texts,) probability of each answer, which is the likeliest class."""
        sure: NDArray[np.float64] = self.shares.max(axis=1)
        return sure

    @property
    def right(self) -> NDArray[np.bool_]:
        """(texts,) whether each was given its true class."""
        right: NDArray[np.bool_] = self.shares.argmax(axis=1) == self.labels
        return right


@dataclass(frozen=True)
class Predictions:
    """Answers to the test rows; arrays of the same length.

    Attributes:
        rows: Rows of the data set.
        labels: Codes of the true classes.
        predicted: Codes of the answers.
        confidence: Probability of each answer.
        probabilities: (rows, classes).
    """

    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    predicted: NDArray[np.int64]
    confidence: NDArray[np.float64]
    probabilities: NDArray[np.float32]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each row was given its true class."""
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

    columns: dict[str, Any] = {"row": rows} | ({} if texts is None else {"text": list(texts)})
    columns |= {
        "label": [classes[code] for code in labels],
        "predicted": [classes[code] for code in probabilities.argmax(axis=1)],
        "confidence": probabilities.max(axis=1),
    }
    columns |= {f"p{code}": probabilities[:, code] for code in range(probabilities.shape[1])}
    table = pa.table(columns).replace_schema_metadata({_KEY: json.dumps({"version": VERSION})})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def read_predictions(data: bytes, classes: Sequence[str]) -> Predictions:
    """What `write_predictions` wrote.

    Args:
        data: The file's bytes.
        classes: Of the run's evaluation; what labels and answers stand for.

    Raises:
        InspectionError: it is not what a run writes.
    """
    import pandas as pd
    import pyarrow as pa

    try:
        of_classes = [f"p{code}" for code in range(len(classes))]
        table = pd.read_parquet(io.BytesIO(data), columns=["row", "label", "predicted", "confidence", *of_classes])
        codes = {label: code for code, label in enumerate(classes)}
        rows = table["row"].to_numpy(np.int64)
        labels, predicted = table["label"].map(codes), table["predicted"].map(codes)
        confidence = table["confidence"].to_numpy(np.float64)
        if not len(rows) or labels.isna().any() or predicted.isna().any() or (rows < 0).any():
            raise damaged("test answers")
        probabilities = table[of_classes].to_numpy(np.float32)
        return Predictions(rows, _codes(labels), _codes(predicted), confidence, probabilities)
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise damaged("test answers") from None


def read_probabilities(data: bytes, classes: Sequence[str]) -> Probabilities:
    """The probability of every class, from what `write_predictions` wrote.

    Args:
        data: The file's bytes.
        classes: Of the run's evaluation.

    Raises:
        InspectionError: it is not what a run writes, or a newer version wrote it.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = [f"p{code}" for code in range(len(classes))]
        table = pq.read_table(pa.BufferReader(data), columns=["row", "label", *names])
        _refuse_newer(json.loads((table.schema.metadata or {}).get(_KEY, b"{}")).get("version", 1))
        codes = {label: code for code, label in enumerate(classes)}
        labels = np.array([codes[label] for label in table["label"].to_pylist()], np.int64)
        shares = np.column_stack([table[name].to_numpy() for name in names]).astype(np.float64)
        if not len(labels) or not np.isfinite(shares).all() or (shares < 0).any():
            raise damaged("answers")
        return Probabilities(table["row"].to_numpy().astype(np.int64), labels, shares)
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, AttributeError):
        raise damaged("answers") from None


def read_texts(data: bytes, classes: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The test texts and (texts,) codes of their true classes, from what `write_predictions` wrote.

    Args:
        data: The file's bytes.
        classes: Of the run's evaluation.

    Raises:
        InspectionError: it is not what a run writes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(data), columns=["text", "label"])
        codes = {label: code for code, label in enumerate(classes)}
        texts, labels = table["text"].to_pylist(), [codes[label] for label in table["label"].to_pylist()]
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError):
        raise damaged("test answers") from None
    if not texts or not all(isinstance(text, str) for text in texts):
        raise damaged("test answers")
    return texts, np.array(labels, np.int64)


def _refuse_newer(version: object) -> None:
    if type(version) is not int or version < 1:
        raise ValueError(f"version {version!r}")
    if version > VERSION:
        raise InspectionError(
            "The answers of this run were written by a newer version of Sequence Lab",
            received=f"answers of version {version}, this one knows {VERSION}",
            remedy="Update Sequence Lab, or train the run again",
        )


def _codes(column: pd.Series) -> NDArray[np.int64]:
    return np.asarray(column, dtype=np.int64)
