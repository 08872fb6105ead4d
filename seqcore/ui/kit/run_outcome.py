"""What became of a run: its stage as a badge, its scores and costs in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import streamlit as st

from seqcore.analysis.best_epoch import epoch_of
from seqcore.analysis.curve_reading import NOTHING_LEARNED
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count, duration, share, stage, stage_icon

if TYPE_CHECKING:
    from seqcore.store import Run

_NOTHING = {
    "at_chance": "Finished, learned nothing",
    "by_heart": "Finished, memorised the training data",
    "diverged": "Finished, diverged",
}
_COLORS: dict[str, Literal["green", "red", "orange"]] = {"finished": "green", "failed": "red", "interrupted": "orange"}


def draw_stage(run: Run) -> None:
    """What the run is doing, or how it ended; a model that has learned nothing is not simply finished."""
    if run.state == "finished" and course_of(run) in NOTHING_LEARNED:
        st.badge(_NOTHING[course_of(run)], icon=":material/warning:", color="orange")
        return
    st.badge(stage(doing(run)), icon=stage_icon(doing(run)), color=_COLORS.get(run.state, "gray"))


def doing(run: Run) -> str:
    """Name of its stage, for `phrases.stage`: its state, or that it has trained and waits for its next turn."""
    return "between_turns" if run.between_turns else str(run.state)


def course_of(run: Run) -> str:
    """How training went, in a word; "" when nobody has said."""
    return str(_curves(run).get("course", ""))


def sentence_on_curves(run: Run) -> str:
    """How training went, in a sentence, user text in it not escaped; "" when nobody has said."""
    return str(_curves(run).get("sentence", ""))


def _validation(run: Run) -> Mapping[str, object]:
    found = run.results.get("validation")
    return found if isinstance(found, dict) else {}


def _curves(run: Run) -> Mapping[str, object]:
    found = run.results.get("curves")
    return found if isinstance(found, dict) else {}


def draw_unreadable(problem: str) -> None:
    """That the run cannot be read, and why."""
    st.badge("Cannot be read", icon=":material/unknown_document:", color="red")
    st.caption(escape_markdown(problem, 600))


def outcome(run: Run, *, trial: bool = False) -> str:
    """The scores and costs of a run in one line of Markdown.

    Args:
        run: Which.
        trial: Whether it is one of a sweep: then its validation texts speak, for those that it is tested on must not.
    """
    parts = []
    if trial:
        accuracy = _validation(run).get("accuracy")
        parts += [f"validation accuracy **{share(accuracy)}**"] if isinstance(accuracy, float) else []
    elif run.scores:
        parts += [f"test accuracy **{share(run.scores.accuracy)}**", f"macro F1 **{run.scores.macro_f1:.3f}**"]
        best = epoch_of([run.scores.best_epoch], [run.scores.epochs])
        parts += [f"best epoch {best}"] if run.scores.epochs > 1 and best else []
    if run.seconds.get("training"):
        parts.append(f"trained in {duration(run.seconds['training'])}")
    if run.parameters:
        parts.append(count(run.parameters, "parameter"))
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]
