"""Parts of pages that are ours in the browser too: Streamlit's components, under whatever key."""

from __future__ import annotations

from typing import Any

import streamlit as st


class Component:
    """A component that can be mounted under any key; Streamlit refuses two underscores in a row, which ids may have.

    Args:
        name: Of all our components, another one for each.
        parts: Its `html`, `css` and `js`.
    """

    def __init__(self, name: str, **parts: Any) -> None:
        self._mount = st.components.v2.component(name, **parts)

    def __call__(self, *, key: str, **options: Any) -> Any:
        """Put it on the page; gives what it says back."""
        return self._mount(key=component_key(key), **options)


def component_key(key: str) -> str:
    """The key under which the session knows a component that was mounted under this one."""
    return key.replace("__", "_.")  # no id has a full stop, so two keys never become one
