"""The honest baseline: word counts and a linear model, blind to word order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seqcore.architectures.registry import Sizes, register

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence
from seqcore.spec import Options, option


class BagOfWordsOptions(Options):
    """Options of the bag of words."""

    strength: float = option(
        1.0,
        "Inverse regularisation",
        "Larger values trust the training data more (C of the logistic regression).",
        ge=0.001,
        le=1000.0,
        step=0.5,
    )


def count_bag_of_words(sizes: Sizes, options: BagOfWordsOptions) -> dict[str, int]:
    """One weight a word and class, one bias a class."""
    return {"word weights": sizes.input.vector_parameters(sizes.outputs), "bias": sizes.outputs}


@register(
    "bag_of_words",
    label="Bag of words",
    idea="Counts words, forgets their order, fits a straight line: the baseline that a sequence model has to beat.",
    equations=(
        r"x_w = \frac{n_w\,\mathrm{idf}_w}{\lVert n \odot \mathrm{idf} \rVert}",
        r"p = \sigma(W x + b)",
    ),
    options=BagOfWordsOptions,
    count=count_bag_of_words,
    color="#888888",
    dash="dash",
    fit="closed_form",
    reads=("tokens",),
)
def build_bag_of_words(sequence: Sequence, options: BagOfWordsOptions) -> Any:
    """Logits `(batch, outputs)` of a linear model on TF-IDF, as scikit-learn defines both.

    A text's vector has n_w · idf_w at word w, divided by its Euclidean norm. Summed token by token:
    the logit is Σ_t idf·W[token_t] / norm, and norm² = Σ_t idf²[token_t] · n(token_t), where n counts equal tokens.
    """
    from keras import ops

    from seqcore.layers.sequence import TokenSequence

    if not isinstance(sequence, TokenSequence):
        raise TypeError("only tokens can be counted")
    real = ops.expand_dims(ops.cast(sequence.mask, "float32"), -1)
    outputs = sequence.sizes.outputs
    idf = sequence.look_up(1, name="idf", trainable=False, embeddings_initializer="ones") * real
    weights = sequence.look_up(outputs, name="word_weights", embeddings_initializer="zeros")
    bias = sequence.constant(outputs, name="bias")
    norm = ops.sqrt(ops.sum(ops.square(idf) * sequence.repetitions(), axis=1))
    return ops.sum(idf * weights, axis=1) / ops.maximum(norm, 1e-12) + bias
