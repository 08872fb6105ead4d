"""What a run scored: the one layout of `evaluation.json`, written by the worker and read by everybody else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from seqcore.analysis.evaluation_upgrade import upgraded
from seqcore.errors import InspectionError

VERSION: Literal[2] = 2  # raised with every change of the layout, together with a step in `evaluation_upgrade`
SMALL = ("accuracy", "macro_f1", "loss")  # what is known of the validation split, too

_Size = Annotated[int, Field(strict=True, gt=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class ClassScores(_Part):
    """How well one class is found, each score from 0 to 1; `support` is its number of test rows."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


class RocCurve(_Part):
    """One class against the rest, from (0, 0) to (1, 1); `auc` is the area under the whole curve."""

    label: str
    auc: float
    fpr: tuple[float, ...]
    tpr: tuple[float, ...]


class PrecisionRecallCurve(_Part):
    """One class against the rest, by rising recall; `average_precision` belongs to the whole curve."""

    label: str
    average_precision: float
    recall: tuple[float, ...]
    precision: tuple[float, ...]


class Scores(_Part):
    """The scores of one split; `loss` is the mean cross-entropy in nats."""

    accuracy: float
    macro_f1: float
    loss: float


class FullScores(Scores):
    """The scores of the test split.

    Attributes:
        ms_per_text: Milliseconds that one answer took.
        confusion: (classes, classes) test rows of each true class (row) given each class (column).
        per_class: One of each class, in the order of the classes.
        roc: With two classes one curve, of the second; a class without test rows has none.
        precision_recall: The same.
    """

    ms_per_text: float
    confusion: tuple[tuple[int, ...], ...]
    per_class: tuple[ClassScores, ...]
    roc: tuple[RocCurve, ...]
    precision_recall: tuple[PrecisionRecallCurve, ...]


class MajorityBaseline(_Part):
    """Always answering with the most frequent class of the training rows; `accuracy` on the test rows."""

    label: str
    code: int = Field(ge=0)
    accuracy: float


class Evaluation(_Part):
    """Everything that is kept of a run's answers, but the answers themselves.

    Attributes:
        version: Of this layout.
        classes: Labels as the user wrote them; codes are positions in it.
        test: Scores of the test split.
        validation: Scores of the validation split.
        sizes: What the data decided about the model, "classes" and those of its input; None where a run has no model.
        baseline: None in files of the first version, which did not have it.
        timings: Seconds of the stages before the test, by their names; empty in files of the first version.
    """

    version: Literal[2] = VERSION
    classes: tuple[str, ...] = Field(min_length=2)
    test: FullScores
    validation: Scores
    sizes: dict[str, _Size] | None = None
    baseline: MajorityBaseline | None = None
    timings: dict[str, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _of_one_size(self) -> Evaluation:
        number = len(self.classes)
        lengths = {len(self.test.confusion), len(self.test.per_class), *map(len, self.test.confusion)}
        if lengths != {number}:
            raise ValueError(f"there are {number} classes, and scores of {sorted(lengths)}")
        if self.sizes is not None and self.sizes.get("classes") != number:
            raise ValueError(f"there are {number} classes, and a model of {self.sizes.get('classes')}")
        if self.baseline is not None and self.baseline.code >= number:
            raise ValueError(f"there are {number} classes, and a baseline of class {self.baseline.code}")
        return self

    def results(self) -> dict[str, dict[str, float]]:
        """The small numbers, as a run keeps them in the store: {"test": {...}, "validation": {...}}."""
        return {
            "test": self.test.model_dump(include={*SMALL, "ms_per_text"}),
            "validation": self.validation.model_dump(include={*SMALL}),
        }

    def to_bytes(self) -> bytes:
        """The content of `evaluation.json`."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False).encode()


def majority(training: NDArray[Any], test: NDArray[Any], classes: Sequence[str]) -> MajorityBaseline:
    """What always answering the most frequent class gets; of equally frequent ones the first.

    Args:
        training: (rows,) codes of the training rows.
        test: (rows,) codes of the test rows.
        classes: Names of the classes.
    """
    code = int(np.bincount(training).argmax())
    return MajorityBaseline(label=classes[code], code=code, accuracy=float(np.mean(test == code)))


def read_evaluation(data: bytes) -> Evaluation:
    """What `evaluation.json` says, whichever version of the program wrote it.

    Raises:
        InspectionError: it is not what a run writes, or a newer version wrote it.
    """
    try:
        return Evaluation.model_validate(upgraded(json.loads(data), VERSION))
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged("evaluation") from None


def damaged(what: str) -> InspectionError:
    """The error for a file that is not as a run left it."""
    return InspectionError(
        f"The saved {what} of this run cannot be read",
        received="a damaged file",
        remedy="Delete the run and train it again; other runs are not touched",
    )
