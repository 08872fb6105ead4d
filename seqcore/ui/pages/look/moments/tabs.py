"""The tabs of Look inside for data whose steps are moments, in the order shown."""

from __future__ import annotations

from collections.abc import Callable

from seqcore.ui.pages.look.memory.tab import draw_memory
from seqcore.ui.pages.look.moments.along import draw_along
from seqcore.ui.pages.look.moments.attention import draw_attention
from seqcore.ui.pages.look.moments.cell import draw_cell
from seqcore.ui.pages.look.moments.mattered import draw_mattered
from seqcore.ui.pages.look.moments.over_test_set import draw_over_examples
from seqcore.ui.pages.look.room import Room

# Of the tabs for texts, "What if" and "Words and texts" change and compare words; they have no meaning here.
MOMENT_TABS: dict[str, Callable[[Room], None]] = {
    "What mattered": draw_mattered,
    "Attention": draw_attention,
    "Reading along": draw_along,
    "Inside the cell": draw_cell,
    "Memory": draw_memory,
    "Over the test set": draw_over_examples,
}
