"""What the front end says of the widgets on a page: the state of each, sent with every request."""

from __future__ import annotations

from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.streamlit_page import Page, Shown


def refresh_states(states: dict[str, WidgetState], page: Page) -> None:
    """Forget widgets that are gone, take the values of new ones and of those that the server has set."""
    present = page.widget_ids()
    for gone in [name for name in states if name not in present]:
        del states[gone]
    for shown in page.widgets():
        state = first_state(shown)
        if state is not None and (state.id not in states or sets_value(shown)):
            states[state.id] = state


def first_state(shown: Shown) -> WidgetState | None:
    """What the front end says of a widget that nobody has touched yet; None for one that has no state."""
    widget, kind = shown.message, shown.kind
    if kind == "checkbox":
        return WidgetState(id=widget.id, bool_value=widget.value if widget.set_value else widget.default)
    if kind == "number_input":
        return WidgetState(id=widget.id, double_value=widget.value if widget.set_value else widget.default)
    if kind == "text_area":
        return WidgetState(id=widget.id, string_value=widget.value if widget.set_value else widget.default)
    if kind == "selectbox" and widget.options:
        return WidgetState(
            id=widget.id, string_value=widget.raw_value if widget.set_value else widget.options[widget.default]
        )
    if kind == "button_group":
        state = WidgetState(id=widget.id)
        chosen = widget.raw_values if widget.set_value else [option_text(widget.options[n]) for n in widget.default]
        state.string_array_value.data.extend(chosen)
        return state
    return None


def option_text(option: Any) -> str:
    """An option of a button group as the app wrote it."""
    return f"{option.content_icon} {option.content}".strip()


def sets_value(shown: Shown) -> bool:
    """Whether the server gives the widget a value of its own, over what the front end had."""
    return bool(getattr(shown.message, "set_value", False))
