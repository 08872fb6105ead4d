"""What the model will see: the settings that decide it, and one example on its way to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.kinds import get_kind
from seqcore.kinds.audio import AudioEncoder
from seqcore.ui.components.steps import draw_view
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.pages.data.drawn_examples import draw_on_its_way
from seqcore.ui.session import cache, current
from seqcore.ui.session.settings_form import draw_group
from seqcore.ui.session.sound import draw_sound
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    from seqcore.lab.plan import Choices
    from seqcore.ui.session.current import DataInUse


def draw_what_model_sees(ready: DataInUse, chosen: Choices) -> None:
    """Draw settings, a row to choose, and its steps; a setting that changes draws the page again."""
    st.header("What the model will see", anchor=False)
    kind = get_kind(ready.data.kind)
    told = cache.told(ready.data.content_hash, chosen.input, ready.data)
    st.caption(explained(f"{ready.encoder.summary()} {told}".strip()))
    with st.expander(f"{kind.label} and split settings", icon=":material/tune:", key="data-settings"):
        changed = draw_group(draw_group(chosen, "input", page="data", columns=4), "split", page="data", columns=4)
    if changed != chosen:
        current.choose(changed)
        st.rerun()
    row = st.number_input(
        "Row", min_value=1, max_value=len(ready.data), step=1, key="data-row", width=180,
        help=f"Any {kind.example} of the data set, counted from 1.",
    )  # fmt: skip
    chosen_row = int(row or 1) - 1
    if isinstance(ready.encoder, AudioEncoder):
        st.caption(escape_markdown(f"{ready.data.summary(chosen_row)} · {ready.data.labels[chosen_row]}", 300))
        draw_sound(ready.data.examples[chosen_row], ready.encoder, key="data-sound")
        return
    if kind.drawing == "moments":
        draw_on_its_way(ready, chosen_row)
        return
    draw_view(kind.view(ready.encoder, ready.data, chosen_row))
