"""Every inspection, registered on import, in the order they are shown."""

from seqcore.inspections import (  # noqa: F401, I001  (order shown)
    prediction,
    attention,
    rollout,
    heads,
    attention_matrix,
    integrated_gradients,
    gradient_input,
    occlusion,
    trust,
    attention_changed,
    reading_along,
    memory,
    gates,
    cell_step,
    attention_step,
    units,
    word_order,
    word_plane,
    text_plane,
    neighbours,
    drawn_words,
    maps_disagree,
    ground_truth,
    flips,
)
from seqcore.inspections.registry import Inspection, get_inspection, inspections, register

__all__ = ["Inspection", "get_inspection", "inspections", "register"]
