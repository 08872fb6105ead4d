"""The one owner of session state and of what the URL remembers.

A page keeps nothing under a widget's key that must outlive the page: leaving deletes it. It keeps plain
values here instead. What a link must find again (the experiment, the data set) is an id in the URL.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.ui.people.visitor import visitor
from seqcore.ui.people.workspaces import Visitor

if TYPE_CHECKING:
    from seqcore.datasets.labelled_text import LabelledText

_EXPERIMENT = "experiment"
_DATASET = "dataset"
_DRAFT = "seqlab.draft"
_REMEMBERED = "seqlab.remembered"
_IN_URL = (_EXPERIMENT, _DATASET)


def workspace() -> str:
    """Whose data sets and runs this session works with.

    Raises:
        SeqlabError: an account is needed and nobody is logged in.
    """
    return belongs_to().workspace


def belongs_to() -> Visitor:
    """Whom this session belongs to.

    Raises:
        SeqlabError: an account is needed and nobody is logged in.
    """
    found = visitor()
    if found is None:
        raise SeqlabError("You are not logged in", remedy="Reload the page and log in")
    return found


def restore() -> None:
    """Bring URL and session together; called by the shell before every page.

    A link wins over what the session had. `st.navigation` drops query parameters when the page
    changes, so what the session knows is written back.
    """
    for name in _IN_URL:
        given = st.query_params.get(name)
        known = st.session_state.get(_key(name))
        if given and given != known:
            st.session_state[_key(name)] = given
            if name == _DATASET:
                st.session_state.pop(_DRAFT, None)
        elif known and not given:
            st.query_params[name] = known


def current_experiment_id() -> str | None:
    """The experiment that all pages speak of, or None."""
    return _current(_EXPERIMENT)


def set_current_experiment(experiment_id: str | None) -> None:
    """Make an experiment the one that all pages speak of."""
    _set_current(_EXPERIMENT, experiment_id)


def current_dataset_id() -> str | None:
    """The stored data set in use, or None for a draft or the built-in sample."""
    return _current(_DATASET)


def set_current_dataset(dataset_id: str | None) -> None:
    """Make a stored data set the one in use; a draft gives way to it."""
    st.session_state.pop(_DRAFT, None)
    _set_current(_DATASET, dataset_id)


def draft() -> LabelledText | None:
    """Labelled text that was read on the Data page and is not stored yet."""
    value: LabelledText | None = st.session_state.get(_DRAFT)
    return value


def set_draft(data: LabelledText | None) -> None:
    """Use labelled text that is not stored yet; None goes back to the built-in sample."""
    _set_current(_DATASET, None)
    st.session_state[_DRAFT] = data


def link_parameters() -> dict[str, str]:
    """The ids that a link to another page must carry."""
    known = {name: _current(name) for name in _IN_URL}
    return {name: value for name, value in known.items() if value}


def remembered(name: str, default: Any = None) -> Any:
    """A choice made earlier in this session, on whatever page."""
    return st.session_state.get(_REMEMBERED, {}).get(name, default)


def remember(name: str, value: Any) -> None:
    """Keep a choice for this session, beyond the page that it was made on."""
    st.session_state.setdefault(_REMEMBERED, {})[name] = value


def working(name: str, make: Callable[[], Any]) -> Any:
    """What a page has gathered so far and can gather again; made when it is not there."""
    key = f"seqlab.working.{name}"
    if key not in st.session_state:
        st.session_state[key] = make()
    return st.session_state[key]


def _key(name: str) -> str:
    return f"seqlab.{name}"


def _current(name: str) -> str | None:
    value = st.query_params.get(name) or st.session_state.get(_key(name))
    return str(value) if value else None


def _set_current(name: str, value: str | None) -> None:
    st.session_state[_key(name)] = value
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
