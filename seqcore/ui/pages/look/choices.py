"""What all of the Look inside page speaks of: which models, which text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.datasets.labelled_sounds import Sound
from seqcore.ui.components.to_top import scroll_to_top
from seqcore.ui.kit.escape import shorten
from seqcore.ui.pages.look import find_row
from seqcore.ui.pages.look.looked_at import LookedAt
from seqcore.ui.pages.look.moments.own import can_be_given, choose_own
from seqcore.ui.session import cache, in_address, results, state
from seqcore.ui.session.sound import draw_player
from seqcore.ui.session.text_box import draw_text_box

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run

_OWN, _TEST = "Your own text", "A test text"
_AT_FIRST = 3  # models
_ALSO = "look-models-also"


def models_key(experiment_id: str) -> str:
    """Where the session keeps which of its models are looked at."""
    return f"look-models-{experiment_id}"


def show_also(run_ids: Sequence[str]) -> None:
    """Let the models of these runs be looked at beside those chosen, from the next drawing of the page on."""
    st.session_state[_ALSO] = tuple(run_ids)


def choose_models(labels: dict[str, str], runs: Sequence[Run]) -> list[Run]:
    """The models to look into; at first one of each architecture, at most three. The address names others."""
    first = list({run.architecture: run.id for run in reversed(runs)}.values())[::-1][:_AT_FIRST]
    key = models_key(runs[0].experiment_id)
    named = (in_address.take(in_address.MODELS) or "").split(",")
    if wanted := [run.id for run in runs if run.id in named]:
        st.session_state[key] = wanted
    also = st.session_state.pop(_ALSO, ())
    if key in st.session_state:
        chosen_before = st.session_state[key]
        st.session_state[key] = [run.id for run in runs if run.id in chosen_before or run.id in also]
    chosen = st.pills(
        "Models", list(labels), selection_mode="multi", default=first, format_func=labels.__getitem__, key=key,
        persist_state="session", wrap=True,
    )  # fmt: skip
    shown = [run for run in runs if run.id in chosen]
    ids = [run.id for run in shown]
    in_address.keep(in_address.MODELS, ",".join(ids) if ids and set(ids) != set(first) else None)
    return shown


def show_too(run: Run) -> None:
    """Look at one more model from the next run of the page on."""
    key = models_key(run.experiment_id)
    st.session_state[key] = [*st.session_state[key], run.id]


def choose_text(experiment: Experiment, run: Run) -> tuple[str, str | None]:
    """The text to look at and its label, when it has one: typed, or chosen from the test texts."""
    wanted = state.memory().look_row
    if wanted is not None:  # another page or tab sent us here to look at a row
        state.memory().look_row = None
        st.session_state["look-source"] = _TEST
        find_row.open_at(wanted)
    # In one place whatever is drawn below: what is drawn elsewhere in the next run writes its old value once more.
    address = st.container(key="address-of-what-is-read")
    given = in_address.take(in_address.TEXT)
    if given and wanted is None:
        st.session_state["look-source"] = _OWN
    number = in_address.take_number(in_address.ROW)
    if number is not None and not given and wanted is None:
        st.session_state["look-source"] = _TEST
        find_row.open_at(number - 1)
    source = st.segmented_control(
        "Text", [_OWN, _TEST], default=_OWN, required=True, label_visibility="collapsed",
        key="look-source", persist_state="session",
    )  # fmt: skip
    if source == _TEST:
        place = find_row.choose(experiment, run)
        text, row = results.texts(experiment)[place], str(place + 1)
        label = results.label_of(experiment, place)
    else:
        text, row, label = _type_text(experiment, run, given), None, None
    with address:
        in_address.keep(in_address.TEXT, None if row else text)
        in_address.keep(in_address.ROW, row)
        if wanted is not None:
            scroll_to_top()
    return text, label


def choose_example(experiment: Experiment, runs: Sequence[Run]) -> LookedAt:
    """The example to look at of data that cannot be typed: a test example, or a file or recording of one's own.

    The page stops here while there is none.

    Raises:
        DataError: what was given cannot be used.
    """
    kind = results.kind_of(experiment)
    wanted, number = state.memory().look_row, in_address.take_number(in_address.ROW)
    state.memory().look_row = None
    if wanted is None and number is not None:
        wanted = number - 1
    if wanted is not None:
        st.session_state["look-example"] = "test"
        find_row.open_at(wanted)
    address = st.container(key="address-of-what-is-read")
    called = {"test": f"A test {kind.example}", "own": f"Your own {kind.example}"}
    if not can_be_given(kind.name):
        source = "test"
    else:
        source = st.segmented_control(
            kind.label, list(called), format_func=called.__getitem__, default="test", required=True,
            label_visibility="collapsed", key="look-example", persist_state="session",
        )  # fmt: skip
    if source == "own":
        with address:
            in_address.keep(in_address.ROW, None)
        found = choose_own(kind.name, runs)
    else:
        place = find_row.choose(experiment, runs[0])
        with address:
            in_address.keep(in_address.ROW, str(place + 1))
        data = cache.stored_data(experiment.workspace, experiment.dataset_id)
        found = LookedAt(data, place, results.label_of(experiment, place))
    if isinstance(found.example, Sound):
        draw_player(found.example)
    return found


def _type_text(experiment: Experiment, run: Run, given: str | None) -> str:
    """One's own text: what a link brought, what was typed last, at first a test text."""
    known = state.memory().look_text
    if known is None:
        known = shorten(results.texts(experiment)[int(results.predictions_of(run.id).rows[0])], 1000)
    text = draw_text_box(
        "look-text", at_first=known, given=given, placeholder="Type or paste a text", help="Press Ctrl+Enter to look."
    )
    state.memory().look_text = text
    return text
