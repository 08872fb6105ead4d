"""The texts that models get wrong, a page of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore.analysis.standings import Standing
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count
from seqcore.ui.session import cache, results, state
from seqcore.ui.session.header import go

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from seqcore.analysis.predictions import Predictions
    from seqcore.kinds import Kind
    from seqcore.store import Experiment

_PER_PAGE = 8
_CHARACTERS = 600
_ANY, _ALL = "Some model is wrong", "All models are wrong"


def draw_mistakes(experiment: Experiment, ranked: Sequence[Standing], kind: Kind) -> None:
    """Filter, pages, and a card for each text."""
    found = [results.predictions_of(standing.results[0].run_id) for standing in ranked]
    if any(not np.array_equal(each.rows, found[0].rows) for each in found):
        st.caption(f"These models were tested on different {kind.examples}: their mistakes cannot be compared.")
        return
    wrong = np.stack([~each.right for each in found])  # (models, texts)
    choices = filters([standing.label for standing in ranked], wrong)
    chosen = st.selectbox(
        "Show",
        list(choices),
        format_func=lambda name: f"{name} ({choices[name].size:,})",
        width=460,
        key="mistakes-filter",
    )
    texts = choices[chosen]
    if texts.size == 0:
        st.caption(f"No such {kind.example} to show.")
        return
    pages = -(-texts.size // _PER_PAGE)
    page = st.pagination(pages, key=f"mistakes-page-{list(choices).index(chosen)}") if pages > 1 else 1
    for text in texts[(page - 1) * _PER_PAGE : page * _PER_PAGE]:
        _draw_text(experiment, ranked, found, int(text))
    st.caption(f"{count(texts.size, kind.example, kind.examples)} of {wrong.shape[1]:,} test {kind.examples}.")


def filters(labels: Sequence[str], wrong: NDArray[np.bool_]) -> dict[str, NDArray[np.int64]]:
    """Positions of the texts of each filter.

    Args:
        labels: Names of the models, all different.
        wrong: (models, texts) whether each model gets each text wrong.
    """
    chosen = {_ANY: wrong.any(axis=0), _ALL: wrong.all(axis=0)} if len(labels) > 1 else {}
    chosen |= {f"{label} is wrong": wrong[number] for number, label in enumerate(labels)}
    if len(labels) > 1:
        for number, label in enumerate(labels):
            chosen[f"Only {label} is right"] = ~wrong[number] & (wrong.sum(axis=0) == len(labels) - 1)
    return {name: np.flatnonzero(mask) for name, mask in chosen.items()}


def _draw_text(experiment: Experiment, ranked: Sequence[Standing], found: Sequence[Predictions], text: int) -> None:
    data = cache.stored_data(experiment.workspace, experiment.dataset_id)
    row = int(found[0].rows[text])
    with st.container(border=True):
        words, look = st.columns([8, 1.6], vertical_alignment="top")
        with words:
            body = data.summary(row)
            st.text(body if len(body) <= _CHARACTERS else f"{body[:_CHARACTERS]}…")
        if look.button("Look inside", key=f"look-{row}", icon=":material/visibility:", width="stretch"):
            state.memory().look_row = row
            go("attention")
        parts = [f"True: **{escape_markdown(data.labels[row], 40)}**"]
        for standing, each in zip(ranked, found, strict=True):
            mark = ":green[✓]" if each.right[text] else ":red[✗]"
            said = escape_markdown(data.classes[each.predicted[text]], 40)
            parts.append(f"{mark} {escape_markdown(standing.label, 40)}: {said} ({100 * each.confidence[text]:.0f} %)")
        st.markdown(" &nbsp;·&nbsp; ".join(parts))
