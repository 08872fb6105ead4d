"""The encoder that the pretrained transformer begins with: brought as a zip, fetched from the hub, or kept already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures.pretrained import NAME
from seqcore.errors import SeqlabError
from seqcore.settings import Settings, get_settings
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import current, settings_form, shared, state, work

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.kinds.text.pretrained import PretrainedEncoder
    from seqcore.lab.plan import Choices
    from seqcore.store.records import KeptEncoder

_EXAMPLE = "sentence-transformers/all-MiniLM-L6-v2"
_MEGABYTE = 1024**2


def draw_pretrained_encoder(data: LabelledData, chosen: Choices) -> Choices:
    """Draw where an encoder comes from, and the one in use; nothing for data that are no texts.

    Returns:
        What is chosen now: with an encoder that was just brought, the pretrained transformer is among the models.
    """
    if data.kind != "text":
        return chosen
    before, limits = chosen, get_settings()
    opened = bool(_content(chosen)) or "encoder-file" in st.session_state
    with st.expander(
        "Pretrained transformer", icon=":material/model_training:", key="encoder-expander", expanded=opened
    ):  # fmt: skip
        st.caption(
            "A model can begin as a transformer that has read millions of texts before yours: BERT, MiniLM, DistilBERT "
            "or RoBERTa. Bring a zip of its config.json, tokenizer.json and model.safetensors (at most "
            f"{limits.max_file_mb} MB; MiniLM has 87 MB, half of that in 16 bits), or fetch it from the Hugging Face "
            "hub. Nothing of it is run; it is kept with your data set."
        )
        try:
            found = _brought(data, limits) or _fetched(data, limits)
        except SeqlabError as error:
            st.error(escape_markdown(str(error), 600), icon=":material/error:")
            found = None
        chosen = _chosen_among_kept(chosen, found)
    if chosen != before:
        current.choose(chosen)
        settings_form.show(chosen)
    return chosen


def _content(chosen: Choices) -> str:
    return str(chosen.own.get(NAME, {}).get("encoder", ""))


def _chosen_among_kept(chosen: Choices, new: KeptEncoder | None) -> Choices:
    """Draw the choice among the encoders of this workspace; a new one is taken at once, and its model ticked."""
    kept = {each.content: each for each in shared.get_store().datasets.encoders(state.workspace())}
    if new is not None:
        st.session_state["encoder-kept"], st.session_state[f"use-{NAME}"] = new.content, True
    content = _content(chosen)
    if content and content not in kept:  # of data that were deleted meanwhile
        chosen, content = chosen.without_pretrained(), ""
    if not kept:
        return chosen
    if "encoder-kept" not in st.session_state:
        st.session_state["encoder-kept"] = content
    picked = st.selectbox(
        "Encoder", ["", *kept], key="encoder-kept",
        format_func=lambda each: kept[each].name if each else "None",
        help="Those that were brought to this workspace and are kept with one of its data sets.",
    )  # fmt: skip
    if not picked:
        return chosen.without_pretrained() if content else chosen
    found = kept[picked]
    st.caption(f"**{escape_markdown(found.name, 80)}**: {found.told}")
    return chosen if picked == content else chosen.with_pretrained(found.content, found.config)


def _brought(data: LabelledData, limits: Settings) -> KeptEncoder | None:
    """One that was just uploaded; None where nothing is new."""
    from seqcore.lab.pretrained import read_job

    file = st.file_uploader(
        "Zip of an encoder", type="zip", key="encoder-file", max_upload_size=limits.max_file_mb,
    )  # fmt: skip
    memory = state.memory()
    if file is None or file.file_id == memory.encoder_file:
        return None
    memory.encoder_file = file.file_id  # read once, whatever comes of it
    name = file.name.rpartition(".")[0] or file.name
    return _keep(data, work.do(read_job(file.getvalue(), name, limits), "Reading the encoder"))


def _fetched(data: LabelledData, limits: Settings) -> KeptEncoder | None:
    """One that was just fetched from the hub; its size is told before."""
    from seqcore.lab.hub_encoder import fetch_encoder_job, look_encoder_job

    memory = state.memory()
    with st.form("encoder-form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Or its name on the hub", placeholder=_EXAMPLE, max_chars=200, key="encoder-name").strip()
        asked = st.form_submit_button("Look it up", icon=":material/search:", key="encoder-look")
    if asked and name:
        memory.encoder_listing = None
        memory.encoder_listing = work.do(look_encoder_job(name, limits), "Asking the hub")
    listing = memory.encoder_listing
    if listing is None:
        return None
    licence = listing.licence or "none is stated"
    st.caption(f"{escape_markdown(listing.repo, 100)}. Licence: {escape_markdown(licence, 100)}.")
    size = listing.size / _MEGABYTE
    if not st.button(f"Fetch {size:,.1f} MB", icon=":material/download:", type="primary", key="encoder-fetch"):
        return None
    encoder = work.do(fetch_encoder_job(listing, limits), "Fetching")
    memory.encoder_listing = None
    return _keep(data, encoder)


def _keep(data: LabelledData, encoder: PretrainedEncoder) -> KeptEncoder:
    """Keep it beside the data in use, which are kept by that as well."""
    store = shared.get_store()
    return store.datasets.keep_pretrained(store.datasets.add(state.workspace(), data), encoder)
