"""The settings of text: each declared once with default, bounds and help."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from seqcore.spec.inputs import InputOptions
from seqcore.spec.options import option

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
    )
    max_length: int = option(
        200,
        "Maximum length",
        "Tokens kept of each text; 0 keeps as many as the longest training text has.",
        ge=0,
        le=2000,
        step=10,
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
    truncate: Literal["end", "start"] = option(
        "end",
        "Cut long texts at the",
        "Which side of a text beyond the maximum length is dropped.",
        more=True,
        labels={"end": "End", "start": "Start"},
    )

    def whole(self) -> Self:
        """The same without a maximum length, and with the words that occur once unless a number was chosen.

        Leaving those out teaches a network what an unknown word means; who counts only loses what they say.
        """
        return self.model_copy(update={"max_length": WHOLE_TEXT, "min_count": self.min_count or 1})
