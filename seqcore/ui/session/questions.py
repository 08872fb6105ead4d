"""Questions to finished models, asked through the engine and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.architectures import get_architecture
from seqcore.ui.components.answers import Answer
from seqcore.ui.session import cache

if TYPE_CHECKING:
    from seqcore.store import Run

TEXTS_AT_ONCE = 1_000  # of a file: short enough for progress to be seen


def wait_for_engine() -> None:
    """Say that the models are being loaded and come back when they can answer; stops the page until then.

    Raises:
        EngineError: the engine could not be started.
    """
    cache.engine_room().start()
    if cache.engine_ready():
        return

    @st.fragment(run_every=0.5)
    def watch() -> None:
        if cache.engine_ready():
            st.rerun()
        st.info("The engine is starting; the answer comes in a few seconds.", icon=":material/hourglass_top:")

    watch()
    st.stop()


def has_attention(run: Run) -> bool:
    """Whether one can see where this model looks."""
    return get_architecture(run.architecture).attention != "none"


@st.cache_data(show_spinner=False, max_entries=256)
def look(run_id: str, text: str) -> dict[str, Any]:
    """What a model says of a text and where it looks.

    Raises:
        SeqlabError: it cannot be answered.
    """
    return cache.get_engine().ask("attention", run_id, {"text": text})


@st.cache_data(show_spinner=False, max_entries=512)
def ask(run_id: str, text: str) -> dict[str, Any]:
    """What a model says of a text.

    Raises:
        SeqlabError: it cannot be answered.
    """
    return cache.get_engine().ask("predict", run_id, {"texts": [text]})


def ask_all(run_id: str, texts: Sequence[str], progress: Callable[[int], None]) -> dict[str, Any]:
    """What a model says of many texts, a thousand at a time.

    Args:
        run_id: Whose model.
        texts: Any number of them.
        progress: Called with the number of texts answered since the last call.

    Raises:
        SeqlabError: it cannot be answered.
    """
    engine, found = cache.get_engine(), dict[str, Any]()
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        part = list(texts[start : start + TEXTS_AT_ONCE])
        answer = engine.ask("predict", run_id, {"texts": part})
        if not found:
            found = answer
        else:
            found["probabilities"] += answer["probabilities"]
            found["predictions"] += answer["predictions"]
        progress(len(part))
    return found


def as_answer(run: Run, found: dict[str, Any], row: int, label: str, truth: str | None = None) -> Answer:
    """One text's answer, as the components draw it.

    Args:
        run: Who answered.
        found: The engine's answer; `probabilities` of one text, or of several.
        row: Which text, when there are several; -1 for one.
        label: Name of the model.
        truth: The text's own label, when it is known.
    """
    probabilities = found["probabilities"] if row < 0 else found["probabilities"][row]
    return Answer(label, run.architecture, found["classes"], probabilities, truth)
