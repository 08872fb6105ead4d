"""The tabs of Look inside, in the order shown."""

from __future__ import annotations

from collections.abc import Callable

from seqcore.ui.pages.look.along_tab import draw_along
from seqcore.ui.pages.look.attention.tab import draw_attention
from seqcore.ui.pages.look.cell.tab import draw_cell
from seqcore.ui.pages.look.memory.tab import draw_memory
from seqcore.ui.pages.look.plane.tab import draw_planes
from seqcore.ui.pages.look.room import Room
from seqcore.ui.pages.look.test_set.tab import draw_over_texts
from seqcore.ui.pages.look.training.tab import OVER_TRAINING, draw_over_training
from seqcore.ui.pages.look.what_if.tab import draw_what_if
from seqcore.ui.pages.look.what_mattered import draw_what_mattered

TABS: dict[str, Callable[[Room], None]] = {
    "What mattered": draw_what_mattered,
    "What if": draw_what_if,
    "Attention": draw_attention,
    "Reading along": draw_along,
    "Inside the cell": draw_cell,
    "Memory": draw_memory,
    "Words and texts": draw_planes,
    "Over the test set": draw_over_texts,
    OVER_TRAINING: draw_over_training,
}
