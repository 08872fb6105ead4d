"""What cannot be trained for want of memory, said before anybody presses Train, with what would fit one press away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.engine.worker_memory import memory_of_worker
from seqcore.lab import memory
from seqcore.settings import get_settings
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import cache, current, settings_form

if TYPE_CHECKING:
    from seqcore.architectures.fitting import Change, TooLarge
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.plan import Choices


def what_does_not_fit(data: LabelledData, chosen: Choices) -> Mapping[str, TooLarge]:
    """The chosen architectures that no training process has the memory for, by their names."""
    limit = memory_of_worker(get_settings())
    return memory.what_does_not_fit(data, chosen, limit, lambda: _measured(data, chosen))


def draw_memory_notes(refused: Mapping[str, TooLarge]) -> None:
    """A sentence for each of them, and a button for each change with which it would fit."""
    for name, found in refused.items():
        with st.container(key=f"memory-{name}", gap="xsmall"):
            st.warning(escape_markdown(str(found.error()), 600), icon=":material/memory:")
            with st.container(horizontal=True):
                for number, change in enumerate(found.changes):
                    label = change.said[:1].upper() + change.said[1:]
                    st.button(label, key=f"fit-{name}-{number}", on_click=_take, args=(change,))


def _take(change: Change) -> None:
    chosen = current.choices().with_values(dict(change.values))
    current.choose(chosen)
    settings_form.show(chosen)


def _measured(data: LabelledData, chosen: Choices) -> memory.Measured:
    return cache.measured(data.content_hash, chosen.input, chosen.split, data)
