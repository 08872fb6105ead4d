"""One press makes a new version of the data from what was found; the test that a person brought stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count
from seqcore.ui.session import shared, state

if TYPE_CHECKING:
    from seqcore.analysis.xray import XRay
    from seqcore.datasets.cleaning import Changes
    from seqcore.datasets.labelled_text import LabelledText

_MOST_SUSPECTS = 200
_WHAT = "What to do"
_STAYS, _ACTIONS = "keep the label", {"take the likelier": "relabel", "leave the row out": "drop"}


def draw_new_version(found: XRay, data: LabelledText) -> None:
    """The choice of what is changed, and the button; what is there now stays as it is."""
    from seqcore.analysis.xray import findings_of
    from seqcore.lab.xray.version import DROPPED, Wanted, changes_wanted

    names = [finding.name for finding in findings_of(found) if finding.name in DROPPED]
    if not names:
        return
    with st.expander("Make a new version of the data", key="new-version", icon=":material/auto_fix_high:"):
        st.caption(
            "What is in use stays stored as it is; the new version has a name of its own. "
            + ("Rows that were brought to test on are left as they are, unless you say otherwise."
               if found.given_test else "The test part is drawn anew from what is left.")
        )  # fmt: skip
        drop = tuple(name for name in names if name != "suspects" and _ticked(name, DROPPED[name][0]))
        mend = any(each.mended for each in found.damaged) and st.checkbox("Mend wrong encodings", key="version-mend")
        test_too = found.given_test and st.checkbox("Change the test rows, too", key="version-test-too")
        suspects = _choose_suspects(found, data) if "suspects" in names else {}
        wanted = Wanted(drop=drop, suspects=suspects, mend=mend, test_too=test_too)
        changes = changes_wanted(data, found, wanted)
        _draw_button(changes, data, asked=wanted.anything)


def _ticked(name: str, label: str) -> bool:
    return bool(st.checkbox(label, key=f"version-{name}"))


def _choose_suspects(found: XRay, data: LabelledText) -> dict[int, str]:
    """What is done with each label that may be wrong: the surest, one by one."""
    shown = found.suspects[:_MOST_SUSPECTS]
    st.markdown("Labels that may be wrong, the surest first: read each, and say what becomes of it.")
    table: dict[str, list[Any]] = {
        "Row": [data.number(suspect.row) for suspect in shown],
        "Text": [shorten(data.texts[suspect.row], 300) for suspect in shown],
        "Label": [shorten(suspect.label, 60) for suspect in shown],
        "More likely": [shorten(suspect.suggested, 60) for suspect in shown],
    }
    if data.given_split:
        table["Part"] = [data.given_split[suspect.row] for suspect in shown]
    table[_WHAT] = [_STAYS] * len(shown)
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[name for name in table if name != _WHAT],
        column_config={
            "Text": st.column_config.TextColumn(width="large"),
            _WHAT: st.column_config.SelectboxColumn(options=[_STAYS, *_ACTIONS], required=True),
        },
        key=f"version-suspects-{data.content_hash}",
        alt="Labels that may be wrong, and what becomes of each",
    )
    said = zip(shown, map(str, edited[_WHAT]), strict=True)
    return {suspect.row: _ACTIONS[action] for suspect, action in said if action in _ACTIONS}


def _draw_button(changes: Changes, data: LabelledText, *, asked: bool) -> None:
    for sentence in changes.said:
        st.markdown(f":material/edit: {escape_markdown(sentence, 200)}")
    if asked and not changes:
        st.markdown(":material/info: Only rows of the test would change, and they stay as they are")
    left = len(data) - len(set(changes.drop))
    st.button(
        f"Keep {count(left, 'row')} as a new version" if changes else "Keep as a new version",
        key="version-keep", icon=":material/save:", disabled=not changes, on_click=_keep, args=(data, changes),
    )  # fmt: skip


def _keep(data: LabelledText, changes: Changes) -> None:
    from seqcore.datasets.cleaning import new_version
    from seqcore.errors import SeqlabError

    try:
        cleaned = new_version(data, changes)
        dataset = shared.get_store().datasets.add(state.workspace(), cleaned)
    except SeqlabError as error:
        st.error(escape_markdown(str(error), 400))
        return
    state.set_draft(None)
    state.set_current_dataset(dataset.id)
    for key in ("data-source", "data-stored"):
        st.session_state.pop(key, None)
