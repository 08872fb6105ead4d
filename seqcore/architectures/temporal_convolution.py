"""A temporal convolutional network: filters that look back over gaps which double from block to block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seqcore.architectures.memory import Footprint
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Axis, Stage, steps_of
from seqcore.spec import Options, option

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence

FILTERS_OF_A_BLOCK = 2


class TemporalConvolutionOptions(Options):
    """Options of the temporal convolutional network; it has blocks of its own in the place of shared layers."""

    embedding_size: int = option(
        32, "Embedding size", "Length of the vector that stands for one step.", ge=2, le=512, step=8
    )
    units: int = option(32, "Units", "Filters of each convolution.", ge=2, le=512, step=8)
    blocks: int = option(
        6,
        "Blocks",
        "Each looks back twice as far as the one below; six of width 3 see the last 253 steps.",
        ge=1,
        le=10,
        step=1,
    )
    filter_width: int = option(3, "Filter width", "Steps that one filter sees.", ge=2, le=8, step=1, more=True)
    dropout: float = option(
        0.0,
        "Dropout",
        "Share of the filters that is set to zero at random during training, for all steps of an example at once.",
        ge=0.0,
        le=0.9,
        step=0.05,
        more=True,
    )


def steps_seen(options: TemporalConvolutionOptions) -> int:
    """How many of the last steps the last state depends on: 1 + 2 (w - 1)(2^blocks - 1)."""
    return 1 + FILTERS_OF_A_BLOCK * (options.filter_width - 1) * ((1 << options.blocks) - 1)


def count_temporal_convolution(sizes: Sizes, options: TemporalConvolutionOptions) -> dict[str, int]:
    """Two convolutions a block, and a projection of what the first block reads where its width is another."""
    inputs, units, width = options.embedding_size, options.units, options.filter_width
    blocks = (width * inputs + 1) * units + (2 * options.blocks - 1) * (width * units + 1) * units
    projection = (inputs + 1) * units if inputs != units else 0
    return {**sizes.vector_parameters(inputs), "blocks": blocks + projection, "head": (units + 1) * sizes.outputs}


def footprint_of_temporal_convolution(_sizes: Sizes, options: TemporalConvolutionOptions) -> Footprint:
    """Every block keeps what its two convolutions said and what was added; gaps are cut out and put back."""
    hidden = 3.0 if options.dropout else 0.0
    return Footprint(per_step=options.units * options.blocks * (8 + hidden) + 5 * options.embedding_size)


def stages_of_temporal_convolution(sizes: Sizes, options: TemporalConvolutionOptions) -> tuple[Stage, ...]:
    """The blocks, and what stands at the last step."""
    units, seen = Axis("units", options.units), steps_seen(options)
    gaps = "1" if options.blocks == 1 else "1, 2" if options.blocks == 2 else f"1 to {2 ** (options.blocks - 1)}"
    return (
        Stage(
            f"Causal convolutions, {options.blocks} blocks" if options.blocks > 1 else "Causal convolutions, 1 block",
            "causal_convolution",
            f"Filters look at {options.filter_width} steps that lie {gaps} apart, none of them ahead; what they find "
            f"is added to what they read. The last step has seen {seen:,} steps.",
            (steps_of(sizes), units), ("blocks",), layer=f"block_{options.blocks - 1}",
        ),
        Stage("Last step", "summary", "What stands at the last step.", (units,), layer="last_step"),
    )  # fmt: skip


@register(
    "tcn",
    label="TCN",
    idea="Stacks filters that look back only, over gaps that double, so a few of them see far: "
    "order counts, and no state is carried.",
    equations=(
        r"u_t = \mathrm{relu}(W_1\,[x_{t-(w-1)d}; \ldots; x_t] + b_1)",
        r"v_t = \mathrm{relu}(W_2\,[u_{t-(w-1)d}; \ldots; u_t] + b_2)",
        r"x_t \leftarrow \mathrm{relu}(x_t + v_t), \quad d = 1, 2, 4, \ldots",
        r"s = x_T",
    ),
    options=TemporalConvolutionOptions,
    count=count_temporal_convolution,
    width="units",
    color="#c94a5a",
    dash="longdashdot",
    footprint=footprint_of_temporal_convolution,
    stages=stages_of_temporal_convolution,
)
def build_tcn(sequence: Sequence, options: TemporalConvolutionOptions) -> Any:
    """What stands at the last real step, Bai, Kolter & Koltun 2018 (arXiv:1803.01271): `(batch, units)`.

    Causal filters reach back only, and padding follows an example: no real step ever sees it. The weight
    normalisation of the paper is left out.
    """
    from keras import layers, ops

    from seqcore.layers.last_step import last_step

    def filtered(states: Any, index: int, place: int) -> Any:
        convolution = layers.Conv1D(
            options.units, options.filter_width, padding="causal", dilation_rate=2**index, activation="relu",
            name=f"filters_{index}_{place}",
        )  # fmt: skip
        states = convolution(states)
        if options.dropout:
            states = layers.SpatialDropout1D(options.dropout, name=f"dropout_{index}_{place}")(states)
        return states

    real = ops.expand_dims(ops.cast(sequence.mask, "float32"), -1)
    states = ops.multiply(sequence.vectors(options.embedding_size, options.dropout), real)
    for index in range(options.blocks):
        found = filtered(filtered(states, index, 0), index, 1)
        if states.shape[-1] != options.units:
            states = layers.Dense(options.units, name=f"projection_{index}")(states)
        states = layers.Add(name=f"sum_{index}")([states, found])
        states = layers.Activation("relu", name=f"block_{index}")(states)
    return last_step(states, sequence)
