"""Other trainings on the same data, to compare with; and when they cannot be compared fairly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore.analysis.comparisons import on_the_same_texts
from seqcore.analysis.standings import Standing
from seqcore.errors import NotFoundError
from seqcore.kinds import Kind
from seqcore.store.links import is_token
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count, in_words
from seqcore.ui.session import dead_links, picker, shared, sharing, state

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run

MOST = 6
WITH = "with"  # in the URL: ids, or tokens of links, with dots between them


def choose_others(experiment: Experiment) -> list[Experiment]:
    """Draw the choice, where there is one; what is chosen stands in the URL.

    A link wins once; from then on the session knows better than its address.
    """
    chosen = state.memory().compared
    if experiment.id not in chosen:
        said = str(st.query_params.get(WITH, "")).split(".")[:MOST]
        given = [each for each in map(_id_of, said) if each]
        chosen[experiment.id] = tuple(given)
        gone = len(given) - len([each for each in given if each in _on_the_same_data(experiment, given)])
        if gone:
            st.caption(f"{count(gone, 'training')} of the link cannot be compared: not there, or on other data.")
    found = _on_the_same_data(experiment, chosen[experiment.id])
    kept = [each for each in chosen[experiment.id] if each in found]
    if found:
        named = picker.titles(found.values())
        picked = st.multiselect(
            "Compare with other trainings on the same data", list(found), default=kept, max_selections=MOST, width=620,
            format_func=named.__getitem__, key=f"compare-with-{experiment.id}",
            placeholder="Choose trainings",
        )  # fmt: skip
        kept = [str(each) for each in picked]
    chosen[experiment.id] = tuple(kept)
    _write_url(".".join(state.in_link("experiment", each) for each in kept))
    return [found[each] for each in kept]


def without_doubles(runs: Sequence[Run]) -> list[Run]:
    """The runs, those of equal settings and seed once: they have the same numbers and say nothing more."""
    return list({run.spec.identity(): run for run in reversed(runs)}.values())[::-1]


def draw_fairness(ranked: Sequence[Standing], kind: Kind) -> None:
    """Say when models were not tested on the same rows, and which."""
    first = ranked[0].results[0].rows
    others = [each for each in ranked if not _tested_alike(ranked[0], each)]
    if not others:
        return
    shared = set(first.tolist()).intersection(*(set(each.results[0].rows.tolist()) for each in others))
    names = in_words([escape_markdown(each.label, 40) for each in others])
    st.warning(
        f"Not a fair comparison: {names} and {escape_markdown(ranked[0].label, 40)} were not tested on the same "
        f"{kind.examples} ({count(len(shared), kind.example, kind.examples)} in common). Their scores can differ for "
        "that reason alone; train them again with the same split settings and seeds.",
        icon=":material/balance:",
    )


def _tested_alike(first: Standing, other: Standing) -> bool:
    if first.over_splits or other.over_splits:
        return on_the_same_texts(first, other) is not None
    return all(np.array_equal(result.rows, first.results[0].rows) for result in other.results)


def _on_the_same_data(experiment: Experiment, linked: Sequence[str]) -> dict[str, Experiment]:
    """One's own experiments on the same data, and those of a link, whosever they are."""
    store = shared.get_store()
    content = store.datasets.find(experiment.dataset_id).content_hash
    same = {each.id for each in store.datasets.all(state.workspace()) if each.content_hash == content}
    found = {each.id: each for each in store.experiments.all(state.workspace()) if each.dataset_id in same}
    for experiment_id in filter(None, linked):
        if experiment_id not in found:
            try:
                other = sharing.find_experiment(experiment_id)
            except NotFoundError:
                continue
            if store.datasets.find(other.dataset_id).content_hash == content and not store.sweeps.of_trials(other.id):
                found[other.id] = other
    trials = store.sweeps.experiments_of_trials(state.workspace())  # whose test scores are no comparison
    others = {each.id: each for each in found.values() if each.id != experiment.id and not each.origin}
    return {each: other for each, other in others.items() if each not in trials}


def _id_of(said: str) -> str:
    """The id that an address gives, or that the link shows whose token it gives."""
    return dead_links.open_link(shared.get_store(), said).get("experiment", said) if is_token(said) else said


def _write_url(text: str) -> None:
    if text:
        st.query_params[WITH] = text
    elif WITH in st.query_params:
        del st.query_params[WITH]
