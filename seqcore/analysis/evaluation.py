"""The files that a finished run left, checked as they are read: a damaged one is a clear error, not a surprise."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import InspectionError

_SIZES = ("vocabulary", "longest", "classes")


def read_evaluation(data: bytes) -> dict[str, Any]:
    """What `evaluation.json` says: "classes", "test", "validation", and "sizes" where the run has a model.

    Raises:
        InspectionError: it is not what a run writes.
    """
    try:
        found = json.loads(data)
        classes, sizes = found["classes"], found.get("sizes")
        sound = isinstance(found["test"], dict) and isinstance(classes, list) and len(classes) > 1
        sound = sound and all(isinstance(name, str) for name in classes)
        if sizes is not None:
            sound = sound and {*sizes} == {*_SIZES} and all(type(size) is int and size > 0 for size in sizes.values())
            sound = sound and sizes["classes"] == len(classes)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise damaged("evaluation")
    return dict(found)


def read_answers(data: bytes, classes: list[str]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """What `predictions.parquet` says, a number each per test text.

    Args:
        data: The file's bytes.
        classes: Of the run's evaluation; what labels and answers stand for.

    Returns:
        Rows of the data set, codes of the true classes, codes of the answers, confidence of each answer.

    Raises:
        InspectionError: it is not what a run writes.
    """
    import pandas as pd
    import pyarrow as pa

    try:
        table = pd.read_parquet(io.BytesIO(data), columns=["row", "label", "predicted", "confidence"])
        codes = {label: code for code, label in enumerate(classes)}
        rows = table["row"].to_numpy(np.int64)
        labels, answers = table["label"].map(codes), table["predicted"].map(codes)
        confidence = table["confidence"].to_numpy(np.float64)
        if not len(rows) or labels.isna().any() or answers.isna().any() or (rows < 0).any():
            raise damaged("test answers")
        return rows, labels.to_numpy(np.int64), answers.to_numpy(np.int64), confidence
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise damaged("test answers") from None


def damaged(what: str) -> InspectionError:
    """The error for a file that is not as a run left it."""
    return InspectionError(
        f"The saved {what} of this run cannot be read",
        received="a damaged file",
        remedy="Delete the run and train it again; other runs are not touched",
    )
