"""How an architecture reads a text, drawn: words above, the answer below, what carries over in its own colour."""

from seqcore.plots.reading.picture import ReadText, draw_reading
from seqcore.plots.reading.tensors import draw_tensor

__all__ = ["ReadText", "draw_reading", "draw_tensor"]
