"""Memory: how far back a word still counts for each model, averaged over test texts, asked when it is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.inspections.called import step_called
from seqcore.inspections.memory import MEMORY, MemoryAnswer, MemoryRequest
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count, share
from seqcore.ui.pages.look.long_tables import memory_csv
from seqcore.ui.pages.look.memory.growing import draw_growing
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.take_home import draw_take_home
from seqcore.ui.session import results
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.kinds import Kind
    from seqcore.store import Run

_GRADIENT, _LEFT_OUT = "By gradient", "By leaving out"
_TEXTS = 100  # asked about: a forward and a backward pass each, and of every fourth some with a word left out


@dataclass(frozen=True)
class _Fading:
    run: Run
    label: str
    answer: MemoryAnswer


def draw_memory(room: Room) -> None:
    """The curves of all models in one picture, and beside them half-lives and accuracies."""
    able = room.able(MEMORY)
    if not able:
        return
    kind = results.kind_of(room.experiment)
    st.caption(f"This is about the models and their test {kind.examples}, whatever {kind.example} stands above.")
    if not st.toggle(
        f"Ask {count(len(able), 'model')} about up to {_TEXTS} test {kind.examples} each", key="look-memory",
        persist_state="session", help="Takes some seconds for each model; the answers are kept.",
    ):  # fmt: skip
        draw_how_to_read(MEMORY, kind=kind.name)
    else:
        _draw_asked(room, able, kind)
    if kind.drawing == "pieces":
        draw_growing(able, room.labels)


def _draw_asked(room: Room, able: list[Run], kind: Kind) -> None:
    found = []
    for run in able:
        with guard(), st.spinner(f"Asking {escape_markdown(room.labels[run.id], 40)} …"):
            answer: MemoryAnswer = room.ask(MEMORY, run, MemoryRequest(most=_TEXTS))
            found.append(_Fading(run, room.labels[run.id], answer))
    found = [each for each in found if each.answer.distance]
    if not found:
        st.caption("Nothing of the test set is read by these models.")
        return
    _draw_curves(found, kind)
    draw_take_home(MEMORY, partial(memory_csv, [(each.label, each.answer) for each in found]))
    draw_how_to_read(MEMORY, kind=kind.name)


def _draw_curves(found: list[_Fading], kind: Kind) -> None:
    step = step_called(kind.name)
    how = st.segmented_control(
        "Measured", [_GRADIENT, _LEFT_OUT], default=_GRADIENT, required=True, key="look-memory-how"
    )
    lines, rows = [], []
    for each, variant in zip(found, variants(fading.run.architecture for fading in found), strict=True):
        answer = each.answer
        curve = answer if how == _GRADIENT else answer.occlusion
        lines.append(
            plots.FadingLine(
                each.label, each.run.architecture, curve.distance, curve.influence.tolist(), curve.half_life, variant
            )
        )
        rows.append(
            [
                shorten(each.label, 40),
                _half_life(answer.half_life, step),
                _half_life(answer.occlusion.half_life, step),
                share(answer.accuracy),
                f"{answer.asked:,}",
            ]
        )
    said = plots.describe_memory(lines, step)
    table = [[f"{step.capitalize()}s before the end", *(shorten(line.label, 40) for line in lines)], *_rows(lines)]
    charts.show(plots.plot_memory(lines, step), key="memory", alt=said, table=table)
    st.caption(escape_markdown(said, 1000))
    titles = ["Model", "Half-life, by gradient", "Half-life, by leaving out", "Accuracy", f"Test {kind.examples}"]
    st.dataframe({title: [row[at] for row in rows] for at, title in enumerate(titles)}, hide_index=True)


def _rows(lines: list[plots.FadingLine]) -> list[list[str]]:
    """Influence of each model at some distances, as a table that is heard."""
    known = [dict(zip(line.distance, line.influence, strict=True)) for line in lines]
    told = [distance for distance in (0, 1, 2, 5, 10, 20, 50, 100, 200) if any(distance in each for each in known)]
    return [
        [str(distance), *(f"{each[distance]:.3g}" if distance in each else "–" for each in known)] for distance in told
    ]


def _half_life(value: float | None, step: str) -> str:
    return "never" if value is None else count(round(value, 1), step) if value >= 10 else f"{value:.1f} {step}s"
