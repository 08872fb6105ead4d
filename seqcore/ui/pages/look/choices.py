"""What the Look inside page asks for: which inspection, which models, which text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import architectures
from seqcore.inspections import Inspection, inspections
from seqcore.inspections.contracts import StepWeights
from seqcore.ui.kit.escape import shorten
from seqcore.ui.session import in_address, results, state

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run

_OWN, _TEST = "Your own text", "A test text"
_LISTED = 300
_MOST_CHARACTERS = 20_000


def drawn_inspections() -> list[Inspection]:
    """Those that this page can ask and draw: of one text and nothing else, a weight for every step."""
    return [each for each in inspections() if issubclass(each.answer, StepWeights) and _needs_text_only(each)]


def _needs_text_only(inspection: Inspection) -> bool:
    fields = inspection.request.model_fields
    return "text" in fields and not any(field.is_required() for name, field in fields.items() if name != "text")


def choose_inspection() -> Inspection:
    """What to ask the models; with one inspection there is nothing to choose."""
    by_name = {each.name: each for each in drawn_inspections()}
    if len(by_name) == 1:
        return next(iter(by_name.values()))
    name = st.segmented_control(
        "Question", list(by_name), default=next(iter(by_name)), required=True, label_visibility="collapsed",
        format_func=lambda each: by_name[each].label, key="look-inspection", persist_state="session",
    )  # fmt: skip
    return by_name[name]


def nobody_to_ask(inspection: Inspection) -> str:
    """What is missing where no model can be asked, in a sentence that says which to train."""
    able = [each.label for each in architectures() if inspection.applies_to(each, "text") is None]
    return (
        f"No model with {inspection.label.lower()} has been trained here. "
        f"Train {' or '.join([', '.join(able[:-1]), able[-1]] if len(able) > 1 else able)}, then look inside."
    )


def choose_models(labels: dict[str, str], runs: Sequence[Run]) -> list[Run]:
    """The models to look into; at first one of each architecture, at most three."""
    first = list({run.architecture: run.id for run in reversed(runs)}.values())[::-1][:3]
    chosen = st.pills(
        "Models", list(labels), selection_mode="multi", default=first, format_func=labels.__getitem__,
        key=f"look-models-{runs[0].experiment_id}", persist_state="session",
    )  # fmt: skip
    return [run for run in runs if run.id in chosen]


def choose_text(experiment: Experiment, run: Run) -> tuple[str, str | None]:
    """The text to look at and its label, when it has one: typed, or chosen from the test texts."""
    wanted = state.memory().look_row
    if wanted is not None:  # another page sent us here to look at a row
        state.memory().look_row = None
        st.session_state.update({"look-source": _TEST, "look-row": wanted, "look-word": "", "look-wrong": False})
    given = in_address.take(in_address.TEXT)
    if given and wanted is None:
        st.session_state.update({"look-source": _OWN, "look-text": given[:_MOST_CHARACTERS]})
    source = st.segmented_control(
        "Text", [_OWN, _TEST], default=_OWN, required=True, label_visibility="collapsed",
        key="look-source", persist_state="session",
    )  # fmt: skip
    if source == _TEST:
        in_address.keep(in_address.TEXT, None)
        return _choose_test_text(experiment, run)
    return _type_text(experiment, run), None


def _type_text(experiment: Experiment, run: Run) -> str:
    """One's own text: what a link brought, what was typed last, at first a test text."""
    first = results.texts(experiment)[int(results.predictions_of(run.id).rows[0])]
    if "look-text" not in st.session_state:
        known = state.memory().look_text
        st.session_state["look-text"] = shorten(first, 1000) if known is None else known
    text = st.text_area(
        "Your text", height=110, max_chars=_MOST_CHARACTERS, placeholder="Type or paste a text",
        help="Press Ctrl+Enter to look.", key="look-text", persist_state="session",
    )  # fmt: skip
    state.memory().look_text = text
    in_address.keep(in_address.TEXT, text)
    return text


def _choose_test_text(experiment: Experiment, run: Run) -> tuple[str, str | None]:
    found, texts = results.predictions_of(run.id), results.texts(experiment)
    search, only_wrong = st.columns([3, 1], vertical_alignment="bottom")
    word = search.text_input("Find a test text", placeholder="A word in it", key="look-word").casefold()
    wrong = only_wrong.toggle("Only mistakes", help="Texts that the first chosen model gets wrong.", key="look-wrong")
    rows = [
        int(row)
        for row, right in zip(found.rows, found.right, strict=True)
        if not (wrong and right) and word in texts[int(row)].casefold()
    ]
    listed, before = rows[:_LISTED], st.session_state.get("look-row")
    if before in rows and before not in listed:
        listed.insert(0, before)
    if not listed:
        st.caption("No test text matches.")
        st.stop()
    if before not in listed:
        st.session_state["look-row"] = listed[0]
    row = st.selectbox(
        "Test text", listed, format_func=lambda each: f"{each + 1}: {shorten(texts[each], 100)}",
        key="look-row", persist_state="session",
        help=f"The first {_LISTED} of {len(rows):,}; find others by a word." if len(rows) > _LISTED else None,
    )  # fmt: skip
    return texts[row], results.label_of(experiment, row)
