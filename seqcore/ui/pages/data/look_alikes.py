"""Labels that only look alike: one press makes them one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown

_GROUPS_SHOWN = 4


def offer_merging(groups: Sequence[Sequence[str]], key: str) -> bool:
    """Draw the switch that merges labels that look alike.

    Args:
        groups: Labels that look alike, the commonest of each group first.
        key: Of the switch, whose state is set already.
    """
    alike = ", ".join(
        " and ".join(f"“{escape_markdown(label, 40)}”" for label in group) for group in groups[:_GROUPS_SHOWN]
    )
    more = f" and {len(groups) - _GROUPS_SHOWN:,} others" if len(groups) > _GROUPS_SHOWN else ""
    return st.toggle(f"Merge labels that look alike: {alike}{more}", key=key)
