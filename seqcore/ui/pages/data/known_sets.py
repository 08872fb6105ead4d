"""Public data sets: well-known ones, and any of the Hugging Face hub, fetched when somebody asks for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.settings import Settings, get_settings
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.data import column_choice
from seqcore.ui.session import cache, state, work
from seqcore.ui.session.uploads import KeptFile

if TYPE_CHECKING:
    from seqcore.datasets.catalogue import HubSet, KeptSet, KnownSet, Listing, Newsgroups
    from seqcore.datasets.labelled_text import LabelledText

_HUB = ""  # what stands for a set that is not in the list


def choose_known_set() -> LabelledText | None:
    """Draw the choice of a public data set, and the press that fetches it; None until one is here.

    Raises:
        SeqlabError: it cannot be reached, fetched, kept or read.
    """
    from seqcore.datasets.catalogue import KNOWN, get_known

    memory = state.memory()
    names = [*(each.name for each in KNOWN), _HUB]
    chosen = st.selectbox(
        "Public data set", names, index=None if memory.known_set is None else names.index(memory.known_set),
        format_func=lambda name: get_known(name).title if name else "Another one of the Hugging Face hub",
        placeholder="Choose one", key="known-set",
    )  # fmt: skip
    memory.known_set = chosen
    if chosen is None:
        st.caption("It is fetched when you press the button, once for everybody here; nothing that it brings is run.")
        return None
    return _hub_set(get_settings()) if chosen == _HUB else _known_set(get_known(chosen), get_settings())


def _known_set(known: KnownSet, limits: Settings) -> LabelledText | None:
    from seqcore.datasets.labels import label_table

    st.markdown(known.about)
    st.caption(
        f"{known.rows:,} texts · {count(known.classes, 'class', 'classes')} · licence: {known.licence}. "
        f"Please cite {known.citation}: [where it comes from]({known.page})."
    )
    by_hand = f"Without a network: get {known.by_hand} there, and bring it by **Upload**."
    kept = _kept(_with_removed(known.source), f"Fetch about {known.megabytes:g} MB", by_hand, limits)
    if kept is None:
        return None
    table = cache.table(kept.sha256, f"{known.name}.parquet", kept, limits)
    return replace(label_table(table, known.columns, limits=limits), name=known.title)


def _with_removed(source: HubSet | Newsgroups) -> HubSet | Newsgroups:
    """Of posts, without what is left out of them."""
    from seqcore.datasets.catalogue import REMOVABLE, Newsgroups

    if not isinstance(source, Newsgroups):
        return source
    memory = state.memory()
    removed = st.pills(
        "Leave out of each post", REMOVABLE, selection_mode="multi", default=memory.removed, key="newsgroups-removed",
        help="Headers and signatures often give the newsgroup away: without them the task is harder and more honest.",
    )  # fmt: skip
    memory.removed = tuple(each for each in REMOVABLE if each in removed)
    return replace(source, remove=memory.removed)


def _hub_set(limits: Settings) -> LabelledText | None:
    from seqcore.datasets.catalogue import HubSet, as_parts, size_of
    from seqcore.datasets.labels import label_table
    from seqcore.datasets.size_limits import MEGABYTE

    listing = _looked_up(limits)
    if listing is None:
        return None
    configs = list(listing.configs)
    config = configs[0] if len(configs) == 1 else st.selectbox("Configuration", configs, key="hub-config")
    splits = list(listing.configs[config])
    chosen = st.pills(
        "Parts", splits, selection_mode="multi", default=listing.usual_parts(config), key=f"hub-parts-{config}",
        help="What is called train, validation or test is that part here.",
    )  # fmt: skip
    if not chosen:
        st.caption("Choose a part at least.")
        return None
    wanted = HubSet(listing.repo, config, as_parts(split for split in splits if split in chosen))
    size = size_of(listing.files_of(wanted)) / MEGABYTE
    licence = listing.licence or "none is stated"
    st.caption(
        f"Licence: {escape_markdown(licence, 100)}. What is said of it on the hub, and whom to cite, stands there."
    )
    kept = _kept(wanted, f"Fetch {size:,.1f} MB", "", limits)
    if kept is None:
        return None
    reading = state.memory().hub_reading
    name = f"{listing.repo.rpartition('/')[2]}.parquet"
    if reading.name != kept.sha256:
        reading.files, reading.choices = (KeptFile(kept.sha256, name, b""),), {}
    table = cache.table(kept.sha256, name, kept, limits)
    return label_table(table, column_choice.choose_columns(table, reading), limits=limits)


def _looked_up(limits: Settings) -> Listing | None:
    """What the hub says of the set that is asked for; None until it was asked."""
    from seqcore.datasets.catalogue import look_job

    memory = state.memory()
    with st.form("hub-form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Name on the hub", value=memory.hub_name, placeholder="owner/name", max_chars=200, key="hub-name"
        ).strip()
        asked = st.form_submit_button("Look it up", icon=":material/search:")
    if asked and name:
        memory.hub_name, memory.hub_listing = name, None
        memory.hub_listing = work.do(look_job(name, limits), "Asking the hub")
    return memory.hub_listing


def _kept(source: HubSet | Newsgroups, label: str, otherwise: str, limits: Settings) -> KeptSet | None:
    """A set that is here already, or fetched by a press; None before that."""
    from seqcore.datasets.catalogue import fetch_job, kept_sets

    found = kept_sets(limits).find(source.key)
    if found is not None:
        st.caption(f":material/check: Fetched {datetime.fromisoformat(found.fetched):%d %b %Y} and kept here.")
        return found
    pressed = st.button(label, icon=":material/download:", type="primary", key="fetch-set")
    if otherwise:
        st.caption(otherwise)
    if pressed:
        work.do(fetch_job(source, limits), "Fetching")
        st.rerun()
    return None
