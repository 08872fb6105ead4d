"""The settings of a training: text, model, training, each generated from its declaration."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from seqcore.architectures import SharedOptions, get_architecture
from seqcore.kinds import get_kind
from seqcore.lab.match import possible_references
from seqcore.lab.plan import MATCHES, MAX_REPEATS, Choices
from seqcore.settings import get_settings
from seqcore.spec import PRESETS, declared, validated
from seqcore.ui.kit.forms import fill_form, options_form
from seqcore.ui.session import current, state
from seqcore.ui.session.words import explain_setting, explained

_OF_THE_FORM = (
    "train-input-", "train-shared-", "train-training-", "train-split-", "data-input-", "data-split-",
    "set-", "use-", "own-",
)  # fmt: skip


def draw_settings(chosen: Choices) -> Choices:
    """Draw all settings, the usual ones first.

    Returns:
        What is chosen now.
    """
    data, model, training = st.columns(3, gap="large")
    with data:
        st.header(get_kind(chosen.input.kind).label, anchor=False)
        chosen = draw_group(chosen, "input")
    with model:
        st.header("Models", anchor=False)
        chosen = draw_group(chosen, "shared")
        chosen = _draw_seeds(chosen) if chosen.seeds else _draw_repeats(chosen)
        chosen = _draw_match(chosen)
    with training:
        st.header("Training", anchor=False)
        chosen = draw_group(chosen, "training")
        with st.expander("Split into training, validation and test", key="split-expander", type="compact"):
            chosen = draw_group(chosen, "split")
    if chosen.architectures:
        with st.expander("Settings of one model only", icon=":material/tune:", key="own-expander"):
            chosen = _draw_own_settings(chosen)
    return chosen


def draw_group(chosen: Choices, group: str, *, page: str = "train", columns: int = 1) -> Choices:
    """Draw one group of settings ("input", "shared", "training" or "split") on a page."""
    options, before = chosen.groups()[group], getattr(chosen, group).model_dump()
    skip = chosen.input.idle() if group == "input" else ()
    values = options_form(options, before, f"{page}-{group}", columns=columns, skip=skip, explain=explain_setting)
    return chosen.with_group(group, before | values)


def draw_presets() -> None:
    """The buttons that fill all settings at once."""
    st.button(
        "Notebook preset", icon=":material/menu_book:", key="preset-notebook", on_click=_use_preset, args=("notebook",),
        help="The settings of the teaching notebook: 1,000 words, embedding 16, 32 units, ten epochs of Adam.",
    )  # fmt: skip
    st.button(
        "Defaults", icon=":material/restart_alt:", key="preset-defaults", on_click=_use_preset, args=("",),
        help="Back to the settings that this page started with.",
    )  # fmt: skip


def _use_preset(name: str) -> None:
    chosen = current.choices().with_preset(PRESETS.get(name, {})).within(get_settings().max_epochs)
    current.choose(chosen)
    show(chosen)


def show(chosen: Choices) -> None:
    """Give the controls the values that are chosen; call it before they are drawn, or from a callback."""
    for group, options in chosen.groups().items():
        fill_form(options, getattr(chosen, group).model_dump(), f"train-{group}")
    st.session_state["set-match"], st.session_state["set-match-to"] = chosen.match, chosen.match_to
    for name in chosen.architectures:
        for key in [key for key in st.session_state if str(key).startswith((f"own-{name}-", f"own-shared-{name}-"))]:
            del st.session_state[key]  # drawn anew from what is chosen


def _draw_repeats(chosen: Choices) -> Choices:
    if "set-repeats" not in st.session_state or not state.memory().seeds_chosen:
        st.session_state["set-repeats"] = chosen.repeats
    if "set-seed" not in st.session_state:
        st.session_state["set-seed"] = chosen.seed
    repeats = st.number_input(
        "Seeds of each model", min_value=1, max_value=MAX_REPEATS, value=chosen.repeats, step=1, key="set-repeats",
        on_change=_remember_seeds,
        help=explained(
            "Runs of each model, each from another seed. Three are the fewest that tell architectures apart. “Split "
            "into training, validation and test” offers a new split for each of them."
        ),
    )  # fmt: skip
    seed = st.number_input(
        "First seed", min_value=0, max_value=2**31 - 10, value=chosen.seed, step=1, key="set-seed",
        help=explained(
            "Draws the first weights and the order of the examples; the same seed and settings give the same numbers."
        ),
    )  # fmt: skip
    return replace(chosen, repeats=int(repeats or 1), seed=int(seed or 0))


def _remember_seeds() -> None:
    state.memory().seeds_chosen = True


def _draw_seeds(chosen: Choices) -> Choices:
    """Seeds that do not follow each other, as a training of before had them."""
    if "set-seeds" not in st.session_state:
        st.session_state["set-seeds"] = ", ".join(map(str, chosen.seeds))
    written = st.text_input(
        "Seeds", key="set-seeds", max_chars=1000,
        help="Whole numbers separated by commas: one run of each model for each. One number brings the repeats back.",
    )  # fmt: skip
    parts = [part.strip() for part in written.split(",") if part.strip()]
    if parts and all(part.isascii() and part.isdigit() and int(part) < 2**31 - 10 for part in parts):
        return chosen.with_seeds(list(dict.fromkeys(map(int, parts))))
    st.caption(":red[Seeds are whole numbers from 0, separated by commas.]")
    return chosen


def _draw_match(chosen: Choices) -> Choices:
    """In what the models are made equal, and to which of them."""
    if "set-match" not in st.session_state:
        st.session_state["set-match"] = chosen.match
    kinds = list(MATCHES)
    match = st.selectbox(
        "Fair match", kinds, index=kinds.index(chosen.match), format_func=MATCHES.__getitem__, key="set-match",
        help="Makes the models equal in this before they are trained, so that none wins by being larger or by being "
        "trained for longer. Their widths follow, and stand on their cards.",
    )  # fmt: skip
    chosen, able = replace(chosen, match=match), possible_references(chosen)
    if match in ("none", "updates") or not able:
        return chosen
    if st.session_state.get("set-match-to") not in able:
        st.session_state["set-match-to"] = chosen.match_to if chosen.match_to in able else able[0]
    to = st.selectbox(
        "Match to", able, format_func=lambda name: get_architecture(name).label, key="set-match-to",
        help="This model is as you set it; the others become as wide as it takes.",
    )  # fmt: skip
    return replace(chosen, match_to="" if to == able[0] else to)


def forget_form() -> None:
    """Let the controls be drawn anew from what is chosen."""
    for key in [key for key in st.session_state if str(key).startswith(_OF_THE_FORM)]:
        del st.session_state[key]


def _draw_own_settings(chosen: Choices) -> Choices:
    labels = {name: get_architecture(name).label for name in chosen.architectures}
    name = st.pills("Model", list(labels), format_func=labels.__getitem__, key="own-which", default=next(iter(labels)))
    if name is None or name not in labels:
        return chosen
    options = get_architecture(name).options
    shared = [field for field in options.model_fields if field in SharedOptions.model_fields]
    own = dict(chosen.own.get(name, {}))
    given = {field: value for field, value in own.items() if field not in declared(options)}  # from a file
    values = given | options_form(options, own, f"own-{name}", columns=4, skip=shared, explain=explain_setting)
    if shared:
        key = f"own-{name}-differs"
        if key not in st.session_state:
            st.session_state[key] = any(field in own for field in shared)
        if st.toggle("Its own size, layers and dropout", key=key, help="Otherwise the settings under “Models” hold."):
            values |= options_form(options, chosen.shared.model_dump() | own, f"own-shared-{name}", columns=4, skip=[
                field for field in options.model_fields if field not in shared
            ])  # fmt: skip
    validated(options, values, owner=name)
    return replace(chosen, own={**chosen.own, name: values})
