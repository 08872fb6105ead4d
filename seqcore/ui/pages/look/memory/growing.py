"""How the memory of models grows while they learn: half-life and accuracy after some of the epochs they kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.export.tables import csv_bytes
from seqcore.inspections.memory import MEMORY, MemoryAnswer, MemoryRequest
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.epoch_choice import say_why_none
from seqcore.ui.pages.look.training.epochs_asked import kept_epoch
from seqcore.ui.session import moments, questions
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Run

_TEXTS = 50  # asked about after each epoch
_BACK, _HALF_LIFE = (2, 5, 10, 20), -1  # words before the end
_EPOCHS = 7  # of a model, evenly spread, the first and the last among them


@dataclass(frozen=True)
class Grown:
    """One model's memory after some epochs."""

    run: Run
    label: str
    epochs: list[int]
    answers: list[MemoryAnswer]


def spread(epochs: Sequence[int], most: int = _EPOCHS) -> list[int]:
    """So many of them at most, evenly spread, the first and the last among them."""
    places = np.linspace(0, len(epochs) - 1, min(most, len(epochs))).round().astype(int)
    return [epochs[place] for place in places]


def draw_growing(runs: Sequence[Run], labels: Mapping[str, str]) -> None:
    """Two pictures and a table, asked when it is wanted.

    Args:
        runs: That can be asked about their memory.
        labels: Their names by their ids.
    """
    able = [run for run in runs if len(moments.epochs_of(run)) > 1]
    if without := [run for run in runs if run not in able]:
        say_why_none(without, labels)
    if not able:
        return
    st.header("How it grew", anchor=False)
    if not st.toggle(
        f"Ask about {_TEXTS} test texts after up to {_EPOCHS} epochs of each model", key="look-memory-growing",
        persist_state="session", help="Takes some seconds for each epoch; the answers are kept.",
    ):  # fmt: skip
        return
    grown = []
    for run in able:
        with guard(), st.spinner(f"Asking {escape_markdown(labels[run.id], 40)} …"):
            grown.append(_asked(run, labels[run.id]))
    if grown:
        _draw(grown)


def _asked(run: Run, label: str) -> Grown:
    epochs, request = spread(moments.epochs_of(run)), MemoryRequest(most=_TEXTS)
    return Grown(run, label, epochs, [questions.ask(MEMORY, run.id, request, epoch) for epoch in epochs])


def _draw(grown: Sequence[Grown]) -> None:
    told = [
        distance for distance in _BACK if all(distance in answer.distance for each in grown for answer in each.answers)
    ]
    back = st.segmented_control(
        "Memory told by", [*told, _HALF_LIFE], default=told[-1] if told else _HALF_LIFE, required=True,
        key="look-memory-told", wrap=True, format_func=_title,
    )  # fmt: skip
    _draw_lines(grown, _title(back), partial(_left, back=back), shares=False)
    _draw_lines(grown, "Accuracy", lambda answer: answer.accuracy, shares=True)
    head, *rows = table_of(grown)
    st.dataframe({title: [row[at] for row in rows] for at, title in enumerate(head)}, hide_index=True)
    file_button(
        "Memory as CSV", partial(memory_csv, list(grown)), "memory_over_training.csv", "text/csv",
    )  # fmt: skip
    st.caption(
        "By gradient, the influence of the last word being 1. Where a half-life is missing, more than half of the "
        "influence is left at every distance that the texts have. Before the first step a model has a memory, too: "
        "that of weights drawn at random. The curves above follow the epoch that is chosen at the top."
    )


def _draw_lines(
    grown: Sequence[Grown], title: str, value: Callable[[MemoryAnswer], float | None], *, shares: bool
) -> None:
    marks = variants(each.run.architecture for each in grown)
    lines = [
        plots.EpochLine(
            each.label, each.run.architecture, each.epochs, [value(answer) for answer in each.answers],
            kept_epoch(each.run), variant,
        )
        for each, variant in zip(grown, marks, strict=True)
    ]  # fmt: skip
    said = plots.describe_over_epochs(lines, title, shares=shares)
    charts.show(plots.plot_over_epochs(lines, title, shares=shares), key=f"memory-grown-{shares}", alt=said)
    st.caption(escape_markdown(said, 1000))


def _title(back: int) -> str:
    return "Half-life in words" if back == _HALF_LIFE else f"Influence {back} words back"


def _left(answer: MemoryAnswer, back: int) -> float | None:
    """Influence so many words before the end, that of the last word being 1; or the half-life."""
    if back == _HALF_LIFE:
        return answer.half_life
    return float(answer.influence[answer.distance.index(back)])


def table_of(grown: Sequence[Grown]) -> list[list[str]]:
    """A row for each model and epoch, the first one of titles."""
    rows = [["Model", "Epoch", "Half-life, by gradient", "Half-life, by leaving out", "Accuracy"]]
    for each in grown:
        for epoch, answer in zip(each.epochs, each.answers, strict=True):
            lives = [_words(answer.half_life), _words(answer.occlusion.half_life)]
            rows.append([shorten(each.label, 40), str(epoch), *lives, share(answer.accuracy)])
    return rows


def memory_csv(grown: Sequence[Grown]) -> bytes:
    """A row for each model, epoch and distance."""
    import pandas as pd

    rows = [
        [each.label, epoch, answer.accuracy, answer.half_life, distance, influence]
        for each in grown
        for epoch, answer in zip(each.epochs, each.answers, strict=True)
        for distance, influence in zip(answer.distance, answer.influence, strict=True)
    ]
    return csv_bytes(pd.DataFrame(rows, columns=["model", "epoch", "accuracy", "half_life", "distance", "influence"]))


def _words(value: float | None) -> str:
    return "never" if value is None else f"{value:.1f} words"
