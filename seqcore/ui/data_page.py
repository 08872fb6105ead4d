"""The Data page: which data, what is in them, what a model will see of them."""

from __future__ import annotations

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.experiments import Choices
from seqcore.ui import cached, current, data_report, header
from seqcore.ui.current import Prepared
from seqcore.ui.escape import escape_markdown
from seqcore.ui.model_view import model_view
from seqcore.ui.phrases import count
from seqcore.ui.settings_form import draw_group
from seqcore.ui.steps_view import draw_steps


def draw_page() -> None:
    """Draw the whole page below its title.

    Raises:
        SeqlabError: the data in use cannot be found or split.
    """
    try:
        from seqcore.ui.data_source import choose_source

        choose_source()
    except SeqlabError as error:
        header.show_problem(error)
        st.caption(f"Until then this stays in use: {escape_markdown(current.current_data().name, 60)}.")
        return
    data = current.current_data()
    chosen = current.choices()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(escape_markdown(data.name, 60), anchor=False, width="content")
        if st.button("Choose models", type="primary", icon=":material/arrow_forward:", key="to-train"):
            current.keep(data)
            header.go("train")
    with st.spinner("Reading …"):
        ready = current.prepared(data, chosen)
        report = cached.report(data.content_hash, chosen.split, data)
    data_report.draw_numbers(ready)
    data_report.draw_first_rows(ready)
    data_report.draw_pictures(report)
    data_report.draw_findings(report)
    _draw_model_view(ready, chosen)


def _draw_model_view(ready: Prepared, chosen: Choices) -> None:
    st.header("What the model will see", anchor=False)
    st.caption(f"The vocabulary is learned from the training texts only: {count(ready.encoder.size, 'id')}.")
    with st.expander("Text and split settings", icon=":material/tune:", key="data-settings"):
        changed = draw_group(draw_group(chosen, "text", page="data", columns=4), "split", page="data", columns=4)
    if changed != chosen:
        current.choose(changed)
        st.rerun()
    row = st.number_input(
        "Row", min_value=1, max_value=len(ready.data.texts), step=1, key="data-row", width=180,
        help="Any text of the data set, counted from 1.",
    )  # fmt: skip
    view = model_view(ready.encoder, ready.data.texts, int(row or 1) - 1)
    draw_steps(view, stop_words=chosen.text.stop_words != "none")
