"""When an architecture wins: what is known of it, and what was measured here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.pairs import Pair
from seqcore.analysis.standings import Standing
from seqcore.analysis.verdict import verdict
from seqcore.learn import WHEN_IT_WINS
from seqcore.plots import variants
from seqcore.ui.kit.escape import bold
from seqcore.ui.kit.statements import Statement, draw_statements
from seqcore.ui.pages.guide.example import Example
from seqcore.ui.session import results, sitemap, state
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    from seqcore.store import Experiment

_SHOWN = 6  # models


def draw_when_it_wins(example: Example) -> None:
    """What others found, with the source, and the experiment of the run that the page shows."""
    st.header("When it wins", anchor="wins")
    advice = WHEN_IT_WINS.get(example.architecture.name)
    if advice is not None:
        st.markdown(f"{explained(advice.wins)} Source: [{advice.source}]({advice.url}).")
    if example.run is not None and example.experiment is not None:
        _draw_measured(example, example.experiment)
        return
    st.page_link(
        sitemap.page("train"), label="Train it on your own text: that tells more than any rule",
        icon=":material/model_training:", query_params=state.link_parameters(),
    )  # fmt: skip


def _draw_measured(example: Example, experiment: Experiment) -> None:
    runs, _ = results.sound_runs(results.scored_runs(experiment))
    ranked = results.standings(runs) if runs else []
    own = next((each for each in ranked if each.architecture == example.architecture.name), None)
    if own is None:
        return
    found = verdict(ranked, results.baseline(experiment, runs[0]))
    shown = [own, *(each for each in found.standings if each is not own)][:_SHOWN]
    st.markdown(f"Measured here, in {bold(experiment.name)}, on the test {example.kind.examples}:")
    numbers = variants(each.architecture for each in shown)
    draw_statements(
        [
            Statement(each.architecture, number, each.label, (_said(each, own, found.pairs),))
            for each, number in zip(shown, numbers, strict=True)
        ]
    )
    if not found.counts_seeds:
        st.caption(
            explained("With fewer than three seeds of each model, this is said of these trainings, not of models.")
        )
    st.page_link(
        sitemap.page("compare"), label="Compare them in full", icon=":material/leaderboard:",
        query_params={**state.link_parameters(), "experiment": experiment.id},
    )  # fmt: skip


def _said(each: Standing, own: Standing, pairs: Sequence[Pair]) -> str:
    """What a model scored, and how it stands beside the one that the page is about."""
    accuracy = f"{100 * each.mean('accuracy'):.1f}\u00a0%"
    pair = next((pair for pair in pairs if {id(pair.first), id(pair.second)} == {id(each), id(own)}), None)
    if pair is None:
        return accuracy
    if pair.found is None:
        return f"{accuracy}, of other test rows"
    outcomes = {
        "equal": f"equal to {own.label} for practical purposes",
        "undecided": f"not told apart from {own.label}",
    }
    if pair.outcome in outcomes:
        return f"{accuracy}: {outcomes[pair.outcome]}"
    ahead = (pair.outcome == "better") == (pair.first is each)
    return f"{accuracy}: {'better' if ahead else 'worse'} than {own.label}"
