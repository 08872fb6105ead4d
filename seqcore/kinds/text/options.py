"""The settings of text: each declared once with default, bounds and help."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from seqcore.errors import OptionError
from seqcore.kinds.text.cutting import Cut
from seqcore.kinds.text.ids import LONGEST_VECTOR
from seqcore.spec.inputs import InputOptions
from seqcore.spec.options import derived, option

WHOLE_TEXT = 2**20  # tokens; more than any text within the limits has

StopWords = Literal[
    "none",
    "arabic",
    "bulgarian",
    "catalan",
    "chinese",
    "czech",
    "danish",
    "dutch",
    "english",
    "finnish",
    "french",
    "german",
    "greek",
    "gujarati",
    "hebrew",
    "hindi",
    "hungarian",
    "indonesian",
    "italian",
    "japanese",
    "korean",
    "malaysian",
    "norwegian",
    "persian",
    "polish",
    "portuguese",
    "romanian",
    "russian",
    "slovak",
    "spanish",
    "swedish",
    "turkish",
    "ukrainian",
    "vietnamese",
]


_OF_VECTORS = ("word_vectors", "vectors_training", "vector_file", "vector_size")


class TextOptions(InputOptions):
    """How text becomes ids."""

    length_setting: ClassVar[str] = "max_length"
    kind: Literal["text"] = "text"

    tokenizer: Literal["word", "keras", "character", "subword"] = option(
        "word",
        "Tokenizer",
        "What counts as one token.",
        labels={
            "word": "Words",
            "keras": "Words, split as Keras does",
            "character": "Characters",
            "subword": "Subwords (BPE)",
        },
    )
    lowercase: bool = option(True, "Lower case", "Treat “Good” and “good” as the same word.")
    vocabulary_size: int = option(
        10_000,
        "Vocabulary size",
        "Maximum number of ids, padding and out-of-vocabulary (OOV) included; rarer tokens become OOV.",
        ge=10,
        le=100_000,
        step=1000,
    )
    min_count: int = option(
        0,
        "Least occurrences",
        "Words seen fewer times in training become OOV, so that a model learns what an unknown word means; "
        "0: twice from 1,000 training texts on, else once (not for subwords).",
        ge=0,
        le=1000,
        step=1,
        more=True,
        zero="twice from 1,000 training texts on, else once",
    )
    max_length: int = option(
        200,
        "Maximum length",
        "Tokens kept of each text; 0 keeps as many as the longest training text has.",
        ge=0,
        le=2000,
        step=10,
        zero="no text is cut, and none is read in windows",
    )
    stop_words: StopWords = option(
        "none", "Stop words", "Remove a language's most common words (they include “not”).", more=True
    )
    punctuation: Literal["drop", "keep"] = option(
        "drop",
        "Punctuation",
        "Whether marks such as “!” are tokens of their own (word tokenizer only).",
        more=True,
        labels={"drop": "Leave out", "keep": "Keep as tokens"},
    )
    spaceless: Literal["auto", "characters", "words", "letters"] = option(
        "auto",
        "Scripts without spaces",
        "How Chinese, Japanese, Thai, Lao, Khmer and Burmese are cut, by the tokenizers of words and of subwords.",
        more=True,
        labels={
            "auto": "Thai by word, Burmese by syllable, others by character",
            "characters": "All by character",
            "words": "Chinese and Japanese by word, too",
            "letters": "By letter, as earlier versions did",
        },
    )
    fold_width: bool = option(
        True,
        "Join full and half width",
        "Read “Ａ１！” as “A1!” and “ｶﾞ” as “ガ”, whichever width they were typed in (not as Keras splits).",
        more=True,
    )
    arabic_marks: Literal["keep", "drop"] = option(
        "keep",
        "Arabic marks",
        "Whether vowel marks and the stretching line tell words apart, or “كِتَاب” is “كتاب” (not as Keras splits).",
        more=True,
        labels={"keep": "Keep", "drop": "Leave out"},
    )
    truncate: Cut = option(
        "end",
        "Cut long texts at the",
        "What is left out of a text beyond the maximum length.",
        more=True,
        labels={
            "end": "End",
            "start": "Start",
            "both": "Start and end, keeping the middle",
            "middle": "Middle, keeping start and end",
        },
    )

    windows: Literal["no", "mean", "largest"] = option(
        "no",
        "Windows over long texts",
        "Read all of a text that is longer than the maximum length, in windows of so many tokens: a model learns from "
        "each with the label of the text, and answers by what it says of all of them.",
        more=True,
        labels={
            "no": "No, cut long texts",
            "mean": "Yes, the mean of their probabilities",
            "largest": "Yes, the answer of the surest window",
        },
    )
    window_overlap: float = option(
        0.25,
        "Overlap of windows",
        "Share of a window that the next one repeats, so that nothing is torn apart at its end.",
        ge=0.0,
        le=0.9,
        step=0.05,
        more=True,
    )

    word_vectors: Literal["random", "file", "word2vec", "fasttext"] = option(
        "random",
        "Word vectors",
        "What the vectors of words are before a model is trained: random numbers, those of a file such as GloVe, or "
        "learned beforehand from the training texts alone.",
        labels={
            "random": "Random",
            "file": "Pretrained",
            "word2vec": "Word2Vec on the training texts",
            "fasttext": "FastText on the training texts",
        },
    )
    vectors_training: Literal["tuned", "frozen"] = option(
        "tuned",
        "Vectors in training",
        "Whether training changes vectors that were pretrained or learned beforehand; frozen, a model over-fits less.",
        labels={"tuned": "Fine-tuned", "frozen": "Frozen"},
    )
    vector_file: str = derived("", "Vectors", "The content of the word vectors in use; empty: none.")
    sentence_ends: bool = derived(
        False, "Sentence ends", "Whether the marks that end a sentence are told apart from all others."
    )
    vector_size: int = derived(0, "Dimensions", "Numbers of each of these vectors.", ge=0, le=LONGEST_VECTOR)

    @property
    def vectors(self) -> str:
        """The content of the pretrained vectors that a model begins with; empty: they come from no file."""
        return self.vector_file if self.word_vectors == "file" else ""

    @property
    def begins_with_vectors(self) -> bool:
        """Whether the vectors of a model's words are other than random before it is trained."""
        return bool(self.vectors) or self.word_vectors in ("word2vec", "fasttext")

    def whole(self) -> Self:
        """The same without a maximum length, and with the words that occur once unless a number was chosen.

        Leaving those out teaches a network what an unknown word means; who counts only loses what they say.
        """
        return self.model_copy(update={"max_length": WHOLE_TEXT, "min_count": self.min_count or 1, "windows": "no"})

    def in_sentences(self) -> Self:
        """The same with the marks that end a sentence, as tokens; Keras' way of splitting leaves none of them."""
        if self.tokenizer == "keras":
            return self
        return self.model_copy(update={"punctuation": "keep", "sentence_ends": True})

    def idle(self) -> frozenset[str]:
        """Whether vectors are frozen, where they are random and none were given; what is cut, or how windows lie."""
        frozen = () if self.vector_file or self.begins_with_vectors else ("vectors_training",)
        return frozenset((*frozen, "window_overlap" if self.windows == "no" else "truncate"))

    def incomplete(self) -> frozenset[str]:
        """Where the vectors come from, while there is no file of them."""
        return frozenset() if self.vector_file else frozenset(("word_vectors",))

    def without_vectors(self) -> Self:
        """The same for a model whose words have no pretrained vectors."""
        usual = {name: type(self).model_fields[name].default for name in _OF_VECTORS}
        return self.model_copy(update=usual)

    def refuse_unready(self) -> None:
        """Refuse pretrained vectors that nobody has given."""
        if self.word_vectors == "file" and not self.vector_file:
            raise OptionError(
                "The models are to begin with word vectors, and there are none",
                remedy="Give a file of them: on the Train page under Pretrained word vectors, or as --vectors FILE",
            )


def sizes_of_vectors(options: TextOptions) -> dict[str, Any]:
    """What `TokenSizes` says of pretrained vectors; nothing where there are none."""
    if not options.begins_with_vectors:
        return {}
    size = options.vector_size if options.vectors else 0  # those that are learned beforehand are as wide as the model
    return {"vector_size": size, "frozen": options.vectors_training == "frozen"}
