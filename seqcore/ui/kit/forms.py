"""Forms drawn from declared settings, so that a new setting has its control the day it is declared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from seqcore.spec import Options
from seqcore.ui.kit.controls import Control, controls


def options_form(
    options: type[Options],
    values: Mapping[str, Any],
    key: str,
    *,
    columns: int = 1,
    skip: Collection[str] = (),
    explain: Callable[[str, str], str] | None = None,
) -> dict[str, Any]:
    """Draw a control for every setting; those declared `more` are folded under "More settings".

    Args:
        options: The options model.
        values: Settings in force; a name that is missing shows its default.
        key: Prefix of the controls' keys, unique on the page.
        columns: Controls side by side, at most four.
        skip: Settings that are not asked for here.
        explain: From a control's title and its help to the Markdown that its help says.

    Returns:
        Every setting that was drawn, with its value.
    """
    asked = [control for control in controls(options) if control.name not in skip]
    if explain is not None:
        asked = [replace(control, help=explain(control.title, control.help)) for control in asked]
    first = [control for control in asked if not control.more]
    folded = [control for control in asked if control.more]
    chosen = _draw_grid(first, values, key, columns)
    if folded:
        changed = sum(values.get(control.name, control.default) != control.default for control in folded)
        label = f"More settings ({changed} changed)" if changed else "More settings"
        with st.expander(label, key=f"{key}-more", type="compact"):
            chosen |= _draw_grid(folded, values, key, columns)
    return chosen


def fill_form(options: type[Options], values: Mapping[str, Any], key: str) -> None:
    """Give the controls of a form new values; call it before they are drawn, or from a callback."""
    for control in controls(options):
        if control.name in values:
            st.session_state[_widget_key(key, control)] = control.fitted(values[control.name])


def _draw_grid(asked: Sequence[Control], values: Mapping[str, Any], key: str, columns: int) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    width = max(1, min(columns, 4))
    for start in range(0, len(asked), width):
        row = asked[start : start + width]
        for control, cell in zip(row, st.columns(width) if width > 1 else [st.container()], strict=False):
            with cell:
                chosen[control.name] = _draw_control(control, values.get(control.name, control.default), key)
    return chosen


def _draw_control(control: Control, value: Any, key: str) -> Any:
    widget, value = _widget_key(key, control), control.fitted(value)
    if widget not in st.session_state:
        st.session_state[widget] = value
    # The value is handed over as the default too: a control whose state Streamlit has dropped would show its minimum.
    if control.kind == "switch":
        return st.toggle(control.title, value=value, key=widget, help=control.help)
    if control.kind == "choice":
        return _draw_choice(control, value, widget)
    entered = _draw_number(control, value, widget)
    number = control.default if entered is None else entered
    if control.zero and number == 0:
        st.caption(f"0: {control.zero}.")
    return number


def _draw_choice(control: Control, value: Any, widget: str) -> Any:
    values = list(control.choices)
    if len(values) == 2:
        chosen = st.segmented_control(
            control.title,
            values,
            default=value,
            format_func=control.choices.__getitem__,
            key=widget,
            help=control.help,
            required=True,
        )
    else:
        chosen = st.selectbox(
            control.title,
            values,
            index=values.index(value),
            format_func=control.choices.__getitem__,
            key=widget,
            help=control.help,
        )
    return control.default if chosen is None else chosen


def _draw_number(control: Control, value: Any, widget: str) -> float | int | None:
    kind = int if control.kind == "integer" else float
    return st.number_input(
        control.title,
        min_value=None if control.least is None else kind(control.least),
        max_value=None if control.greatest is None else kind(control.greatest),
        value=kind(value),
        step=kind(control.step) if control.step is not None else None,
        format="%d" if kind is int else "%g",
        key=widget,
        help=control.help,
    )


def _widget_key(key: str, control: Control) -> str:
    return f"{key}-{control.name}"
