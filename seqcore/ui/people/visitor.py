"""Who this session belongs to, as Streamlit knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from seqcore.settings import Settings, get_settings
from seqcore.ui.people.addresses import client_address, networks, place_of, read_key
from seqcore.ui.people.workspaces import Mode, Visit, Visitor, mode_for, visitor_for

_VISITOR = "seqlab.visitor"


def visitor() -> Visitor | None:
    """Whom this session belongs to; None when an account is needed and nobody is logged in.

    An account is asked for each time, because it can be logged out of. Otherwise the first answer stays: a
    connection that breaks in the middle of a page takes its cookies with it.
    """
    settings = get_settings()
    if settings.auth == "oidc":
        return visitor_for(Mode.OIDC, _NOBODY, account=current_account(), personal="")
    kept: Visitor | None = st.session_state.get(_VISITOR)
    if kept is not None and kept.known:
        return kept
    visit = current_visit()
    if kept is None or visit.headers:
        mode = mode_for(settings.auth, visit)
        kept = visitor_for(mode, visit, account={}, personal=settings.workspace)
        kept = kept and _with_place(kept, visit, settings)
        st.session_state[_VISITOR] = kept
    return kept


def current_visit() -> Visit:
    """What the connection of this session says."""
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    # Streamlit says None for loopback, and for a connection that is gone: that one has no headers either.
    peer = (st.context.ip_address or "127.0.0.1") if headers else ""
    return Visit(headers, dict(st.context.cookies), peer, str(st.get_option("server.address") or ""))


def current_account() -> Mapping[str, Any]:
    """What the provider says of who is logged in; empty when nobody is."""
    return st.user.to_dict()


def _with_place(found: Visitor, visit: Visit, settings: Settings) -> Visitor:
    if found.mode is not Mode.BROWSER:
        return found
    address = client_address(visit, networks(settings.trusted_proxies, "SEQLAB_TRUSTED_PROXIES"))
    shared = networks(settings.shared_addresses, "SEQLAB_SHARED_ADDRESSES")
    return replace(found, place=place_of(found, address, read_key(settings.home), shared))


_NOBODY = Visit({}, {}, "", "")
