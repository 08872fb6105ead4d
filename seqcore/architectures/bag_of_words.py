"""The honest baseline: counts of words and of pairs of neighbours, and a linear model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seqcore.architectures.memory import Footprint
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Axis, Stage
from seqcore.kinds.sizes import TokenSizes
from seqcore.spec import InputOptions, Options, option

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence


class BagOfWordsOptions(Options):
    """Options of the bag of words."""

    pairs: bool = option(True, "Word pairs", "Counts neighbours such as “not good” as well as single words.")
    strength: float = option(
        0.0,
        "Inverse regularisation",
        "Larger values trust the training data more (C of the logistic regression); 0 chooses it on the validation "
        "texts.",
        ge=0.0,
        le=1000.0,
        step=0.5,
    )
    sublinear: bool = option(
        True, "Dampen repetition", "A word that occurs n times counts as 1 + ln n instead of n.", more=True
    )
    whole_texts: bool = option(
        True,
        "Read whole texts",
        "Counts the whole text, even beyond the maximum length that the other models read.",
        more=True,
    )


def count_bag_of_words(sizes: Sizes, options: BagOfWordsOptions) -> dict[str, int]:
    """One weight a word and class, one a pair and class, one bias a class."""
    words, pairs = _words_and_pairs(sizes)
    weights = {"word weights": words * sizes.outputs}
    return weights | ({"pair weights": pairs * sizes.outputs} if pairs else {}) | {"bias": sizes.outputs}


def _words_and_pairs(sizes: Sizes) -> tuple[int, int]:
    """How many there are to count; frames, which it cannot read, have neither."""
    return (sizes.input.vocabulary, sizes.input.pairs) if isinstance(sizes.input, TokenSizes) else (0, 0)


def footprint_of_bag_of_words(sizes: Sizes, options: BagOfWordsOptions) -> Footprint:
    """Sparse counts of all texts, weighed and once more while they are made; scoring sorts the terms of a text."""
    terms = 2 if options.pairs else 1
    return Footprint(per_step=(24 + 3 * sizes.outputs) * terms, per_parameter=24, per_character=0.75 * terms)


def reading_of_bag_of_words(input_options: InputOptions, options: BagOfWordsOptions) -> InputOptions:
    """Whole texts: a count knows no end."""
    return input_options.whole() if options.whole_texts else input_options


def stages_of_bag_of_words(sizes: Sizes, options: BagOfWordsOptions) -> tuple[Stage, ...]:
    """The counts; the model adds up their weights term by term, so this vector is never laid out."""
    known = sum(_words_and_pairs(sizes))
    counted = (
        "How often each word and each pair of neighbours occurs" if options.pairs else "How often each word occurs"
    )
    says = f"{counted}, rare ones weighing more; their order is gone."
    return (Stage("Counts", "counts", says, (Axis("terms", known),)),)


@register(
    "bag_of_words",
    label="Bag of words",
    idea="Counts words and pairs of neighbouring words, ignores the rest of their order and fits a linear "
    "model: the baseline that a sequence model has to beat.",
    equations=(
        r"x_w = \frac{(1 + \ln n_w)\,\mathrm{idf}_w}{\lVert (1 + \ln n) \odot \mathrm{idf} \rVert}",
        r"p = \sigma(W x + b)",
    ),
    options=BagOfWordsOptions,
    count=count_bag_of_words,
    width=None,
    color="#808080",
    dash="dash",
    fit="closed_form",
    reads=("tokens",),
    reading=reading_of_bag_of_words,
    footprint=footprint_of_bag_of_words,
    stages=stages_of_bag_of_words,
)
def build_bag_of_words(sequence: Sequence, options: BagOfWordsOptions) -> Any:
    """Logits `(batch, outputs)` of a linear model on TF-IDF, as scikit-learn defines both.

    A text's vector has f(n_w) · idf_w at term w, divided by its Euclidean norm; f(n) = n, or 1 + ln n (Manning,
    Raghavan & Schütze 2008, section 6.4.1). Summed occurrence by occurrence, of which a term has n: the logit is
    Σ_t f(n_t)/n_t · idf·W[term_t] / norm, and norm² = Σ_t f(n_t)²/n_t · idf²[term_t].
    """
    import keras
    from keras import ops

    from seqcore.layers.sequence import TokenSequence, token_sizes
    from seqcore.layers.terms import terms_of

    if not isinstance(sequence, TokenSequence):
        raise TypeError("only tokens can be counted")
    sizes, outputs = token_sizes(sequence.sizes), sequence.sizes.outputs
    different = sizes.vocabulary + sizes.pairs
    found = terms_of(sequence)
    real = ops.expand_dims(ops.cast(ops.greater(found.terms, 0), "float32"), -1)
    number = ops.expand_dims(found.occurrences, -1)
    counted = 1.0 + ops.log(number) if options.sublinear else number
    idf = keras.layers.Embedding(different, 1, name="idf", trainable=False, embeddings_initializer="ones")
    weights = keras.layers.Embedding(different, outputs, name="term_weights", embeddings_initializer="zeros")
    value = idf(found.terms) * real * counted
    norm = ops.sqrt(found.sum(ops.square(value) / number))
    bias = sequence.constant(outputs, name="bias")
    return found.sum(value * weights(found.terms) / number) / ops.maximum(norm, 1e-12) + bias
