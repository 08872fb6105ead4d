"""Every setting of a run, declared once with its default, its bounds and its help."""

from seqcore.spec.inputs import InputOptions, default_input, input_options
from seqcore.spec.options import Options, checked, declared, derived, option, validated
from seqcore.spec.presets import NOTEBOOK_PRESET, PRESETS
from seqcore.spec.run import RunSpec, SplitOptions, TrainingOptions

__all__ = [
    "NOTEBOOK_PRESET",
    "PRESETS",
    "InputOptions",
    "Options",
    "RunSpec",
    "SplitOptions",
    "TrainingOptions",
    "checked",
    "declared",
    "default_input",
    "derived",
    "input_options",
    "option",
    "validated",
]
