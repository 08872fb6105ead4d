"""A file of right and wrong answers of models that were trained anywhere, to be judged as ours are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError, field_validator

from seqcore.analysis.standings import Result, Standing, rank
from seqcore.errors import DataError

MOST_BYTES = 256 * 2**20  # of a file of answers

_Bit = Annotated[int, Field(ge=0, le=1)]


class _Answers(BaseModel):
    label: str
    right: list[list[_Bit]] = Field(min_length=1)
    has_seeds: bool = True

    @field_validator("right")
    @classmethod
    def _of_one_length(cls, right: list[list[int]]) -> list[list[int]]:
        if len({len(row) for row in right}) > 1 or not right[0]:
            raise ValueError("every seed needs an answer to each of the same texts")
        return right


class _AnswersFile(BaseModel):
    models: list[_Answers] = Field(min_length=1)


def models_of_file(path: Path) -> list[Standing]:
    """The models whose right and wrong answers a file holds, the best first.

    The file is JSON, `{"models": [{"label": "LSTM", "right": [[0, 1, ...], ...]}]}`: a row for each seed, a column for
    each test text, the same texts for all. `"has_seeds": false` says of a model that no seed was drawn for it.

    Raises:
        DataError: it is not such a file.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DataError("The file of answers is too large", received=f"{path.stat().st_size / 1e6:.0f} MB")
        read = _AnswersFile.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise DataError(f"The file cannot be read: {error.strerror}", received=str(path)) from error
    except (ValidationError, ValueError, RecursionError) as error:
        raise DataError(
            "The file does not hold answers",
            received=_first_problem(error),
            remedy='Write {"models": [{"label": "LSTM", "right": [[0, 1, 1], [1, 1, 0]]}]}: a row per seed, a column '
            "per test text, 1 for a right answer",
        ) from None
    lengths = {len(model.right[0]) for model in read.models}
    if len(lengths) > 1:
        raise DataError(
            "The models did not answer the same texts",
            received=f"answers to {', '.join(f'{length:,}' for length in sorted(lengths))} texts",
            remedy="Give every model a column for each of the same texts",
        )
    labels = [model.label for model in read.models]
    if len(set(labels)) < len(labels):
        raise DataError("Two models have the same label", received=", ".join(labels)[:200], remedy="Name them apart")
    has_seeds = {model.label: model.has_seeds for model in read.models}
    results = [
        _as_result(model.label, seed, np.array(row)) for model in read.models for seed, row in enumerate(model.right)
    ]
    return rank(results, lambda result: result.label, has_seeds=has_seeds.__getitem__)


def _first_problem(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error)[:200]


def _as_result(label: str, seed: int, right: NDArray[np.int64]) -> Result:
    accuracy = float(right.mean())
    return Result(
        run_id=f"{label}, seed {seed}", label=label, architecture=label, seed=seed, accuracy=accuracy,
        macro_f1=accuracy, loss=1 - accuracy, ms_per_text=0.0, parameters=0, training_seconds=0.0,
        rows=np.arange(right.size), labels=np.ones(right.size, np.int64), predicted=right.astype(np.int64),
        classes=("wrong", "right"),
    )  # fmt: skip
