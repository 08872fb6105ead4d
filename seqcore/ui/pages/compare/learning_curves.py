"""Loss and accuracy of every model over the epochs, drawn as they were while it trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.standings import Standing
from seqcore.plots import ModelCurves
from seqcore.ui.components.live_curves import draw_curves
from seqcore.ui.components.live_points import curves_of
from seqcore.ui.pages.compare.curve_sentences import draw_curve_sentences
from seqcore.ui.session import results
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    from seqcore.kinds import Kind
    from seqcore.store import Run

_FEW = 6  # models of which training is drawn beside validation without being asked for


def draw_learning_curves(ranked: Sequence[Standing], runs: Sequence[Run], kind: Kind) -> None:
    """Loss and accuracy over the epochs, and below them how each training went."""
    run_ids = tuple(result.run_id for standing in ranked for result in standing.results)
    rows = results.metric_rows(run_ids)
    models = [
        ModelCurves(
            standing.results[0].run_id, standing.label, standing.architecture,
            tuple(curves_of(f"seed {each.seed}", rows[each.run_id], each.best_epoch) for each in standing.results),
        )
        for standing in ranked
    ]  # fmt: skip
    with st.container(horizontal=True, gap="medium"):
        training = st.toggle(
            "Training curves too", value=len(models) <= _FEW, key="compare-training",
            help=explained(
                f"Where its loss goes on falling while that of the validation {kind.examples} rises, a model is "
                "over-fitting; the ring is its best epoch.", most=4,
            ),
        )  # fmt: skip
        several = any(standing.seeds > 1 for standing in ranked)
        each_seed = several and st.toggle(
            "Each seed by itself", key="compare-seeds", help=explained("Else the mean of all seeds, with their range."),
        )  # fmt: skip
    draw_curves(
        models, key="compare-curves", revision="-".join(run_ids), training=training, each_seed=each_seed,
        waiting="No point was recorded",
    )  # fmt: skip
    draw_curve_sentences(ranked, runs)
