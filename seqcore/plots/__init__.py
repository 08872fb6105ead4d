"""Pictures: `plot_x(data) -> Figure`, transparent, readable from afar, right in light and dark."""

from seqcore.plots.canvas import PLOT_CONFIG, Line, plain
from seqcore.plots.scores import plot_class_scores, plot_confusion, plot_precision_recall, plot_roc
from seqcore.plots.texts import plot_class_counts, plot_lengths
from seqcore.plots.training import plot_curves
from seqcore.plots.weights import plot_attention_matrix, plot_token_weights

__all__ = [
    "PLOT_CONFIG",
    "Line",
    "plain",
    "plot_attention_matrix",
    "plot_class_counts",
    "plot_class_scores",
    "plot_confusion",
    "plot_curves",
    "plot_lengths",
    "plot_precision_recall",
    "plot_roc",
    "plot_token_weights",
]
