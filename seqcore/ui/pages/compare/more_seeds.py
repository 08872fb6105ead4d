"""The press that would tell: the same models from further seeds, and about how long that takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.evidence import FEWEST_SEEDS
from seqcore.analysis.verdict import Verdict
from seqcore.lab.more_seeds import specs_of_more_seeds, train_more_seeds
from seqcore.lab.plan import MAX_REPEATS
from seqcore.settings import get_settings
from seqcore.ui.kit.phrases import count, duration
from seqcore.ui.session import results, shared, sharing, state
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run

_USUAL = 5  # seeds that are offered where there are too few to say anything


def draw_more_seeds(experiment: Experiment, found: Verdict, runs: Sequence[Run]) -> None:
    """The button; none where more seeds would not tell, or nothing is open."""
    every = shared.get_store().runs.of(experiment.workspace, experiment.id)
    wanted = seeds_that_would_tell(found)
    missing = specs_of_more_seeds(every, wanted) if wanted else []
    if not missing or not sharing.is_ours(experiment):
        return
    seeds = max(sum(spec.architecture == each.architecture for spec in missing) for each in missing)
    about = duration(_seconds(results.runs_among(runs, experiment), len(missing)))
    pressed = st.button(
        f"Train {count(seeds, 'more seed')} of each (about {about})", icon=":material/casino:", key="more-seeds",
        help=f"{count(len(missing), 'run')} with the same settings, beside those that are there.",
    )  # fmt: skip
    if pressed:
        with guard():
            workspace = state.workspace()
            train_more_seeds(shared.get_store(), workspace, experiment.id, wanted, submit=shared.submit_when_ready)
            st.rerun()


def seeds_that_would_tell(found: Verdict) -> int:
    """How many seeds each model needs for what is open; 0 where nothing is, or more seeds alone would not tell."""
    seeded = [each.seeds for each in found.standings if each.has_seeds]
    if not seeded or min(seeded) < FEWEST_SEEDS:
        return _USUAL if seeded else 0
    more = [pair.needed.seeds for pair in found.against_the_best if pair.needed.seeds is not None]
    return min(MAX_REPEATS, max(seeded) + min(more)) if more else 0


def _seconds(runs: Sequence[Run], new: int) -> float:
    """Of so many further runs, by what those took that are there."""
    each = [sum(run.seconds.get(stage, 0.0) for stage in ("preparing", "training", "evaluating")) for run in runs]
    return sum(each) / max(1, len(each)) * new / max(1, get_settings().workers)
