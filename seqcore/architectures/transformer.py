"""A transformer encoder: every step looks at every other at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import model_validator

from seqcore.architectures.memory import Footprint
from seqcore.architectures.registry import SharedOptions, Sizes, register
from seqcore.architectures.stages import Axis, Stage, steps_of

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence
from seqcore.spec import option


class TransformerOptions(SharedOptions):
    """Options of the transformer; `units` is the width of its feed-forward layers."""

    heads: int = option(
        4, "Heads", "Attention heads that work side by side; must divide the embedding size.", ge=1, le=16, step=1
    )

    @model_validator(mode="after")
    def _heads_divide(self) -> TransformerOptions:
        if self.embedding_size % self.heads:
            raise ValueError(
                f"the embedding size must be a multiple of the number of heads, "
                f"and {self.embedding_size} is none of {self.heads}"
            )
        return self


def count_transformer(sizes: Sizes, options: TransformerOptions) -> dict[str, int]:
    """Token and position vectors; per block four projections, a feed-forward pair, two normalisations."""
    size = options.embedding_size
    attention = 4 * (size * size + size) + 2 * size
    feed_forward = (size + 1) * options.units + (options.units + 1) * size + 2 * size
    return {
        **sizes.vector_parameters(size),
        "positions": (sizes.input.longest + 1) * size,
        "attention": options.layers * attention,
        "feed-forward": options.layers * feed_forward + 2 * size,
        "head": (size + 1) * sizes.outputs,
    }


def footprint_of_transformer(_sizes: Sizes, options: TransformerOptions) -> Footprint:
    """Every head of every layer weighs every two steps; some copies of that while its gradient is computed."""
    hidden = 1.5 if options.dropout else 0.0
    copies = 4.5 + hidden + (2.5 + hidden) * (options.layers - 1)
    per_step = (16 + 12 * (options.layers - 1)) * options.embedding_size + 6 * options.units * options.layers
    return Footprint(per_step=per_step, per_pair=options.heads * copies)


def stages_of_transformer(sizes: Sizes, options: TransformerOptions) -> tuple[Stage, ...]:
    """Positions, weights, what the blocks make of each step, and the mean over all of them."""
    steps, size, last = steps_of(sizes), Axis("embedding size", options.embedding_size), options.layers - 1
    blocks = f" in each of {options.layers} blocks" if last else ""
    return (
        Stage(
            "Positions", "vectors", "A vector that was learned for its place is added to each, or order would be lost.",
            (steps, size), ("positions",), layer="embedding_sum",
        ),
        Stage(
            "Self-attention", "self_attention",
            f"Each head weighs every step for every step{blocks}; what it finds there is added to the step's vector.",
            (Axis("heads", options.heads), steps, steps), ("attention",), layer="attention_0", output=1,
        ),
        Stage(
            "Feed-forward", "other", f"A small network of its own changes each step's vector{blocks}.",
            (steps, size), ("feed-forward",), layer=f"feed_forward_sum_{last}",
        ),
        Stage("Mean", "summary", "The mean over all steps.", (size,), layer="mean_of_steps"),
    )  # fmt: skip


@register(
    "transformer",
    label="Transformer",
    idea="No state at all: every step looks at every other step, several heads at once.",
    equations=(
        r"Q, K, V = \hat{x} W_Q, \hat{x} W_K, \hat{x} W_V, \quad \hat{x} = \mathrm{norm}(x)",
        r"A = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d}}\right)",
        r"x \leftarrow x + A V W_O",
        r"x \leftarrow x + \mathrm{gelu}(\mathrm{norm}(x)\,W_1)\,W_2",
        r"s = \frac{1}{T} \sum_t \mathrm{norm}(x_t)",
    ),
    options=TransformerOptions,
    count=count_transformer,
    width="units",
    color="#AA4499",
    dash="dashdot",
    attention="heads",
    footprint=footprint_of_transformer,
    stages=stages_of_transformer,
)
def build_transformer(sequence: Sequence, options: TransformerOptions) -> Any:
    """The mean, over real steps, of an encoder's outputs: `(batch, embedding_size)`."""
    import keras

    from seqcore.layers.transformer import encoder_block, vectors_with_positions

    states = vectors_with_positions(sequence, options.embedding_size)
    for index in range(options.layers):
        states = encoder_block(
            states, sequence, heads=options.heads, feed_forward=options.units, dropout=options.dropout, index=index
        )
    states = keras.layers.LayerNormalization(epsilon=1e-6, name="normalise_end")(states)
    return keras.layers.GlobalAveragePooling1D(name="mean_of_steps")(states, mask=sequence.mask)
