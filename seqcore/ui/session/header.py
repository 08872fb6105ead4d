"""What every page has in common: its title, the way through, calm errors, empty states."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.session import in_address, sitemap, state

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_LOG = logging.getLogger("seqcore.ui")
_CALM_SENTENCE = (
    "Something went wrong here, and it is our mistake. What was trained or stored is not lost. "
    "Reload the page; if it happens again, the server's log has the details."
)
_NO_COOKIE = (
    ":material/cookie_off: This browser keeps no cookie for this site, so what you train here is yours only until you "
    "reload or close the page."
)
_STEPS = ("data", "train", "compare", "attention")


@dataclass(frozen=True)
class WayThrough:
    """How far the current experiment is: the steps behind us, and what to do next."""

    done: frozenset[str]
    hint: str


def page_header(name: str, caption: str = "") -> None:
    """Title, one line about the page, and the way through: Data → Train → Compare → Look inside.

    Args:
        name: The page's key in the sitemap ("data", "train", ...), or any title.
        caption: One line; Markdown of ours, never other people's text.
    """
    entries = {page.name: page for page in sitemap.PAGES}
    entry = entries.get(name)
    way = st.container(key="way-through").empty()
    _draw_way_through(way, name, WayThrough(frozenset({"data"}), ""))
    st.title(entry.title if entry else name, anchor=False)
    if caption or entry:
        st.caption(caption or (entry.about if entry else ""))
    with guard():
        in_address.arrive(name)
        _name_browser_tab(entry.title if entry else name)
        if not state.belongs_to().lasting:
            st.caption(_NO_COOKIE)
        _look_at_links(name)
        _draw_way_through(way, name, _progress_of_experiment(name))


def _name_browser_tab(page: str, experiment: str = "") -> None:
    """What the browser's tab, its history and its bookmarks call the page."""
    name = f"{shorten(experiment, 40)} – " if experiment else ""
    st.set_page_config(page_title=f"{page} – {name}Sequence Lab")


def _look_at_links(here: str) -> None:
    """What a link names and is not there is said here, on every page, and is met on none after it."""
    if not state.link_parameters():
        return
    from seqcore.ui.session import dead_links  # the store costs an import; a title needs none
    from seqcore.ui.session.shared import get_store

    gone = dead_links.forget_dead_links(get_store())
    if gone:
        dead_links.draw_dead_links(here, gone)


@contextmanager
def guard() -> Iterator[None]:
    """Show a problem as one calm sentence; log a bug and show that it is ours."""
    try:
        yield
    except Exception as error:
        if _problem_in(error) is None:
            _LOG.exception("A page failed")
        show_calm_sentence(error)


def show_problem(error: SeqlabError) -> None:
    """What is wrong, what we got, what to do."""
    st.error(escape_markdown(str(error), limit=1000), icon=":material/error:")


def show_calm_sentence(error: Exception) -> bool:
    """For whatever escapes `guard` as well: the last net, set on the server.

    Returns:
        True: the default display is not shown.
    """
    problem = _problem_in(error)
    if problem is not None:
        show_problem(problem)
    else:
        st.error(_CALM_SENTENCE, icon=":material/sentiment_dissatisfied:")
    return True


def _problem_in(error: Exception) -> SeqlabError | None:
    """What a person can act on, the disk's refusals among them; None for a mistake of ours."""
    if isinstance(error, SeqlabError):
        return error
    if not isinstance(error, OSError):
        return None
    from seqcore.store.faults import disk_fault  # the store costs an import; a title needs none

    return disk_fault(error)


def empty_state(
    text: str, button: str, target: str, *, icon: str = ":material/arrow_forward:",
    before: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """Say what to do when there is nothing to show, and give the button for it.

    Args:
        text: What is missing, in a sentence of ours.
        button: What the button says.
        target: Name of the page that it leads to.
        icon: Of the button.
        before: Done before one goes there.
    """
    with st.container(border=True, horizontal_alignment="center", gap="medium", key=f"empty-{target}"):
        st.space("small")
        st.markdown(text, text_alignment="center")
        if st.button(button, type="primary", icon=icon, key=f"empty-{target}-button"):
            if before is not None:
                before()
            go(target)
        st.space("small")


def go(target: str) -> None:
    """Leave for another page, with the ids that it needs."""
    st.switch_page(sitemap.page(target), query_params=state.link_parameters())


def page_button(text: str, target: str, *, primary: bool = False, icon: str | None = None, key: str = "") -> None:
    """A button that leads to another page."""
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if st.button(text, type=kind, icon=icon, key=key or f"go-{target}"):
        go(target)


def _draw_way_through(slot: DeltaGenerator, here: str, progress: WayThrough) -> None:
    with slot.container(horizontal=True, gap="small", vertical_alignment="center"):
        for number, name in enumerate(_STEPS, start=1):
            entry = sitemap.entry(name)
            icon = ":material/check_circle:" if name in progress.done else f":material/counter_{number}:"
            label = f"**:primary[{entry.title}]**" if name == here else entry.title
            if entry.path.is_file():
                st.page_link(sitemap.page(name), label=label, icon=icon, query_params=state.link_parameters())
            if number < len(_STEPS):
                st.caption(":material/chevron_right:", width="content")
        if progress.hint:
            st.caption(progress.hint, width="content")


def _progress_of_experiment(here: str) -> WayThrough:
    experiment_id = state.current_experiment_id()
    if not experiment_id:
        return WayThrough(frozenset({"data"}), "Next: press Train")
    from seqcore.lab.share import seen_experiment
    from seqcore.store import DONE, RunState  # the store costs an import; a title needs none
    from seqcore.ui.session.shared import get_store

    experiment = seen_experiment(get_store(), state.viewer(), experiment_id)
    if here in _STEPS[1:] or here == "predict":
        _name_browser_tab(sitemap.entry(here).title, experiment.name)
    runs = get_store().runs.of(experiment.workspace, experiment_id)
    if any(run.state not in DONE for run in runs):
        return WayThrough(frozenset({"data"}), "Training is running")
    if not any(run.results for run in runs):
        return WayThrough(frozenset({"data"}), "Next: train again, no model was finished")
    seen = _steps_seen(experiment_id, here)
    failed = sum(run.state == RunState.FAILED for run in runs)
    hint = _what_is_next(seen) + (f" ({failed} failed)" if failed else "")
    return WayThrough(frozenset({"data", "train"}) | seen, hint)


def _steps_seen(experiment_id: str, here: str) -> frozenset[str]:
    """The steps after the training that this session has looked at, the one it is looking at included."""
    known = state.memory().seen
    seen = known[experiment_id] = known.get(experiment_id, frozenset()) | ({here} & set(_STEPS[2:]))
    return seen


def _what_is_next(seen: frozenset[str]) -> str:
    if "compare" not in seen:
        return "Next: compare the models"
    return "Next: look inside a model" if "attention" not in seen else "All steps done"
