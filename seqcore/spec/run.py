"""Everything that determines a run: same spec, same seed, same machine, same numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from seqcore.spec.inputs import AnyInput, default_input
from seqcore.spec.options import Options, option

VERSION: Literal[6] = 6  # raised with every change of the layout, together with a step in `seqcore.spec.upgrade`


class SplitOptions(Options):
    """How rows are shared out among training, validation and test."""

    test_share: float = option(
        0.2,
        "Test share",
        "Share of the data kept for the final comparison (unless a test file or a split column decides).",
        ge=0.05,
        le=0.5,
        step=0.05,
    )
    validation_share: float = option(
        0.1,
        "Validation share",
        "Share of the training data set aside to watch the training by.",
        ge=0.05,
        le=0.5,
        step=0.05,
    )
    split_seed: int = option(
        0, "Split seed", "Draws the split; the same seed gives the same split.", ge=0, le=2**31 - 1, step=1, more=True
    )
    group_duplicates: bool = option(
        True,
        "Keep duplicates together",
        "Identical texts stay on one side, so that no training text is tested on.",
        more=True,
    )
    group_near_duplicates: bool = option(
        True,
        "Keep near duplicates together",
        "So do texts that differ only in case, marks or a few words, where duplicates are kept together.",
        more=True,
    )
    split_each_seed: bool = option(
        False,
        "New split for each seed",
        "Each seed draws its own training, validation and test texts, so that the verdict covers other splits too; "
        "three seeds of each model are the fewest that tell.",
    )
    training_share: float = option(
        1.0,
        "Share of training rows used",
        "Part of the training rows that models learn from; validation and test stay as they are.",
        ge=0.01,
        le=1.0,
        step=0.05,
        more=True,
    )

    def drawn_for(self, seed: int) -> SplitOptions:
        """The split of the run of a seed: this one, or where each seed has its own, one drawn by both seeds."""
        if not self.split_each_seed:
            return self
        both = hashlib.sha256(f"{self.split_seed} {seed}".encode()).digest()
        return self.model_copy(update={"split_seed": int.from_bytes(both[:4]) >> 1})  # within its bounds


class TrainingOptions(Options):
    """How a model is trained."""

    epochs: int = option(
        30,
        "Epochs",
        "Maximum number of passes over the training texts; early stopping may end training sooner.",
        ge=1,
        le=500,
        step=1,
    )
    batch_size: int = option(32, "Batch size", "Texts per training step.", ge=1, le=1024, step=8)
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
    keep: Literal["best", "lowest_loss", "last"] = option(
        "best",
        "Keep",
        "Which epoch's weights the model ends with: the most accurate on the validation texts, that of the lowest "
        "validation loss, or the last.",
        labels={"best": "Most accurate epoch", "lowest_loss": "Epoch of the lowest loss", "last": "Last epoch"},
        more=True,
    )
    early_stopping: int = option(
        5,
        "Early stopping",
        "Stop after this many epochs without a lower validation loss; 0 never stops early.",
        ge=0,
        le=100,
        step=1,
        more=True,
        zero="never stops early",
    )
    batches: Literal["mixed", "by_length", "shuffled"] = option(
        "mixed",
        "Batches",
        "Which texts share a batch: texts of similar length are several times faster, texts in any order mix best.",
        labels={"mixed": "Similar length, mixed", "by_length": "By length", "shuffled": "Shuffled"},
        more=True,
    )
    class_weights: bool = option(False, "Class weights", "Let rare classes count as much as common ones.", more=True)
    gradient_clipping: float = option(
        1.0,
        "Gradient clipping",
        "Largest norm of a gradient, to which larger ones are scaled down; 0: no clipping.",
        ge=0.0,
        le=100.0,
        step=0.5,
        more=True,
        zero="no clipping",
    )


class RunSpec(Options):
    """Everything that determines a run: same spec, same seed, same machine → same numbers.

    Attributes:
        version: Of its layout, written with it; `seqcore.spec.upgrade` reads older ones.
        dataset: Content hash of the data.
        architecture: Name of the recipe.
        input: How examples become what a model reads: the options of the data's kind.
        split: How rows are shared out; `drawn_split` says how those of this seed are.
        model: The architecture's own options, complete and validated.
        training: How it is trained.
        seed: Draws first weights, the order of batches and dropout.
    """

    version: Literal[6] = VERSION
    dataset: str
    architecture: str
    input: AnyInput = Field(default_factory=default_input)
    split: SplitOptions = SplitOptions()
    model: dict[str, Any] = Field(default_factory=dict)
    training: TrainingOptions = TrainingOptions()
    seed: int = 0

    @property
    def drawn_split(self) -> SplitOptions:
        """The split that its rows are drawn by: ask this one, not `split`, for rows."""
        return self.split.drawn_for(self.seed)

    @property
    def encoder(self) -> str:
        """The content of the pretrained encoder that its model begins with; empty: it begins with none."""
        return str(self.model.get("encoder", ""))

    def identity(self) -> str:
        """Sixteen hexadecimal digits that name this spec."""
        return identity_of(self.model_dump(mode="json"))

    def model_identity(self) -> str:
        """Digits that name its model: the same for specs that differ in their seed only."""
        return self.model_copy(update={"seed": 0}).identity()


def identity_of(stored: Mapping[str, Any]) -> str:
    """The same digits from a spec as it is stored, whatever its version."""
    canonical = json.dumps(stored, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
