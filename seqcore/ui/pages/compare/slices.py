"""Slices of the test texts: scores of every class, accuracy by length and by unknown words, and the worst slice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.analysis.slices_told import worst_sentence
from seqcore.analysis.slicing import Slicing
from seqcore.analysis.standings import Standing
from seqcore.kinds import Kind
from seqcore.lab.slices import CLASS, ModelSlices
from seqcore.plots import variants
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.statements import Statement, draw_statements
from seqcore.ui.pages.compare.class_scores import draw_class_scores
from seqcore.ui.pages.compare.text_cards import draw_elsewhere, draw_texts
from seqcore.ui.session import slices
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Experiment


def draw_slices(experiment: Experiment, ranked: Sequence[Standing], kind: Kind) -> None:
    """Where each model is worst; then the slices by what one chooses, and the texts of one of them."""
    seen: slices.SlicesSeen | None = None
    with guard():
        seen = slices.slices_of(experiment, ranked)
        draw_elsewhere(seen.found, kind)
        _draw_worst(seen.models, kind)
    others = [name for name in (seen.cuts if seen else ()) if name != CLASS]
    by = st.segmented_control(
        "By", [CLASS, *others], default=CLASS, required=True, key="slices-by", label_visibility="collapsed",
        format_func=lambda name: escape_markdown(f"By {name}", 40),
    )  # fmt: skip
    if seen is None or by == CLASS:
        draw_class_scores(ranked, kind)
        return
    _draw_cut(str(by), seen.models, kind)
    _draw_texts(experiment, seen, seen.cuts[str(by)], kind)


def _draw_worst(scored: Sequence[ModelSlices], kind: Kind) -> None:
    searched = sum(len(each.slices) for each in scored)
    nouns, numbers = (kind.example, kind.examples), variants(each.model.architecture for each in scored)
    draw_statements(
        [
            Statement(
                each.model.architecture, number, each.model.label,
                (worst_sentence(each.worst, searched, nouns=nouns, name=lambda text: shorten(text, 60)),),
            )
            for each, number in zip(scored, numbers, strict=True)
        ]
    )  # fmt: skip
    st.caption(
        f"Every p is corrected for all {searched:,} slices of all models that were searched: where no slice is worse "
        "than the rest, one is named in at most 5 of 100 experiments."
    )


def _draw_cut(name: str, scored: Sequence[ModelSlices], kind: Kind) -> None:
    import pandas as pd

    shown = [[part for part in each.slices if part.slicing == name] for each in scored]
    groups = [part.group for part in shown[0]]
    marks = [
        (each.model.label, each.model.architecture, [part.accuracy for part in parts])
        for each, parts in zip(scored, shown, strict=True)
    ]
    said = plots.describe_slice_scores(name, marks, groups)
    charts.show(plots.plot_class_scores(marks, groups), key="slice-scores", alt=said)
    titles = {name[:1].upper() + name[1:]: groups, kind.examples.capitalize(): [part.texts for part in shown[0]]}
    table = pd.DataFrame(titles)
    for each, parts in zip(scored, shown, strict=True):
        label = shorten(each.model.label, 40)
        table[label] = [100 * part.accuracy for part in parts]
        table[f"p of {label}"] = [part.p_value for part in parts]
    numbers = {
        title: st.column_config.NumberColumn(
            format="%.3f" if title.startswith("p of ") else "%.1f %%",
            help="How often chance alone gives any slice that is as bad." if title.startswith("p of ") else None,
        )
        for title in table.columns[2:]
    }
    st.dataframe(table, hide_index=True, column_config=numbers, key="slice-table", alt=f"Accuracy by {name}")


def _draw_texts(experiment: Experiment, seen: slices.SlicesSeen, cut: Slicing, kind: Kind) -> None:
    """The texts of a slice that a model gets wrong, once a slice is chosen."""
    names = [shorten(group, 60) for group in cut.groups]
    chosen = st.selectbox(
        f"Read the {kind.examples} that some model gets wrong in", range(len(names)), index=None, width=460,
        format_func=names.__getitem__, key=f"slice-of-{list(seen.cuts).index(cut.name)}", placeholder="Choose a slice",
    )  # fmt: skip
    if chosen is not None:
        wrong = ~seen.found.right.all(axis=0) & (cut.places == chosen)
        draw_texts(experiment, seen.found, np.flatnonzero(wrong), kind, key=f"slice-{cut.name}-{chosen}")
