"""fastText: the mean of vectors of words and of n-grams, and a linear model on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seqcore.architectures.memory import Footprint
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Axis, Stage
from seqcore.spec import Options, option

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence


class FastTextOptions(Options):
    """Options of fastText."""

    embedding_size: int = option(
        32, "Embedding size", "Length of the vector that stands for one step.", ge=2, le=512, step=8
    )
    ngrams: int = option(
        2,
        "Longest n-gram",
        "Neighbours that get a vector together, such as “not good”; 1: words alone.",
        ge=1,
        le=5,
        step=1,
    )
    buckets: int = option(
        20_000,
        "Buckets",
        "Vectors for all n-grams together; those that fall into one bucket share its vector.",
        ge=100,
        le=1_000_000,
        step=1000,
        more=True,
    )


def count_fasttext(sizes: Sizes, options: FastTextOptions) -> dict[str, int]:
    """The vectors of the words, those of the buckets, and the head."""
    size = options.embedding_size
    shared = {"n-grams": options.buckets * size} if options.ngrams > 1 else {}
    return {**sizes.vector_parameters(size), **shared, "head": (size + 1) * sizes.outputs}


def footprint_of_fasttext(_sizes: Sizes, options: FastTextOptions) -> Footprint:
    """Every length of n-grams has its vectors, once more for each of its words."""
    moved = options.ngrams * (options.ngrams + 1)
    return Footprint(per_step=options.embedding_size * (4 + 2 * moved))


def stages_of_fasttext(_sizes: Sizes, options: FastTextOptions) -> tuple[Stage, ...]:
    """The mean; n-grams are added before it, step by step."""
    several = options.ngrams > 1
    lengths = "two" if options.ngrams == 2 else f"two to {options.ngrams}"
    grams = (
        f", and of every {lengths} neighbours, which share {options.buckets:,} vectors by hashing" if several else ""
    )
    return (
        Stage(
            "Mean", "averaged", f"The mean of the vectors of all words{grams}.",
            (Axis("embedding size", options.embedding_size),), ("n-grams",) if several else (), layer="mean_vector",
        ),
    )  # fmt: skip


@register(
    "fasttext",
    label="fastText",
    idea="The mean of a vector for every word and every pair of neighbours: a bag of words that learns vectors, "
    "with nothing to compute but a mean.",
    equations=(r"s = \frac{1}{N} \left( \sum_t x_t + \sum_g v_g \right)",),
    options=FastTextOptions,
    count=count_fasttext,
    width=None,
    color="#7b74d8",
    dash="dot",
    reads=("tokens",),
    footprint=footprint_of_fasttext,
    stages=stages_of_fasttext,
)
def build_fasttext(sequence: Sequence, options: FastTextOptions) -> Any:
    """The mean over words and n-grams, Joulin, Grave, Bojanowski & Mikolov 2017 (arXiv:1607.01759): `(batch, size)`."""
    import keras
    from keras import ops

    from seqcore.layers.ngrams import words_and_ngrams
    from seqcore.layers.sequence import TokenSequence

    if not isinstance(sequence, TokenSequence):
        raise TypeError("only tokens have n-grams")
    averaged = words_and_ngrams(sequence, options.embedding_size, options.ngrams, options.buckets)
    shares = ops.cast(sequence.mask, "float32") / ops.expand_dims(averaged.number, -1)
    return keras.layers.Dot(axes=1, name="mean_vector")([shares, averaged.vectors])
