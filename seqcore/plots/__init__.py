"""Pictures: `plot_x(data) -> Figure`, and `describe_x(data) -> str`, which says the same in words.

Figures are transparent, readable from afar, and right in light and dark.
"""

from seqcore.plots.along import ReadLine, along_width, describe_reading_along, plot_reading_along
from seqcore.plots.calibration import (
    CostLine,
    Reliability,
    describe_costs,
    describe_coverage,
    describe_reliability,
    plot_costs,
    plot_coverage,
    plot_reliability,
)
from seqcore.plots.canvas import PLOT_CONFIG, SELECT_CONFIG, Line, plain
from seqcore.plots.confusion import describe_confusion, least_width, most_confused, plot_confusion
from seqcore.plots.cost import LEAST_WIDTH, CostMark, CostPanel, plot_costs_of_accuracy
from seqcore.plots.data_curve import GrownCurve, describe_data_curves, plot_data_curves
from seqcore.plots.disagreements import describe_right_where_wrong, matrix_width, plot_right_where_wrong
from seqcore.plots.drawn_words import WordBar, describe_drawn_words, plot_drawn_words
from seqcore.plots.gates import UnitLine, describe_gate, describe_unit, gate_width, plot_gate, plot_unit
from seqcore.plots.importance import ImportanceBar, plot_importances
from seqcore.plots.interval_picture import draw_intervals, joined
from seqcore.plots.line_code import variants
from seqcore.plots.memory import FadingLine, describe_memory, plot_memory
from seqcore.plots.memory_race import RacedModel, describe_memory_race, plot_memory_race
from seqcore.plots.moments import (
    MOST_LINES,
    Beneath,
    Strip,
    along_picture,
    describe_moments,
    plot_moments,
    table_of_moments,
)
from seqcore.plots.over_epochs import (
    EpochLine,
    describe_map_over_epochs,
    describe_over_epochs,
    map_over_epochs_width,
    plot_map_over_epochs,
    plot_over_epochs,
)
from seqcore.plots.plane import OwnMark, PlanePoint, describe_plane, plot_plane
from seqcore.plots.scores import (
    describe_class_scores,
    describe_lines,
    describe_slice_scores,
    plot_class_scores,
    plot_precision_recall,
    plot_roc,
)
from seqcore.plots.svg_curves import draw_svg_curves
from seqcore.plots.svg_intervals import Scored, describe_intervals
from seqcore.plots.texts import (
    describe_class_counts,
    describe_lengths,
    describe_other_classes,
    plot_class_counts,
    plot_lengths,
)
from seqcore.plots.training import ModelCurves, SeedCurves, curves, describe_curves
from seqcore.plots.trial_axes import DrawnTrial, TrialAxis
from seqcore.plots.trials import plot_trials, trials_width
from seqcore.plots.weighing import describe_weighing, plot_weighing
from seqcore.plots.weights import (
    describe_token_weights,
    plot_token_weights,
)

__all__ = [
    "LEAST_WIDTH",
    "MOST_LINES",
    "PLOT_CONFIG",
    "SELECT_CONFIG",
    "Beneath",
    "CostLine",
    "CostMark",
    "CostPanel",
    "DrawnTrial",
    "EpochLine",
    "FadingLine",
    "GrownCurve",
    "ImportanceBar",
    "Line",
    "ModelCurves",
    "OwnMark",
    "PlanePoint",
    "RacedModel",
    "ReadLine",
    "Reliability",
    "Scored",
    "SeedCurves",
    "Strip",
    "TrialAxis",
    "UnitLine",
    "WordBar",
    "along_picture",
    "along_width",
    "curves",
    "describe_class_counts",
    "describe_class_scores",
    "describe_confusion",
    "describe_costs",
    "describe_coverage",
    "describe_curves",
    "describe_data_curves",
    "describe_drawn_words",
    "describe_gate",
    "describe_intervals",
    "describe_lengths",
    "describe_lines",
    "describe_map_over_epochs",
    "describe_memory",
    "describe_memory_race",
    "describe_moments",
    "describe_other_classes",
    "describe_over_epochs",
    "describe_plane",
    "describe_reading_along",
    "describe_reliability",
    "describe_right_where_wrong",
    "describe_slice_scores",
    "describe_token_weights",
    "describe_unit",
    "describe_weighing",
    "draw_intervals",
    "draw_svg_curves",
    "gate_width",
    "joined",
    "least_width",
    "map_over_epochs_width",
    "matrix_width",
    "most_confused",
    "plain",
    "plot_class_counts",
    "plot_class_scores",
    "plot_confusion",
    "plot_costs",
    "plot_costs_of_accuracy",
    "plot_coverage",
    "plot_data_curves",
    "plot_drawn_words",
    "plot_gate",
    "plot_importances",
    "plot_lengths",
    "plot_map_over_epochs",
    "plot_memory",
    "plot_memory_race",
    "plot_moments",
    "plot_over_epochs",
    "plot_plane",
    "plot_precision_recall",
    "plot_reading_along",
    "plot_reliability",
    "plot_right_where_wrong",
    "plot_roc",
    "plot_token_weights",
    "plot_trials",
    "plot_unit",
    "plot_weighing",
    "table_of_moments",
    "trials_width",
    "variants",
]
