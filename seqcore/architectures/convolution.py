"""A convolutional network: detectors of short phrases, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seqcore.architectures.memory import Footprint
from seqcore.architectures.registry import SharedOptions, Sizes, register
from seqcore.architectures.stages import Axis, Stage, steps_of

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence
from seqcore.spec import option


class ConvolutionOptions(SharedOptions):
    """Options of the convolutional network; `units` is the number of filters of each width."""

    widest: int = option(4, "Widest filter", "Filters see 2 up to this many neighbouring steps.", ge=2, le=8, step=1)


def count_convolution(sizes: Sizes, options: ConvolutionOptions) -> dict[str, int]:
    """Each filter of width w has w · inputs numbers and a bias."""
    widths = range(2, options.widest + 1)
    inputs, filters = options.embedding_size, 0
    for _ in range(options.layers):
        filters += sum((width * inputs + 1) * options.units for width in widths)
        inputs = options.units * len(widths)
    return {
        **sizes.vector_parameters(options.embedding_size),
        "filters": filters,
        "head": (inputs + 1) * sizes.outputs,
    }


def footprint_of_convolution(_sizes: Sizes, options: ConvolutionOptions) -> Footprint:
    """Every layer keeps the answers of its filters, one by one, joined and without padding."""
    filters = options.units * (options.widest - 1)
    return Footprint(per_step=filters * (2.5 + 4 * (options.layers - 1)) + 5 * options.embedding_size)


def stages_of_convolution(sizes: Sizes, options: ConvolutionOptions) -> tuple[Stage, ...]:
    """The filters of all widths, and the strongest answer of each."""
    widths, last = options.widest - 1, options.layers - 1
    filters = Axis("filters", options.units * widths)
    seen = "2" if widths == 1 else f"2 to {options.widest}"
    return (
        Stage(
            "Filters" + (f", {options.layers} layers" if last else ""), "convolution",
            f"{options.units} filters of each width look at {seen} neighbours at a time, at every place.",
            (steps_of(sizes), filters), ("filters",), layer=f"filters_{last}" if widths > 1 else f"filters_2_{last}",
        ),
        Stage("Strongest", "summary", "The strongest answer of each filter, wherever.", (filters,), layer="strongest"),
    )  # fmt: skip


@register(
    "cnn",
    label="CNN",
    idea="Slides small filters over the steps and keeps the strongest response of each: only short stretches count.",
    equations=(
        r"c_t = \mathrm{relu}(W\,[x_t; \ldots; x_{t+w-1}] + b)",
        r"s = \max_t c_t",
    ),
    options=ConvolutionOptions,
    count=count_convolution,
    width="units",
    color="#85852a",
    dash="dash",
    footprint=footprint_of_convolution,
    stages=stages_of_convolution,
)
def build_cnn(sequence: Sequence, options: ConvolutionOptions) -> Any:
    """The strongest answer of every filter, Kim 2014 (arXiv:1408.5882): `(batch, filters)`.

    Padding is set to zero before every convolution, as if the text stood alone, and again before the maximum.
    """
    from keras import layers, ops

    real = ops.expand_dims(ops.cast(sequence.mask, "float32"), -1)
    states = ops.multiply(sequence.vectors(options.embedding_size, options.dropout), real)
    for index in range(options.layers):
        widths = [
            layers.Conv1D(options.units, width, padding="same", activation="relu", name=f"filters_{width}_{index}")(
                states
            )
            for width in range(2, options.widest + 1)
        ]
        joined = layers.Concatenate(name=f"filters_{index}")(widths) if len(widths) > 1 else widths[0]
        states = ops.multiply(joined, real)
    strongest = layers.GlobalMaxPooling1D(name="strongest")(states)
    return layers.Dropout(options.dropout, name="dropout")(strongest) if options.dropout else strongest
