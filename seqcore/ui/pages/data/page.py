"""The Data page: which data, what is in them, what a model will see of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import get_architecture
from seqcore.errors import SeqlabError
from seqcore.lab.plan import Choices
from seqcore.ui.components.steps import draw_steps
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count, in_words
from seqcore.ui.pages.data import overview
from seqcore.ui.pages.data.model_view import model_view
from seqcore.ui.pages.train.model_cards import chosen_line
from seqcore.ui.session import cache, current, header, sharing
from seqcore.ui.session.current import DataInUse
from seqcore.ui.session.settings_form import draw_group
from seqcore.ui.session.starting import start_training

if TYPE_CHECKING:
    from seqcore.datasets.labelled_text import LabelledText


def draw_page() -> None:
    """Draw the whole page below its title.

    Raises:
        SeqlabError: the data in use cannot be found or split.
    """
    try:
        from seqcore.ui.pages.data.source import choose_source

        choose_source()
    except SeqlabError as error:
        header.show_problem(error)
        st.caption(f"Until then this stays in use: {escape_markdown(current.current_data().name, 60)}.")
        return
    data = current.current_data()
    chosen = current.choices()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(escape_markdown(data.name, 60), anchor=False, width="content")
        ways_on = st.container(horizontal=True, width="content", gap="small", vertical_alignment="center")
    dataset = current.current_dataset()
    if dataset is not None:
        sharing.draw_dataset_notice(dataset)
    with st.spinner("Reading …"):
        ready = current.data_in_use(data, chosen)
        report = cache.report(data.content_hash, chosen.split, data)
    with ways_on:  # only now: data that cannot be split cannot be trained on
        if dataset is not None:
            sharing.draw_dataset_link(dataset)
        _draw_ways_on(data, chosen)
    overview.draw_numbers(ready)
    overview.draw_first_rows(ready)
    overview.draw_pictures(report, *cache.pictures(data.content_hash, chosen.split, report))
    overview.draw_findings(report)
    _draw_model_view(ready, chosen)


def _draw_ways_on(data: LabelledText, chosen: Choices) -> None:
    """One press trains what is chosen, the four models of the notebook at first; another leads to the choice."""
    if st.button("Choose models", icon=":material/arrow_forward:", key="to-train"):
        current.keep(data)
        header.go("train")
    if chosen.architectures and st.button(
        chosen_line(chosen.architectures, chosen.repeats), type="primary", icon=":material/play_arrow:",
        key="train-now", help=in_words([get_architecture(name).label for name in chosen.architectures]),
    ):  # fmt: skip
        start_training(chosen)
        header.go("train")


def _draw_model_view(ready: DataInUse, chosen: Choices) -> None:
    st.header("What the model will see", anchor=False)
    st.caption(f"The vocabulary is learned from the training texts only: {count(ready.encoder.size, 'id')}.")
    with st.expander("Text and split settings", icon=":material/tune:", key="data-settings"):
        changed = draw_group(draw_group(chosen, "input", page="data", columns=4), "split", page="data", columns=4)
    if changed != chosen:
        current.choose(changed)
        st.rerun()
    row = st.number_input(
        "Row", min_value=1, max_value=len(ready.data.texts), step=1, key="data-row", width=180,
        help="Any text of the data set, counted from 1.",
    )  # fmt: skip
    view = model_view(ready.encoder, ready.data.texts, int(row or 1) - 1)
    draw_steps(view, stop_words=getattr(chosen.input, "stop_words", "none") != "none")
