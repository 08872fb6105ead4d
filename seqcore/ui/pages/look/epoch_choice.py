"""After which epoch of their training the models are looked at: chosen, or played from the first to the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import in_words
from seqcore.ui.kit.refresh import run_again_every
from seqcore.ui.session import in_address, moments

if TYPE_CHECKING:
    from seqcore.store import Run

KEPT = -1  # stands for the weights that the run kept in the end
_KEY, _PLAYING, _NEXT, _DRAWN = "look-epoch", "look-playing", "look-epoch-next", "look-epoch-drawn"
_SECONDS = 1.0  # a moment stands when it is drawn, before the next


def choose_epochs(shown: Sequence[Run], labels: Mapping[str, str]) -> dict[str, int]:
    """The epoch after which each model is asked, by id of its run: its last moment by then.

    Models without moments, and all while none is chosen, are not in it. The address names the epoch.
    """
    kept = {run.id: moments.epochs_of(run) for run in shown if moments.epochs_of(run)}
    epochs = sorted({epoch for own in kept.values() for epoch in own})
    if len(epochs) < 2:
        st.session_state.pop(_PLAYING, None)
        in_address.keep(in_address.EPOCH, None)
        say_why_none(shown, labels)
        return {}
    chosen = _choose([*epochs, KEPT])
    in_address.keep(in_address.EPOCH, None if chosen == KEPT else str(chosen))
    if chosen == KEPT:
        return {}
    asked = {run_id: max(epoch for epoch in own if epoch <= chosen) for run_id, own in kept.items()}
    _say_what_is_shown(shown, labels, asked, chosen)
    return asked


def play_on() -> None:
    """At the end of the page, while somebody plays: the browser comes back for the next moment.

    Nobody waits on the server, and no moment goes before all of the page has shown it.
    """
    if st.session_state.get(_PLAYING):
        st.session_state[_DRAWN] = True
        _come_back()


@st.fragment
def _come_back() -> None:
    run_again_every(_SECONDS)
    if st.session_state.pop(_DRAWN, False):  # drawn with the page; what follows is a second later
        return
    if st.session_state.get(_PLAYING):
        _go_on()
        st.rerun()


def following(choices: Sequence[int], now: int) -> tuple[int, bool]:
    """The moment after this one, and whether there is another behind it."""
    place = min(choices.index(now) + 1 if now in choices else 0, len(choices) - 1)
    return choices[place], place < len(choices) - 1


def _go_on() -> None:
    choices = st.session_state[_PLAYING]
    st.session_state[_NEXT], more = following(choices, st.session_state.get(_KEY, KEPT))
    st.session_state[_PLAYING] = choices if more else None


def _press(choices: list[int]) -> None:
    """Play from where it stands, from the beginning at the end; or pause."""
    if st.session_state.get(_PLAYING):
        st.session_state[_PLAYING] = None
        return
    st.session_state[_PLAYING] = choices
    if st.session_state.get(_KEY) == choices[-1]:
        st.session_state[_NEXT] = choices[0]


def _choose(choices: list[int]) -> int:
    """The slider and the button that plays; `KEPT` at first."""
    given = in_address.take_number(in_address.EPOCH)
    if given is not None:
        st.session_state[_KEY] = _nearest(choices, given)
    if (following := st.session_state.pop(_NEXT, None)) is not None:
        st.session_state[_KEY] = following
    if st.session_state.get(_KEY) not in choices:
        st.session_state[_KEY] = KEPT
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="look-epochs"):
        chosen = st.select_slider(
            "After epoch", choices, key=_KEY, persist_state="session",
            format_func=lambda epoch: "model kept" if epoch == KEPT else str(epoch),
            help="What all tabs below show is what the models were at that moment of their training; "
            "0 is before the first step, “model kept” what the training ended with.",
        )  # fmt: skip
        playing = bool(st.session_state.get(_PLAYING))
        st.button(
            "Pause" if playing else "Play", icon=":material/pause:" if playing else ":material/play_arrow:",
            key="look-play", on_click=_press, args=(choices,), width="content",
        )  # fmt: skip
    return int(chosen)


def _nearest(choices: list[int], given: int) -> int:
    """The moment that an address means: the last by then."""
    return max((epoch for epoch in choices if epoch <= given), default=KEPT)


def _say_what_is_shown(shown: Sequence[Run], labels: Mapping[str, str], asked: Mapping[str, int], chosen: int) -> None:
    """Who is looked at after another epoch, and who as the model kept."""
    said = [
        f"{escape_markdown(labels[run.id], 60)}: after epoch {asked[run.id]}, the last one kept by then"
        for run in shown
        if asked.get(run.id, chosen) != chosen
    ]
    said += [
        f"{escape_markdown(labels[run.id], 60)}: the model kept, as it {moments.why_none_of(run)}"
        for run in shown
        if run.id not in asked
    ]
    if said:
        st.caption(". ".join(said) + ".")


def say_why_none(shown: Sequence[Run], labels: Mapping[str, str]) -> None:
    """Why there is nothing to drag, in a sentence for each reason."""
    reasons: dict[str, list[str]] = {}
    for run in shown:
        reasons.setdefault(moments.why_none_of(run) or "kept one moment only", []).append(labels[run.id])
    said = [
        f"{in_words([escape_markdown(name, 60) for name in names])} {escape_markdown(reason, 300)}"
        for reason, names in reasons.items()
    ]
    st.caption(f":material/history: No epochs to go back to: {'; '.join(said)}.")
