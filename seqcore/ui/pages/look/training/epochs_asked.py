"""What models said of one text after each epoch that they kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seqcore.export.tables import csv_bytes
from seqcore.inspections.contracts import ClassProbabilities
from seqcore.inspections.prediction import PREDICT, PredictRequest
from seqcore.ui.pages.look.maps import Map, map_of
from seqcore.ui.pages.look.room import Room
from seqcore.ui.session import moments, questions

if TYPE_CHECKING:
    from seqcore.store import Run


@dataclass(frozen=True)
class Course:
    """One model's answers to a text over its training.

    Attributes:
        run: Whose.
        label: Name of the model.
        epochs: That were kept, rising; 0 is before the first step.
        classes: Labels.
        probabilities: (epochs, classes).
        kept: The epoch whose weights the model kept; None while it trains.
    """

    run: Run
    label: str
    epochs: tuple[int, ...]
    classes: tuple[str, ...]
    probabilities: NDArray[np.float64]
    kept: int | None

    def of_class(self, label: str) -> list[float | None]:
        """Probability of one class after each epoch; None where the model knows no such class."""
        if label not in self.classes:
            return [None] * len(self.epochs)
        found: list[float | None] = self.probabilities[:, self.classes.index(label)].tolist()
        return found


def course_of(room: Room, run: Run) -> Course | None:
    """Ask a model after each of its epochs; None where it has kept none yet.

    Raises:
        SeqlabError: it cannot be answered.
    """
    epochs = moments.epochs_of(run)
    if not epochs:
        return None
    request = PredictRequest(texts=(room.text,))
    found: list[ClassProbabilities] = [questions.ask(PREDICT, run.id, request, epoch) for epoch in epochs]
    probabilities = np.concatenate([each.probabilities for each in found])
    return Course(run, room.labels[run.id], epochs, found[0].classes, probabilities, kept_epoch(run))


def kept_epoch(run: Run) -> int | None:
    """The epoch whose weights a run kept in the end; None where nobody knows."""
    trained = run.results.get("epochs")
    best = trained if run.problem or run.spec.training.keep == "last" else run.results.get("best_epoch", trained)
    return best if isinstance(best, int) else None


def maps_over(room: Room, name: str, run: Run, wanted: str) -> list[tuple[int, Map]]:
    """One method's map of the text after each epoch.

    Raises:
        SeqlabError: it cannot be answered.
    """
    return [
        (epoch, map_of(replace(room, epochs={run.id: epoch}), name, run, wanted)) for epoch in moments.epochs_of(run)
    ]


def weights_of(maps: Sequence[tuple[int, Map]]) -> tuple[list[str], NDArray[np.float64]]:
    """The words, and what each counts after each epoch, (epochs, words)."""
    words = [step.token for step in maps[0][1].steps]
    return words, np.array([[step.weight for step in each.steps] for _, each in maps], float).reshape(len(maps), -1)


def courses_csv(courses: Sequence[Course]) -> bytes:
    """A row for each model, epoch and class."""
    import pandas as pd

    rows = [
        [course.label, epoch, label, course.probabilities[place, code]]
        for course in courses
        for place, epoch in enumerate(course.epochs)
        for code, label in enumerate(course.classes)
    ]
    return csv_bytes(pd.DataFrame(rows, columns=["model", "epoch", "class", "probability"]))


def maps_csv(label: str, method: str, maps: Sequence[tuple[int, Map]]) -> bytes:
    """A row for each epoch and word."""
    import pandas as pd

    rows = [
        [label, method, each.label or "", epoch, number + 1, step.token, step.weight]
        for epoch, each in maps
        for number, step in enumerate(each.steps)
    ]
    return csv_bytes(pd.DataFrame(rows, columns=["model", "method", "class", "epoch", "position", "token", "score"]))
