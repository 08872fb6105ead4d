"""A transformer that has read much before: a pretrained encoder of the BERT family with a head of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import model_validator

from seqcore.architectures.memory import PARAMETER_COPIES, Footprint
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Axis, Stage, steps_of
from seqcore.errors import OptionError
from seqcore.kinds.sizes import TokenSizes
from seqcore.spec import Options, option
from seqcore.spec.options import derived

if TYPE_CHECKING:
    from seqcore.kinds.text.pretrained.config import EncoderConfig
    from seqcore.layers.sequence import Sequence

NAME = "pretrained"


class PretrainedOptions(Options):
    """Options of a pretrained encoder; its sizes follow from its files."""

    train: Literal["head", "last", "all"] = option(
        "head",
        "What training changes",
        "The head alone is trained in minutes and over-fits least; more of the encoder learns more of the task, and "
        "takes several times as long.",
        labels={"head": "The head only", "last": "The head and the last blocks", "all": "All of it"},
    )
    last_blocks: int = option(
        2, "Last blocks", "How many blocks are trained where it is the last ones.", ge=1, le=48, step=1, more=True
    )
    encoder_rate: float = option(
        0.03,
        "Encoder's share of the learning rate",
        "What was learned before is lost in large steps: the encoder takes the learning rate times this, the head all "
        "of it. With the usual rate 0.001 that is 0.00003.",
        ge=0.0001,
        le=1.0,
        step=0.01,
        more=True,
    )
    pooling: Literal["mean", "first"] = option(
        "mean",
        "Answer from",
        "What the head reads: the mean over all tokens, or the first token, which stands for the whole text in BERT.",
        labels={"mean": "The mean of all tokens", "first": "The first token"},
    )
    dropout: float = option(
        0.0,
        "Dropout",
        "Share of the values that is set to zero at random during training, in what training changes.",
        ge=0.0,
        le=0.9,
        step=0.05,
        more=True,
    )
    encoder: str = derived("", "Encoder", "The content of the pretrained encoder; empty: none was given.")
    vocabulary: int = derived(0, "Vocabulary", "Pieces of words that it knows; 0: as many ids as the data have.", ge=0)
    positions: int = derived(0, "Positions", "Most tokens that it reads; 0: as many as the data have.", ge=0)
    hidden: int = derived(16, "Width", "Numbers of the vector of a token.", ge=2, le=4096)
    encoder_layers: int = derived(1, "Blocks", "Blocks on top of each other.", ge=1, le=48)
    encoder_heads: int = derived(2, "Heads", "Attention heads of each block.", ge=1, le=64)
    feed_forward: int = derived(32, "Feed-forward units", "Of the hidden layer of each block.", ge=1, le=16384)
    activation: Literal["gelu", "relu"] = derived("gelu", "Activation", "Of that hidden layer.")
    epsilon: float = derived(1e-12, "Epsilon", "Added to variances before a division.", ge=0.0, le=0.1)

    @model_validator(mode="after")
    def _heads_divide(self) -> PretrainedOptions:
        if self.hidden % self.encoder_heads:
            raise ValueError(f"{self.encoder_heads} heads do not divide {self.hidden} numbers")
        return self

    @property
    def trained_blocks(self) -> int:
        """Blocks that training changes, from the last one on."""
        counted = {"head": 0, "last": min(self.last_blocks, self.encoder_layers), "all": self.encoder_layers}
        return counted[self.train]

    def refuse_unready(self) -> None:
        """Refuse an encoder that nobody has given."""
        if not self.encoder:
            raise OptionError(
                "The pretrained transformer needs an encoder, and there is none",
                remedy="Give one: on the Train page under Pretrained transformer, or as --pretrained FOLDER, ZIP or "
                "NAME on the hub",
            )


def of_encoder(content: str, config: EncoderConfig) -> dict[str, Any]:
    """The options that follow from a pretrained encoder.

    Args:
        content: The hash of its content.
        config: Its sizes.
    """
    return {
        "encoder": content,
        "vocabulary": config.vocabulary,
        "positions": config.positions,
        "hidden": config.hidden,
        "encoder_layers": config.layers,
        "encoder_heads": config.heads,
        "feed_forward": config.feed_forward,
        "activation": config.activation,
        "epsilon": config.epsilon,
    }


def _ids_and_positions(sizes: Sizes, options: PretrainedOptions) -> tuple[int, int]:
    """Rows of its two tables; frames, which it cannot read, have no ids."""
    ids = sizes.input.vocabulary if isinstance(sizes.input, TokenSizes) else 0
    return options.vocabulary or ids, options.positions or sizes.input.longest


def every_parameter(sizes: Sizes, options: PretrainedOptions) -> dict[str, int]:
    """Numbers of each part of the encoder, whether training changes them or not; of attention and feed-forward a
    block's."""
    ids, positions = _ids_and_positions(sizes, options)
    size, wide = options.hidden, options.feed_forward
    return {
        "embedding": ids * size,
        "positions": positions * size + 2 * size,
        "attention": 4 * (size * size + size) + 2 * size,
        "feed-forward": (size + 1) * wide + (wide + 1) * size + 2 * size,
    }


def count_pretrained(sizes: Sizes, options: PretrainedOptions) -> dict[str, int]:
    """What training changes: the head, blocks from the last one on, the vectors when all of it is trained."""
    parts, blocks = every_parameter(sizes, options), options.trained_blocks
    trained = {name: parts[name] for name in ("embedding", "positions")} if options.train == "all" else {}
    if blocks:
        trained |= {name: blocks * parts[name] for name in ("attention", "feed-forward")}
    return {**trained, "head": (options.hidden + 1) * sizes.outputs}


def footprint_of_pretrained(sizes: Sizes, options: PretrainedOptions) -> Footprint:
    """What a gradient needs is kept of the blocks that are trained; every weight is held, trained or not."""
    parts, blocks = every_parameter(sizes, options), max(1, options.trained_blocks)
    hidden = 1.5 if options.dropout else 0.0
    per_step = (16 + 12 * (blocks - 1)) * options.hidden + 6 * options.feed_forward * blocks
    per_pair = options.encoder_heads * (4.5 + hidden + (2.5 + hidden) * (blocks - 1))
    whole = sum(parts.values()) + (options.encoder_layers - 1) * (parts["attention"] + parts["feed-forward"])
    frozen = whole - (sum(count_pretrained(sizes, options).values()) - (options.hidden + 1) * sizes.outputs)
    return Footprint(per_step=per_step, per_pair=per_pair, fixed=frozen * PARAMETER_COPIES / 2)


def stages_of_pretrained(sizes: Sizes, options: PretrainedOptions) -> tuple[Stage, ...]:
    """Positions, weights, what the blocks make of each token, and what the head reads of that."""
    steps, size, last = steps_of(sizes), Axis("width", options.hidden), options.encoder_layers - 1
    counted = count_pretrained(sizes, options)
    blocks = f" in each of {options.encoder_layers} blocks" if last else ""
    summary = (
        Stage("Mean", "summary", "The mean over all tokens.", (size,), layer="mean_of_steps")
        if options.pooling == "mean"
        else Stage("First token", "summary", "What stands at the first token.", (size,), layer="first_of_steps")
    )
    return (
        Stage(
            "Positions", "vectors", "A vector of its place, learned before, is added to that of each token.",
            (steps, size), tuple(part for part in ("positions",) if part in counted), layer="normalise_embedding",
        ),
        Stage(
            "Self-attention", "self_attention",
            f"Each head weighs every token for every token{blocks}; what it finds there is added to its vector.",
            (Axis("heads", options.encoder_heads), steps, steps),
            tuple(part for part in ("attention",) if part in counted), layer="attention_0", output=1,
        ),
        Stage(
            "Feed-forward", "other", f"A network of its own changes each token's vector{blocks}.",
            (steps, size), tuple(part for part in ("feed-forward",) if part in counted),
            layer=f"normalise_feed_forward_{last}",
        ),
        summary,
    )  # fmt: skip


@register(
    NAME,
    label="Pretrained transformer",
    idea="A transformer that has read millions of texts before yours (BERT, MiniLM, DistilBERT, RoBERTa), with a head "
    "that is trained on yours.",
    equations=(
        r"A = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d}}\right), \quad Q, K, V = x W_Q, x W_K, x W_V",
        r"x \leftarrow \mathrm{norm}(x + A V W_O)",
        r"x \leftarrow \mathrm{norm}(x + \mathrm{gelu}(x\,W_1)\,W_2)",
        r"s = \frac{1}{T} \sum_t x_t",
    ),
    options=PretrainedOptions,
    count=count_pretrained,
    width=None,
    color="#1b9e77",
    dash="longdash",
    attention="heads",
    reads=("tokens",),
    footprint=footprint_of_pretrained,
    stages=stages_of_pretrained,
)
def build_pretrained(sequence: Sequence, options: PretrainedOptions) -> Any:
    """What the encoder's last block says of the whole text: `(batch, hidden)`."""
    import keras

    from seqcore.layers.pretrained import Block, block, embedded, first_of
    from seqcore.layers.sequence import TokenSequence

    if not isinstance(sequence, TokenSequence):
        raise TypeError("only tokens are read by a pretrained encoder")
    _, positions = _ids_and_positions(sequence.sizes, options)
    shape = Block(
        options.encoder_heads, options.feed_forward, options.activation, options.epsilon, options.dropout
    )  # fmt: skip
    states = embedded(
        sequence, options.hidden, positions, epsilon=options.epsilon, trainable=options.train == "all"
    )  # fmt: skip
    first_trained = options.encoder_layers - options.trained_blocks
    for index in range(options.encoder_layers):
        states = block(states, sequence, shape, index=index, trainable=index >= first_trained)
    if options.pooling == "first":
        return first_of(states)
    return keras.layers.GlobalAveragePooling1D(name="mean_of_steps")(states, mask=sequence.mask)
