"""The honest baseline: word counts and a linear model, blind to word order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seqcore.architectures.registry import Sizes, register

if TYPE_CHECKING:
    from seqcore.layers.sequence import Words
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
    return {"word weights": sizes.vocabulary * sizes.outputs, "bias": sizes.outputs}


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
)
def build_bag_of_words(words: Words, options: BagOfWordsOptions) -> Any:
    """Logits `(batch, outputs)` of a linear model on TF-IDF, as scikit-learn defines both.

    A text's vector has n_w · idf_w at word w, divided by its Euclidean norm. Summed token by token:
    the logit is Σ_t idf·W[token_t] / norm, and norm² = Σ_t idf²[token_t] · n(token_t), where n counts equal tokens.
    """
    from keras import layers, ops

    vocabulary, outputs = words.sizes.vocabulary, words.sizes.outputs
    real = ops.expand_dims(ops.cast(words.mask, "float32"), -1)
    idf = (
        layers.Embedding(vocabulary, 1, trainable=False, embeddings_initializer="ones", name="idf")(words.tokens) * real
    )
    weights = layers.Embedding(vocabulary, outputs, embeddings_initializer="zeros", name="word_weights")(words.tokens)
    bias = layers.Embedding(1, outputs, embeddings_initializer="zeros", name="bias")(words.tokens[:, 0] * 0)
    same = ops.cast(ops.equal(ops.expand_dims(words.tokens, 1), ops.expand_dims(words.tokens, 2)), "float32")
    counts = ops.matmul(same, real)
    norm = ops.sqrt(ops.sum(ops.square(idf) * counts, axis=1))
    return ops.sum(idf * weights, axis=1) / ops.maximum(norm, 1e-12) + bias
