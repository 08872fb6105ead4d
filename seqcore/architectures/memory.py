"""How much memory a training takes at its peak, told before it starts and without TensorFlow.

Each architecture declares its `Footprint`: how many numbers of four bytes its dearest training step holds at once. The
coefficients are measured; `python -m benchmarks.memory_estimate` prints what they say beside what trainings take.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from seqcore.kinds.sizes import FrameSizes, TokenSizes

if TYPE_CHECKING:
    from seqcore.architectures.registry import Architecture, Sizes

BYTES = 4  # of a number
AT_REST = 620_000_000  # bytes of a training process with TensorFlow that trains next to nothing
PER_CHARACTER = 7  # bytes of a text with its words and ids, while the vocabulary is learned
PER_ANSWER = 40  # bytes of a probability of a class, with its copies in other precisions and the table of answers
PARAMETER_COPIES = 15  # weights and two averages, twice, the gradient, the best epoch; most again while it is saved
SCATTERED = 1.25  # batches of other widths leave gaps in memory that TensorFlow has and keeps
SCORED_AT_ONCE = 12_000_000  # numbers that texts which are scored together may hold; a single text may hold more
MANY_OPERATIONS = 20_000_000  # numbers that hundreds of small operations take beside what they compute, about
MOST_EXAMPLES = 50_000  # training examples that a nearest neighbour keeps
MOST_PAIRS = 200_000  # pairs of neighbours that a bag of words counts ...
MOST_PAIR_WEIGHTS = 4_000_000  # ... and the weights of all of them: the fit keeps about ten numbers for each


@dataclass(frozen=True)
class Footprint:
    """Numbers that the dearest step of a training holds at once.

    Attributes:
        per_step: For every step of every example of a batch, padding included.
        per_pair: For every two steps of every example of a batch, where each step looks at each.
        per_parameter: For every parameter.
        per_character: For every character of the data, where all examples are fitted at once.
        solved_features: Features of every training example that are laid out at once, where a linear model on them is
            solved in closed form.
        fixed: Whatever the batches are: parameters that training leaves as they are, with their copies.
    """

    per_step: float
    per_pair: float = 0.0
    per_parameter: float = PARAMETER_COPIES
    per_character: float = 0.0
    solved_features: int = 0
    fixed: float = 0.0

    def of_batch(self, examples: int, width: int) -> float:
        """Numbers of a batch: so many examples, padded to `width` steps."""
        return examples * width * (self.per_step + width * self.per_pair)

    def of_solving(self, examples: int) -> float:
        """Numbers of the features of so many examples, and of products of the fewer of both, in double precision."""
        if not self.solved_features:
            return 0.0
        least = min(examples, self.solved_features)
        every = examples * self.solved_features
        return MANY_OPERATIONS + every * (1.5 if examples <= self.solved_features else 5) + 8 * least**2

    def scored_at_once(self, width: int) -> int:
        """Examples of this width that can be scored together, at least 1."""
        return max(1, int(SCORED_AT_ONCE / self.of_batch(1, max(width, 1))))


@dataclass(frozen=True)
class Load:
    """What the data ask a training to hold.

    Attributes:
        width: Steps of the longest training example, as a model reads it.
        training: Training examples.
        scored: Examples of the larger of validation and test.
        written: Size of all examples as they are written: characters of texts, moments of series.
    """

    width: int
    training: int
    scored: int
    written: int


def memory_needed(architecture: Architecture, sizes: Sizes, options: Any, load: Load, batch_size: int) -> int:
    """Bytes of a process that trains this model on these data with batches of this size, at its peak."""
    sizes = _with_counts(sizes, options, load)
    footprint = architecture.footprint(sizes, options)
    fixed = footprint.fixed + footprint.per_parameter * sum(architecture.parameters(sizes, options).values())
    together = min(batch_size, load.training) if architecture.fit == "gradient" else 1
    scored = max(footprint.of_batch(1, load.width), min(footprint.of_batch(load.scored, load.width), SCORED_AT_ONCE))
    batch = max(footprint.of_batch(together, load.width), scored / 2)  # nothing is kept for a gradient
    solving = footprint.of_solving(load.training) + footprint.per_character * load.written
    return round(AT_REST + _of_data(sizes, load) + BYTES * (fixed + solving + SCATTERED * batch))


def memory_before_training(architecture: Architecture, sizes: Sizes, options: Any, load: Load) -> int:
    """Bytes of such a process when the model is built and nothing is trained yet."""
    weights = sum(architecture.parameters(sizes, options).values())
    return round(AT_REST + _of_data(sizes, load) + BYTES * weights)


def _of_data(sizes: Sizes, load: Load) -> int:
    return PER_CHARACTER * load.written + PER_ANSWER * load.scored * sizes.classes


def _with_counts(sizes: Sizes, options: Any, load: Load) -> Sizes:
    """With as many pairs as a bag of words will find at most, which is known only when it has counted; and with the
    examples that a nearest neighbour will keep."""
    most = getattr(options, "most_examples", 0)
    if most and isinstance(sizes.input, FrameSizes):
        return replace(sizes, input=replace(sizes.input, examples=min(most, load.training)))
    if not getattr(options, "pairs", False) or not isinstance(sizes.input, TokenSizes):
        return sizes
    pairs = min(MOST_PAIRS, MOST_PAIR_WEIGHTS // sizes.outputs, load.written // 10)
    return replace(sizes, input=replace(sizes.input, pairs=pairs))
