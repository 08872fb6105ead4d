"""Everything that determines a run, each setting declared once with default, bounds and help."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

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
PADDING_ID = 0
OOV_ID = 1


def option(
    default: Any,
    title: str,
    help: str,
    *,
    ge: float | None = None,
    le: float | None = None,
    step: float | None = None,
    more: bool = False,
    labels: dict[str, str] | None = None,
) -> Any:
    """Declare one setting; forms, command line, validation and docs all read it here.

    Args:
        default: Value when nothing is said.
        title: Label of its control.
        help: One line that explains it.
        ge: Least value.
        le: Greatest value.
        step: What one click of its control adds.
        more: Folded under "More settings".
        labels: For a choice, what each value is called on a page.
    """
    extra: dict[str, Any] = {"more": more}
    if step is not None:
        extra["step"] = step
    if labels is not None:
        extra["labels"] = labels
    return Field(default, title=title, description=help, ge=ge, le=le, json_schema_extra=extra)


class Options(BaseModel):
    """A frozen group of declared settings; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TextOptions(Options):
    """How text becomes ids."""

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
        "Most ids kept, padding and out-of-vocabulary included; rarer tokens become OOV.",
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
    truncate: Literal["end", "start"] = option(
        "end",
        "Cut long texts at the",
        "Which side of a text beyond the maximum length is dropped.",
        more=True,
        labels={"end": "End", "start": "Start"},
    )


class SplitOptions(Options):
    """How rows are shared out among training, validation and test."""

    test_share: float = option(
        0.2,
        "Test share",
        "Part of the data kept for the final comparison (unless a test file or split column says).",
        ge=0.05,
        le=0.5,
        step=0.05,
    )
    validation_share: float = option(
        0.1, "Validation share", "Part of the training data watched during training.", ge=0.05, le=0.5, step=0.05
    )
    split_seed: int = option(
        0, "Split seed", "Draws the split; the same seed gives the same split.", ge=0, le=2**31 - 1, step=1, more=True
    )
    group_duplicates: bool = option(
        True,
        "Keep duplicates together",
        "Identical texts stay on one side, so that the test is no copy of the training.",
        more=True,
    )


class TrainingOptions(Options):
    """How a model is trained."""

    epochs: int = option(10, "Epochs", "Times the model sees every training text.", ge=1, le=500, step=1)
    batch_size: int = option(32, "Batch size", "Texts a training step learns from at once.", ge=1, le=1024, step=8)
    learning_rate: float = option(
        0.001, "Learning rate", "Size of each step; too large and the loss explodes.", ge=1e-6, le=1e6, step=0.0005
    )
    optimizer: Literal["adam", "adamw", "rmsprop", "sgd"] = option(
        "adam",
        "Optimizer",
        "Rule that turns gradients into steps.",
        more=True,
        labels={"adam": "Adam", "adamw": "AdamW", "rmsprop": "RMSprop", "sgd": "SGD with momentum"},
    )
    early_stopping: int = option(
        0,
        "Early stopping",
        "Stop after this many epochs without a better validation loss, keep the best; 0 never stops early.",
        ge=0,
        le=100,
        step=1,
        more=True,
    )
    class_weights: bool = option(False, "Class weights", "Let rare classes count as much as common ones.", more=True)
    gradient_clipping: float = option(
        0.0, "Gradient clipping", "Greatest norm of a gradient; 0 does not clip.", ge=0.0, le=100.0, step=0.5, more=True
    )


class RunSpec(Options):
    """Everything that determines a run: same spec, same seed, same machine → same numbers."""

    dataset: str  # content hash
    architecture: str
    text: TextOptions = TextOptions()
    split: SplitOptions = SplitOptions()
    model: dict[str, Any] = {}  # the architecture's own options, complete and validated
    training: TrainingOptions = TrainingOptions()
    seed: int = 0

    def identity(self) -> str:
        """Sixteen hexadecimal digits that name this spec."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]


# The teaching notebook's settings: Tokenizer(num_words=1000, oov_token="<OOV>"), pad_sequences(padding="post"),
# Embedding(1000, 16), 32 units, adam, ten epochs. Names and values as in the option groups.
NOTEBOOK_PRESET: dict[str, Any] = {
    "tokenizer": "keras",
    "vocabulary_size": 1000,
    "min_count": 1,
    "max_length": 0,
    "lowercase": True,
    "stop_words": "none",
    "embedding_size": 16,
    "units": 32,
    "layers": 1,
    "dropout": 0.0,
    "score": "tanh",
    "epochs": 10,
    "batch_size": 32,
    "optimizer": "adam",
    "learning_rate": 0.001,
}
PRESETS: dict[str, dict[str, Any]] = {"notebook": NOTEBOOK_PRESET}
