"""The name of the data in use, and what can be done with them: share, choose models, train."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import get_architecture
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import in_words, training_of
from seqcore.ui.session import current, giving, header, kept_until, sharing
from seqcore.ui.session.starting import start_training

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.plan import Choices
    from seqcore.store import Dataset


def draw_name(data: LabelledData, dataset: Dataset | None) -> DeltaGenerator:
    """What the data are called and whose they are.

    Returns:
        Room for the ways on, beside the name.
    """
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.header(escape_markdown(data.name, 60), anchor=False, width="content")
        room = st.container(horizontal=True, width="content", gap="small", vertical_alignment="center")
    if dataset is not None:
        sharing.draw_dataset_notice(dataset)
        end = kept_until.ends_of_all().get(dataset.id)
        if end is not None:
            st.caption(kept_until.sentence(end))
    return room


def draw_ways_on(data: LabelledData, dataset: Dataset | None, chosen: Choices) -> None:
    """One press trains what is chosen, the four models of the notebook at first; another leads to the choice."""
    if dataset is not None:
        giving.draw_dataset_link(dataset)
    if st.button("Choose models", icon=":material/arrow_forward:", key="to-train"):
        current.keep(data)
        header.go("train")
    if chosen.architectures and st.button(
        training_of(len(chosen.architectures), len(chosen.every_seed)), type="primary", icon=":material/play_arrow:",
        key="train-now", help=in_words([get_architecture(name).label for name in chosen.architectures]),
    ):  # fmt: skip
        start_training(chosen)
        header.go("train")
