"""The press that trains the models of an experiment on parts of its rows, and about how long that takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import appearance
from seqcore.lab.data_curve.measured import ModelCurve, parts_that_may_tell
from seqcore.lab.data_curve.parts import Parts, specs_of_parts, train_parts
from seqcore.settings import get_settings
from seqcore.ui.kit.phrases import count, duration
from seqcore.ui.session import shared, sharing, state
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.spec import RunSpec
    from seqcore.store import Experiment, Run

_LEAST_SECONDS = 1.0  # of any training, however few its rows


def draw_press(experiment: Experiment, own: Sequence[Run], parts: Sequence[Run], found: Sequence[ModelCurve]) -> None:
    """The choice of models and the button; nothing where all is told, or a person may only look.

    Args:
        experiment: Whose models are trained.
        own: Its scored runs.
        parts: The runs on parts of its rows that there are.
        found: What is known of them.
    """
    if not sharing.is_ours(experiment):
        return
    usual = specs_of_parts(own, parts, Parts())
    wanted = Parts() if usual else parts_that_may_tell(found, Parts())
    if wanted is None or not specs_of_parts(own, parts, wanted):
        return
    if not usual:
        st.caption("More parts, between those that are there, may tell what is still open.")
    names = _choose_models([run for run in own if run.architecture not in wanted.left_out])
    wanted = replace(wanted, left_out={run.architecture for run in own} - set(names))
    missing = specs_of_parts(own, parts, wanted)
    if _pressed(own, missing):
        with guard():
            train_parts(shared.get_store(), state.workspace(), experiment.id, wanted, submit=shared.submit_when_ready)
            st.rerun()


def _pressed(own: Sequence[Run], missing: Sequence[RunSpec]) -> bool:
    whole = max(run.spec.split.training_share for run in own)
    shares = sorted({100 * spec.split.training_share / whole for spec in missing})
    which = f" on {shares[0]:.0f} to {shares[-1]:.0f}\N{NO-BREAK SPACE}% of the rows" if shares else " on parts"
    about = f" (about {duration(_seconds(own, missing))})" if missing else ""
    return st.button(
        f"Train{which}{about}", key="train-parts", icon=":material/stacked_line_chart:", disabled=not missing,
        help=f"{count(len(missing), 'run')} with the same settings, kept apart from this comparison.",
    )  # fmt: skip


def _choose_models(own: Sequence[Run]) -> list[str]:
    """Names of architectures, all of them unless somebody takes some away."""
    every = list(dict.fromkeys(run.architecture for run in own))
    if len(every) == 1:
        return every
    chosen = st.pills(
        "Models", every, selection_mode="multi", default=every, key=f"parts-models-{'-'.join(every)}",
        format_func=lambda name: appearance(name).label,
    )  # fmt: skip
    return [str(name) for name in chosen]


def _seconds(own: Sequence[Run], missing: Sequence[RunSpec]) -> float:
    """Of the missing runs, by what those on all rows took."""
    return sum(_seconds_of(own, spec) for spec in missing) / max(1, get_settings().workers)


def _seconds_of(own: Sequence[Run], spec: RunSpec) -> float:
    """Training takes as long as it has rows; to prepare and to test takes what it took."""
    alike = [run for run in own if run.architecture == spec.architecture]
    fixed = sum(run.seconds.get("preparing", 0.0) + run.seconds.get("evaluating", 0.0) for run in alike)
    training = sum(run.seconds.get("training", 0.0) for run in alike)
    share = spec.split.training_share / max(run.spec.split.training_share for run in alike)
    return max(_LEAST_SECONDS, (fixed + share * training) / len(alike))
