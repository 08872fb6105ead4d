"""A run's answers to the test texts, one by one: the layout of `predictions.parquet`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evaluation import damaged

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Predictions:
    """Answers to the test rows; arrays of the same length.

    Attributes:
        rows: Rows of the data set.
        labels: Codes of the true classes.
        predicted: Codes of the answers.
        confidence: Probability of each answer.
    """

    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    predicted: NDArray[np.int64]
    confidence: NDArray[np.float64]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each row was given its true class."""
        right: NDArray[np.bool_] = self.labels == self.predicted
        return right


def write_predictions(
    rows: NDArray[Any],
    texts: Sequence[str],
    labels: NDArray[Any],
    probabilities: NDArray[Any],
    classes: Sequence[str],
) -> bytes:
    """Parquet with row, text, label, predicted, confidence, and p0, p1, ... for every class.

    Args:
        rows: (tests,) rows of the data set.
        texts: What stands for each of them.
        labels: (tests,) codes of the true classes.
        probabilities: (tests, classes).
        classes: Names of the classes.
    """
    import pandas as pd

    columns: dict[str, Any] = {
        "row": rows,
        "text": list(texts),
        "label": [classes[code] for code in labels],
        "predicted": [classes[code] for code in probabilities.argmax(axis=1)],
        "confidence": probabilities.max(axis=1),
    }
    columns |= {f"p{code}": probabilities[:, code] for code in range(probabilities.shape[1])}
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_parquet(buffer, index=False)
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
        table = pd.read_parquet(io.BytesIO(data), columns=["row", "label", "predicted", "confidence"])
        codes = {label: code for code, label in enumerate(classes)}
        rows = table["row"].to_numpy(np.int64)
        labels, predicted = table["label"].map(codes), table["predicted"].map(codes)
        confidence = table["confidence"].to_numpy(np.float64)
        if not len(rows) or labels.isna().any() or predicted.isna().any() or (rows < 0).any():
            raise damaged("test answers")
        return Predictions(rows, _codes(labels), _codes(predicted), confidence)
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise damaged("test answers") from None


def _codes(column: pd.Series) -> NDArray[np.int64]:
    return np.asarray(column, dtype=np.int64)
