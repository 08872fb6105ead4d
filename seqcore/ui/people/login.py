"""Logging in with an account and out again, where the server asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from seqcore.errors import OptionError
from seqcore.ui.compat import LOGIN_CALLBACK, secrets_section
from seqcore.ui.kit import style
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.people.workspaces import Visitor

_OF_ALL_PROVIDERS = ("redirect_uri", "cookie_secret")
_OF_ONE_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET = 32  # characters; a shorter one can be guessed, and then any account forged
_REMEDY = "docs/classroom.md shows how it looks"


def draw_login() -> None:
    """The page that stands in place of every other until somebody has logged in."""
    with st.container(horizontal_alignment="center", key="login"), st.container(border=True, width=460, gap="medium"):
        st.space("small")
        st.image(style.ICON, width=56)
        st.title("Sequence Lab", anchor=False)
        st.markdown("Compare sequence models on your own labelled text. What you train is kept with your account.")
        if st.query_params.get("experiment") or st.query_params.get("dataset"):
            st.caption(":material/link: Your link opens as soon as you have logged in.")
        try:
            _draw_buttons(providers(_auth_section()))
        except OptionError as error:
            st.warning("Nobody can log in yet: this server is not set up for it.", icon=":material/key_off:")
            st.caption(f"For whoever runs it: {escape_markdown(str(error), 400)}")
        st.space("small")


def draw_account(visitor: Visitor) -> None:
    """Who is logged in, and the way out, in the side bar."""
    with st.sidebar, st.container(key="account", gap="small"):
        name = escape_markdown(visitor.name, 60) if visitor.name else "Logged in"
        st.caption(f":material/account_circle: {name}")
        if st.button("Log out", icon=":material/logout:", key="log-out", type="tertiary"):
            st.logout()
            st.stop()


def providers(auth: Mapping[str, Any]) -> dict[str | None, str]:
    """The ways to log in: Streamlit's name of each (None for the only one) and what its button says.

    Args:
        auth: The section `[auth]` of secrets.toml.

    Raises:
        OptionError: something is missing in it.
    """
    _require(auth, _OF_ALL_PROVIDERS, "[auth]")
    if len(str(auth["cookie_secret"])) < _SHORTEST_SECRET:
        raise OptionError(
            "cookie_secret in [auth] of secrets.toml is too short",
            remedy=f"Give it at least {_SHORTEST_SECRET} random characters",
        )
    if not str(auth["redirect_uri"]).endswith(LOGIN_CALLBACK):
        raise OptionError("redirect_uri in [auth] of secrets.toml is wrong", remedy=f"It ends in {LOGIN_CALLBACK}")
    named = {name: section for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section}
    if not named:
        _require(auth, _OF_ONE_PROVIDER, "[auth]")
        return {None: "Log in"}
    for name, section in named.items():
        _require(section, _OF_ONE_PROVIDER, f"[auth.{name}]")
    if len(named) == 1:
        return {next(iter(named)): "Log in"}
    return {name: f"Log in with {escape_markdown(name.capitalize(), 30)}" for name in named}


def _draw_buttons(ways: Mapping[str | None, str]) -> None:
    for name, label in ways.items():
        pressed = st.button(label, type="primary", icon=":material/login:", width="stretch", key=f"log-in-{name}")
        if not pressed:
            continue
        try:
            st.login(name)
        except StreamlitAPIException as error:
            raise OptionError("Streamlit refuses to log in", received=str(error)) from error


def _auth_section() -> Mapping[str, Any]:
    section = secrets_section("auth")
    if section is None:
        raise OptionError("secrets.toml has no section [auth]", remedy=_REMEDY)
    return section


def _require(section: Mapping[str, Any], wanted: tuple[str, ...], title: str) -> None:
    absent = [key for key in wanted if not section.get(key)]
    if absent:
        raise OptionError(f"{title} of secrets.toml has no {' and no '.join(absent)}", remedy=_REMEDY)
