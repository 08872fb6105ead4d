"""Hierarchical attention: words make sentences, sentences make the text, and both are weighed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from seqcore.architectures.memory import Footprint
from seqcore.architectures.recurrent import KEPT, PEAK
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Axis, Stage
from seqcore.spec import InputOptions, Options, option

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence

_PADDED = 2.5  # places for words, as times the words: sentences stand beside the longest of their batch


class HierarchicalOptions(Options):
    """Options of hierarchical attention."""

    embedding_size: int = option(
        32, "Embedding size", "Length of the vector that stands for one step.", ge=2, le=512, step=8
    )
    units: int = option(
        32, "Units", "Size of the hidden state, of words and of sentences, in each direction.", ge=2, le=512, step=8
    )
    sentence_words: int = option(
        40,
        "Longest sentence",
        "Words and marks after which a sentence is cut; a text without marks that end sentences is cut into pieces "
        "of so many.",
        ge=2,
        le=200,
        step=5,
    )
    dropout: float = option(
        0.0,
        "Dropout",
        "Share of the values that is set to zero at random during training.",
        ge=0.0,
        le=0.9,
        step=0.05,
        more=True,
    )


def count_hierarchical_attention(sizes: Sizes, options: HierarchicalOptions) -> dict[str, int]:
    """Two GRUs and a score for words, the same for sentences, the head."""
    size, units = options.embedding_size, options.units
    score = (2 * units + 1) * units + units
    return {
        **sizes.vector_parameters(size),
        "word GRUs": 2 * 3 * units * (size + units + 2),
        "word attention": score,
        "sentence GRUs": 2 * 3 * units * (2 * units + units + 2),
        "sentence attention": score,
        "head": (2 * units + 1) * sizes.outputs,
    }


def footprint_of_hierarchical_attention(_sizes: Sizes, options: HierarchicalOptions) -> Footprint:
    """What a BiGRU and a score take of every place for a word, empty ones included, and of some sentences."""
    of_units = options.units * (2 * PEAK["GRU"] + KEPT["GRU"] + 4)
    of_vectors = options.embedding_size * (4 if options.dropout else 3)
    return Footprint(per_step=_PADDED * (of_units + of_vectors))


def reading_of_hierarchical_attention(input_options: InputOptions, _options: HierarchicalOptions) -> InputOptions:
    """With the marks that end sentences."""
    return input_options.in_sentences()


def stages_of_hierarchical_attention(sizes: Sizes, options: HierarchicalOptions) -> tuple[Stage, ...]:
    """First every sentence by itself, then the sentences in order; as many as a text of the longest ones has."""
    features = Axis("2 × units", 2 * options.units)
    words = Axis("words", min(options.sentence_words, sizes.input.longest))
    sentences = Axis("sentences", math.ceil(sizes.input.longest / options.sentence_words))
    return (
        Stage(
            "BiGRU over words", "recurrent",
            "Every sentence is read by itself, once from each end; the state at every word is kept.",
            (words, features), ("word GRUs",), layer="word_states", cell="GRU", both_ways=True,
        ),
        Stage(
            "Word weights", "attention", "A score for each word; within a sentence the weights sum to 1.",
            (words,), ("word attention",), layer="word_weights",
        ),
        Stage(
            "Sentence vectors", "summary",
            "The states of a sentence, each by its weight, added up: a vector for each sentence.",
            (features,), layer="word_sum",
        ),
        Stage(
            "BiGRU over sentences", "recurrent", "The sentences are read in order, once from each end.",
            (sentences, features), ("sentence GRUs",), layer="sentence_states", cell="GRU", both_ways=True,
        ),
        Stage(
            "Sentence weights", "attention", "A score for each sentence; the weights of a text sum to 1.",
            (sentences,), ("sentence attention",), layer="sentence_weights",
        ),
        Stage(
            "Weighted sum", "summary", "The states at the sentences, each by its weight, added up.",
            (features,), layer="sentence_sum",
        ),
    )  # fmt: skip


@register(
    "hierarchical_attention",
    label="Hierarchical attention",
    idea="Reads every part (of a text a sentence) by itself and weighs its steps, then reads the parts and weighs "
    "them: made for what is long.",
    equations=(
        r"h_{it} = \mathrm{BiGRU}(x_{it}), \quad e_{it} = v^\top \tanh(W_a h_{it} + b_a)",
        r"s_i = \sum_t \alpha_{it} h_{it}, \quad \alpha_{it} = \frac{\exp e_{it}}{\sum_k \exp e_{ik}}",
        r"h_i = \mathrm{BiGRU}(s_i), \quad e_i = u^\top \tanh(W_s h_i + b_s)",
        r"d = \sum_i \beta_i h_i, \quad \beta_i = \frac{\exp e_i}{\sum_k \exp e_k}",
    ),
    options=HierarchicalOptions,
    count=count_hierarchical_attention,
    width="units",
    color="#a6761d",
    dash="longdashdot",
    attention="sentences",
    reading=reading_of_hierarchical_attention,
    footprint=footprint_of_hierarchical_attention,
    stages=stages_of_hierarchical_attention,
)
def build_hierarchical_attention(sequence: Sequence, options: HierarchicalOptions) -> Any:
    """The weighted sum over sentences, Yang, Yang, Dyer, He, Smola & Hovy 2016 (https://doi.org/10.18653/v1/N16-1174).

    Returns:
        `(batch, 2 * units)`.
    """
    import keras

    from seqcore import layers
    from seqcore.layers.attention import attend
    from seqcore.layers.sentences import sentences_of

    def read(values: Any, mask: Any, name: str) -> Any:
        both = layers.bidirectional(layers.GRU(options.units, return_sequences=True), name=f"{name}_states")
        states = both(values, mask=mask)
        if options.dropout:
            states = keras.layers.Dropout(options.dropout, name=f"{name}_dropout")(states)
        return attend(states, mask, units=options.units, name=name)

    sentences = sentences_of(sequence, options.sentence_words)
    vectors = sentences.words_of(sequence.vectors(options.embedding_size, options.dropout))
    of_sentences = sentences.by_example(read(vectors, sentences.words, "word"))
    return read(of_sentences, sentences.real, "sentence")
