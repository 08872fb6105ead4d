"""What a sweep searches: settings are ticked, each with its range or its values as the declaration suggests them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.architectures import get_architecture
from seqcore.errors import OptionError
from seqcore.kinds import get_kind
from seqcore.lab.sweep.space import Searched, declaration_of, search_space, searchable_groups
from seqcore.ui.kit.controls import Control, control_of
from seqcore.ui.session import memory_notes

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.plan import Choices

KEY = "sweep-form"  # begins the keys of all that the form asks
_USUAL = ("units", "learning_rate")  # ticked until somebody ticks others; a model without them: all that is its own


def choose_ranges(base: Choices, data: LabelledData) -> tuple[str, ...]:
    """Draw the settings of one architecture, to be ticked, and the range of each that is.

    Returns:
        What is searched, as `search_space` reads it.
    """
    (name,) = base.architectures
    st.header("What is searched", anchor=False)
    groups = searchable_groups(name, base)
    titles = {
        "model": get_architecture(name).label, "training": "Training",
        "input": f"How {get_kind(base.input.kind).examples} are read",
    }  # fmt: skip
    ticked: list[str] = []
    for group, names in groups.items():
        ticked += _tick(titles[group], f"{KEY}-tick-{name}-{group}", names, base)
    return tuple(filter(None, (_choose_range(each, base, data) for each in ticked)))


def _tick(title: str, key: str, names: tuple[str, ...], base: Choices) -> list[str]:
    called = {each: _control(each, base).title for each in names}
    usual = [each for each in names if each.rpartition(".")[2] in _USUAL]
    if not usual and names[0].rpartition(".")[1]:
        usual = [each for each in names if not _control(each, base).more]
    picked = st.pills(
        title, list(names), selection_mode="multi", default=usual, format_func=called.__getitem__, key=key,
    )  # fmt: skip
    return [each for each in names if each in picked]


def _choose_range(name: str, base: Choices, data: LabelledData) -> str:
    """One setting that is ticked: from and to, or its values; empty where nothing is left of it."""
    (searched,) = search_space(base.architectures[0], [name], base)
    control = _control(name, base)
    with st.container(border=True, key=f"sweep-range-{name.replace('.', '-')}", gap="small"):
        about, ends = st.columns([3, 5], vertical_alignment="center")
        about.markdown(f"**{control.title}**", help=control.help)
        with ends:
            if searched.values:
                return _choose_values(name, control, searched)
            low, high = _choose_ends(name, control, searched)
        scale = "by ratio: every doubling counts the same" if searched.log and low > 0 else "by difference"
        about.caption(f"Searched {scale}.")
        if not low < high:
            about.caption(":red[From must be less than to.]")
            return ""
        _say_what_does_not_fit(name, high, base, data)
    return f"{name}={low}:{high}"


def _choose_ends(name: str, control: Control, searched: Searched) -> tuple[float, float]:
    left, right = st.columns(2)
    number: Any = int if searched.whole else float
    found = []
    for cell, end, usual in ((left, "From", searched.low), (right, "To", searched.high)):
        found.append(
            cell.number_input(
                f"{control.title}: {end.lower()}", number(control.least), number(control.greatest), number(usual),
                number(control.step or 1), key=f"{KEY}-{end}-{name}", format="%d" if searched.whole else "%g",
            )
        )  # fmt: skip
    return found[0], found[1]


def _choose_values(name: str, control: Control, searched: Searched) -> str:
    labels: dict[Any, str] = control.choices or {False: "Off", True: "On"}
    picked = st.pills(
        f"{control.title}: values", list(searched.values), selection_mode="multi", default=list(searched.values),
        format_func=lambda value: labels.get(value, str(value)), key=f"{KEY}-values-{name}",
        label_visibility="collapsed",
    )  # fmt: skip
    if not picked:
        st.caption(":red[Choose at least one value.]")
        return ""
    said = ("on" if value is True else "off" if value is False else str(value) for value in picked)
    return f"{name}={'/'.join(said)}"


def _say_what_does_not_fit(name: str, high: float, base: Choices, data: LabelledData) -> None:
    """Whether the upper end alone is too large for the memory; such trials are left out."""
    with suppress(OptionError):  # alone it does not go with the others; with others it may
        if memory_notes.what_does_not_fit(data, base.with_values({name: high})):
            st.caption(f":material/memory: Up to {high:g} does not fit in memory: what does not is not tried.")


def _control(name: str, base: Choices) -> Control:
    return control_of(name.rpartition(".")[2], declaration_of(name, base))
