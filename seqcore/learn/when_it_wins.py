"""When an architecture is worth trying, in a sentence or two, with who says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """What is known of an architecture before one has tried it.

    Attributes:
        wins: When it does well, and when not; Markdown.
        source: Who found that: authors, year, title.
        url: Where it can be read.
    """

    wins: str
    source: str
    url: str


_LSTM = Advice(
    "Texts where something early decides: a negation, a condition, a name.",
    "Hochreiter & Schmidhuber 1997, Long short-term memory", "https://doi.org/10.1162/neco.1997.9.8.1735",
)  # fmt: skip
_GRU = Advice(
    "Where an LSTM would do and time or data are short. Neither of the two is better on all data.",
    "Chung, Gulcehre, Cho & Bengio 2014, Empirical evaluation of gated recurrent neural networks",
    "https://arxiv.org/abs/1412.3555",
)
_ATTENTION = Advice(
    "Longer texts with few decisive words. One sees where it looked, which need not be what decided.",
    "Jain & Wallace 2019, Attention is not explanation", "https://arxiv.org/abs/1902.10186",
)  # fmt: skip
_BOTH_WAYS = "https://doi.org/10.1109/78.650093"
WHEN_IT_WINS = {
    "rnn": Advice(
        "Very short texts, and as the simplest thing that reads in order. It forgets early words in long ones.",
        "Bengio, Simard & Frasconi 1994, Learning long-term dependencies with gradient descent is difficult",
        "https://doi.org/10.1109/72.279181",
    ),
    "lstm": _LSTM,
    "bilstm": Advice(
        "When a word's meaning depends on what follows it. Costs about twice an LSTM.",
        "Schuster & Paliwal 1997, Bidirectional recurrent neural networks", _BOTH_WAYS,
    ),
    "gru": _GRU,
    "bigru": Advice(
        "Where a BiLSTM would do and time or data are short.",
        "Schuster & Paliwal 1997, Bidirectional recurrent neural networks", _BOTH_WAYS,
    ),
    "lstm_attention": _ATTENTION,
    "bilstm_attention": Advice(
        "As LSTM + attention, when both sides of a word matter.", _ATTENTION.source, _ATTENTION.url
    ),
    "transformer": Advice(
        "Much data, long texts, distant words that belong together. With little data it often overfits.",
        "Vaswani et al. 2017, Attention is all you need", "https://arxiv.org/abs/1706.03762",
    ),
    "cnn": Advice(
        "Where short phrases give the answer away, wherever they stand. Fast.",
        "Kim 2014, Convolutional neural networks for sentence classification", "https://arxiv.org/abs/1408.5882",
    ),
    "bag_of_words": Advice(
        "Topic-like questions, where words count and their order does not. Train it first: it is the bar.",
        "Wang & Manning 2012, Baselines and bigrams", "https://aclanthology.org/P12-2018/",
    ),
    "tcn": Advice(
        "Where order counts and what decides lies within the steps that it sees, which its blocks say. It reads all "
        "steps at once, and keeps nothing beyond them.",
        "Bai, Kolter & Koltun 2018, An empirical evaluation of generic convolutional and recurrent networks",
        "https://arxiv.org/abs/1803.01271",
    ),
    "min_gru": Advice(
        "Where a GRU would do with fewer numbers. A word's gate does not know what came before: where that matters, "
        "give it two or three layers.",
        "Feng, Tung, Ahmed, Bengio & Hajimirsadeghi 2024, Were RNNs all we needed?", "https://arxiv.org/abs/2410.01201",
    ),
    "hierarchical_attention": Advice(
        "Long texts of many sentences, of which a few decide, with a maximum length that holds most of a text. It "
        "takes several times as long as an LSTM.",
        "Yang, Yang, Dyer, He, Smola & Hovy 2016, Hierarchical attention networks for document classification",
        "https://aclanthology.org/N16-1174/",
    ),
    "fasttext": Advice(
        "Topic-like questions on much data with many classes, where words and neighbours tell. With little data the "
        "bag of words has less to learn.",
        "Joulin, Grave, Bojanowski & Mikolov 2017, Bag of tricks for efficient text classification",
        "https://arxiv.org/abs/1607.01759",
    ),
    "mini_rocket": Advice(
        "Series told apart by shapes and rhythms, wherever they stand; hard to beat with a few hundred of them. It has "
        "no order beyond the width of its patterns: which of two shapes comes first it cannot tell when they lie far "
        "apart. Train it first: it is the bar.",
        "Dempster, Schmidt & Webb 2021, MiniRocket: A very fast (almost) deterministic transform for time series "
        "classification",
        "https://arxiv.org/abs/2012.08791",
    ),
    "nearest_neighbour": Advice(
        "Series of one length that are aligned in time, such as one heartbeat each. A shape that stands now here, now "
        "there is a different one to it. Every answer compares with every training series.",
        "Bagnall, Lines, Bostrom, Large & Keogh 2017, The great time series classification bake off",
        "https://doi.org/10.1007/s10618-016-0483-9",
    ),
    "pretrained": Advice(
        "Little data in a language that the encoder has read: it knows words that your training texts never had. It "
        "takes many times the memory and the time of the others, and texts it may have read before.",
        "Devlin, Chang, Lee & Toutanova 2019, BERT: Pre-training of deep bidirectional transformers",
        "https://arxiv.org/abs/1810.04805",
    ),
}  # fmt: skip
