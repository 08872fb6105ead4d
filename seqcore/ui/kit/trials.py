"""The trials of a sweep: their picture, what goes along with each setting, and a table, by validation alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.analysis.importance import describe_importances
from seqcore.lab.sweep.picture import axes_of, drawn_trials, words_of
from seqcore.lab.sweep.trials import TrialState
from seqcore.plots.trial_axes import short_value
from seqcore.ui.kit import charts
from seqcore.ui.kit.phrases import share

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.lab.sweep.so_far import SoFar

_DRAWN = (TrialState.FINISHED, TrialState.PRUNED, TrialState.GOING)
_STATES = {
    TrialState.GOING: "trains",
    TrialState.FINISHED: "finished",
    TrialState.PRUNED: "ended early",
    TrialState.STOPPED: "stopped",
    TrialState.FAILED: "failed",
}
_HOW_TO_READ = (
    "Each line is a trial, from its settings to its lowest validation loss: blue lines are the lowest, orange ones the "
    "highest. Bold: did best. Dashed: ended early. Dotted: trains."
)


def draw_trials(found: SoFar, key: str) -> None:
    """The picture, and the same in words."""
    shown = [trial for trial in found.trials if trial.state in _DRAWN]
    if not shown:
        return
    axes, said = axes_of(found.sweep), words_of(found.sweep, found.trials)
    figure = plots.plot_trials(axes, drawn_trials(found.sweep, shown))
    charts.show(figure, key=f"{key}-trials", alt=said, least=plots.trials_width(len(axes)))
    st.caption(_HOW_TO_READ)
    if found.comparable:
        st.markdown(said)


def draw_importances(found: SoFar, key: str) -> None:
    """How much of the differences goes along with each setting; in words alone where nothing can be said."""
    known = found.importances()
    said = describe_importances(known, len(found.comparable))
    if known:
        bars = [plots.ImportanceBar(each.title, each.share, each.is_clear) for each in known]
        charts.show(plots.plot_importances(bars), key=f"{key}-importances", alt=said)
    st.markdown(said)


def draw_trial_table(found: SoFar) -> None:
    """A row for each trial, the newest first while it goes on."""
    st.dataframe(trial_table(found), hide_index=True, width="stretch")


def trial_table(found: SoFar) -> pd.DataFrame:
    """A row for each trial: its settings, how it stands, and what it scored on the validation texts."""
    import pandas as pd

    best = found.best
    rows = [
        {
            "Trial": f"{trial.number}{' (best)' if trial is best else ''}",
            **{each.title: short_value(trial.values[each.name]) for each in found.sweep.space},
            "State": _STATES[trial.state],
            "Epochs": len(trial.losses),
            "Lowest validation loss": _number(trial.lowest_loss),
            "Validation accuracy": "" if trial.accuracy != trial.accuracy else share(trial.accuracy),
        }
        for trial in reversed(found.trials)
    ]
    return pd.DataFrame(rows)


def _number(value: float) -> str:
    return "" if value == float("inf") else f"{value:.4f}"
