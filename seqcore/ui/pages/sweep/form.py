"""Setting up a sweep: which model, what is searched, how many trials, and about how long that takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.settings_told import tell_settings
from seqcore.architectures import architectures, get_architecture, seeds_matter
from seqcore.kinds import get_kind
from seqcore.lab.plan import MAX_REPEATS
from seqcore.lab.sweep.course import MOST_TRIALS, Sweep
from seqcore.lab.sweep.duration import seconds_of_sweep, seconds_of_trainings
from seqcore.lab.sweep.space import search_space
from seqcore.lab.sweep.start import FRESH_SEEDS, SEED, start_sweep
from seqcore.lab.sweep.trials import Measure
from seqcore.settings import get_settings
from seqcore.ui.kit.phrases import count, duration
from seqcore.ui.pages.sweep import kept, ranges
from seqcore.ui.pages.sweep.ranges import KEY
from seqcore.ui.session import current, header, memory_notes, shared, state
from seqcore.ui.session.settings_told import escaped, in_words
from seqcore.ui.session.starting import given_vectors

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.plan import Choices
    from seqcore.spec import SplitOptions

_MEASURES: dict[str, Measure] = {"Loss": "loss", "Accuracy": "accuracy"}
_USUAL_TRIALS = 20


@dataclass(frozen=True)
class _Course:
    """How a sweep goes on: trials, what they are judged by, whether they end early, seeds of the best."""

    trials: int
    measure: Measure
    prune: bool
    seeds: tuple[int, ...]


def draw_form(data: LabelledData) -> None:
    """Draw it; a press of its button starts the sweep."""
    memory = state.memory()
    for key, value in memory.sweep_form.items():
        st.session_state.setdefault(key, value)
    base = replace(current.choices(), seed=SEED, repeats=1, seeds=())
    base = _choose_model(base)
    _draw_beginning(base, data)
    refused = memory_notes.what_does_not_fit(data, base)
    memory_notes.draw_memory_notes(refused)
    ticked = ranges.choose_ranges(base, data)
    course = _choose_course(base.architectures[0], base.split, get_kind(data.kind).examples)
    memory.sweep_form = {key: st.session_state[key] for key in map(str, st.session_state) if key.startswith(KEY)}
    _draw_start(data, base, ticked, course, too_large=bool(refused))


def _choose_model(base: Choices) -> Choices:
    """One architecture that can read these data; at first one of those that are ticked on Train."""
    form = get_kind(base.input.kind).form
    able = [each.name for each in architectures(form) if not base.lacks(each.name)]
    usual = next((name for name in base.architectures if name in able), able[0])
    name = st.selectbox(
        "Model", able, index=able.index(usual), format_func=lambda each: get_architecture(each).label,
        key=f"{KEY}-model", width=320,
    )  # fmt: skip
    for each in architectures(form):
        if base.lacks(each.name):
            st.caption(f":material/info: {base.lacks(each.name)}. Give it on Train, and it can be searched here.")
    return replace(base, architectures=(name,))


def _draw_beginning(base: Choices, data: LabelledData) -> None:
    """The settings that it begins with: those of the Train form."""
    (spec,) = base.specs(data.content_hash, max_epochs=get_settings().max_epochs)
    told = in_words(tell_settings([spec], escaped(_names_given())), [get_architecture(spec.architecture).label], 1)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"Begins with the settings of the Train form. {told}", width="content")
        header.page_button("Change them", "train", icon=":material/model_training:", key="sweep-to-train")


def _names_given() -> dict[str, str]:
    """What the word vectors and the encoders at hand are called, by their content."""
    kept = {each.content: each.name for each in shared.get_store().datasets.encoders(state.workspace())}
    vectors = given_vectors()
    return kept if vectors is None else kept | {vectors.content_hash: vectors.name}


def _choose_course(architecture: str, split: SplitOptions, examples: str) -> _Course:
    st.header("How it goes on", anchor=False)
    first, second, third = st.columns(3, gap="large")
    with first:
        trials = st.number_input(
            "Trials", 1, MOST_TRIALS, _USUAL_TRIALS, key=f"{KEY}-trials",
            help="Settings that are tried. The first are those it begins with; a third, but at most ten, are drawn at "
            "random, the others where those before them did well.",
        )  # fmt: skip
    with second:
        measure = st.segmented_control(
            f"Judged on the validation {examples} by", list(_MEASURES), default="Loss", key=f"{KEY}-measure",
            required=True, help=f"Loss tells settings apart that get equally many {examples} right.",
        )  # fmt: skip
        prune = st.toggle(
            "End hopeless trials early", value=True, key=f"{KEY}-prune",
            help="A trial ends when its lowest validation loss is above the median of those that got as far.",
        )  # fmt: skip
    with third:
        seeds = len(FRESH_SEEDS)
        if seeds_matter(architecture, split):
            seeds = st.number_input(
                "Fresh seeds that judge the best", 1, MAX_REPEATS, seeds, key=f"{KEY}-seeds",
                help="The best settings and those that it began with are trained from each of them.",
            )  # fmt: skip
    return _Course(int(trials), _MEASURES[measure or "Loss"], bool(prune), tuple(range(int(seeds))))


def _draw_start(
    data: LabelledData, base: Choices, ticked: tuple[str, ...], course: _Course, *, too_large: bool
) -> None:
    """What will happen, about how long it takes, and the button."""
    why_not = "Tick at least one setting." if not ticked else "" if not too_large else "It does not fit in memory."
    if why_not:
        st.button("Start the sweep", type="primary", icon=":material/play_arrow:", key="sweep-start", disabled=True)
        st.caption(why_not)
        return
    name = base.architectures[0]
    sweep = Sweep(
        name, search_space(name, ticked, base), base, trials=course.trials, seed=SEED, measure=course.measure,
        prune=course.prune,
    )  # fmt: skip
    st.markdown(_what_happens(sweep, course) + _how_long(sweep, data, course))
    if st.button("Start the sweep", type="primary", icon=":material/play_arrow:", key="sweep-start"):
        record = start_sweep(
            shared.get_store(), state.workspace(), data, sweep, seeds=course.seeds,
            max_epochs=get_settings().max_epochs, vectors=given_vectors(),
        )  # fmt: skip
        state.set_current_dataset(record.dataset_id)
        kept.open_sweep(record.id)
        shared.sweep_room().wake()
        st.rerun()


def _what_happens(sweep: Sweep, course: _Course) -> str:
    seeded = seeds_matter(sweep.architecture, sweep.base.split)
    anew = f" from {count(len(course.seeds), 'fresh seed')}" if seeded else ""
    examples = get_kind(sweep.base.input.kind).examples
    return (
        f"**{count(sweep.trials, 'trial')}**, up to {get_settings().workers} side by side, chosen by the validation "
        f"{examples} alone. Then the best settings and those that it began with are trained again{anew} and judged on "
        f"the test {examples}, once. "
    )


def _how_long(sweep: Sweep, data: LabelledData, course: _Course) -> str:
    known = seconds_of_trainings(shared.get_store(), state.workspace(), data.content_hash, sweep.architecture)
    label = get_architecture(sweep.architecture).label
    if not known:
        return f"How long it takes is known after the first trial: {label} was not trained on these data yet."
    each = fmean(known)
    about = duration(seconds_of_sweep(sweep, len(course.seeds), each, get_settings().workers))
    return f"About **{about}**, by {count(len(known), 'training')} of {label} on these data ({duration(each)} each)."
