"""A GRU whose gate looks at the step alone, so that all steps can be computed at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from seqcore.architectures.memory import Footprint
from seqcore.architectures.recurrent import GatedOptions
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Axis, Stage

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence


def count_min_gru(sizes: Sizes, options: GatedOptions) -> dict[str, int]:
    """A gate and a candidate a layer, each with weights of what the layer reads and a bias, none of the state."""
    units, inputs = options.units, options.embedding_size
    layers = 2 * (inputs + 1) * units + (options.layers - 1) * 2 * (units + 1) * units
    return {**sizes.vector_parameters(inputs), "recurrent": layers, "head": (units + 1) * sizes.outputs}


def footprint_of_min_gru(sizes: Sizes, options: GatedOptions) -> Footprint:
    """Every round of the scan keeps what it joined."""
    rounds = math.ceil(math.log2(max(sizes.input.longest, 2)))
    hidden = 1.5 if options.dropout else 0.0
    return Footprint(per_step=options.units * options.layers * (8 + 4 * rounds + hidden) + 4 * options.embedding_size)


def stages_of_min_gru(_sizes: Sizes, options: GatedOptions) -> tuple[Stage, ...]:
    """The layers together, and the last state."""
    several = f", {options.layers} layers" if options.layers > 1 else ""
    return (
        Stage(
            f"minGRU{several}", "recurrent",
            "Each vector makes its own gate and candidate, without a look at the state; the states of all steps come "
            "from these at once, and the last one is kept.",
            (Axis("units", options.units),), ("recurrent",), layer="last_step", cell="minGRU",
        ),
    )  # fmt: skip


@register(
    "min_gru",
    label="minGRU",
    idea="A GRU whose gate looks at the step alone: fewer numbers, and all steps at once; one layer weighs a step "
    "without knowing what came before it.",
    equations=(
        r"z_t = \sigma(W_z x_t + b_z)",
        r"\tilde{h}_t = W_h x_t + b_h",
        r"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde{h}_t",
    ),
    options=GatedOptions,
    count=count_min_gru,
    width="units",
    color="#5b9a28",
    dash="dashdot",
    footprint=footprint_of_min_gru,
    stages=stages_of_min_gru,
)
def build_min_gru(sequence: Sequence, options: GatedOptions) -> Any:
    """The last state, Feng et al. 2024 (arXiv:2410.01201): `(batch, units)`."""
    import keras

    from seqcore import layers
    from seqcore.layers.last_step import last_step
    from seqcore.layers.min_gru import gates_of, min_gru

    longest = sequence.sizes.input.longest
    states = sequence.vectors(options.embedding_size, options.dropout)
    for index in range(options.layers):
        gates = gates_of(options.units, index)
        states = min_gru(gates, states, longest)
        if options.memory == "long":
            layers.remember_long(gates, longest)
        if options.dropout and index < options.layers - 1:
            states = keras.layers.Dropout(options.dropout, name=f"dropout_{index}")(states)
    last = last_step(states, sequence)
    return keras.layers.Dropout(options.dropout, name="dropout")(last) if options.dropout else last
