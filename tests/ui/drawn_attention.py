"""What an inspection would say of an attention whose numbers were drawn: one sum without TensorFlow."""

from collections.abc import Sequence

import numpy as np

from seqcore.inspections.attention_step import AttentionStepAnswer

UNITS = 4


def answer_of(
    words: Sequence[str], *, heads: bool, layer: int = 1, head: int = 1, step: int = 1, spread: float = 1.0
) -> AttentionStepAnswer:
    """A sum over some words; of a transformer with two layers and three heads.

    Args:
        words: Any number of them.
        heads: Whether a head looks from a step, or states are weighed.
        layer: Number of the layer.
        head: Number of the head.
        step: Number of the step that looks.
        spread: Standard deviation of the scores.
    """
    rng = np.random.default_rng([layer, head, step])
    scores, values = spread * rng.normal(size=len(words)), rng.normal(size=(len(words), UNITS))
    weights = np.exp(scores - scores.max(initial=0.0))
    weights /= weights.sum() or 1.0
    return AttentionStepAnswer(
        text=" ".join(words), tokens=words, spans=((0, 1),) * len(words), known=(True,) * len(words), layer=layer,
        layers=2 if heads else 1, heads=3 if heads else 1, head=head, step=step if heads else None,
        units=range(UNITS), scores=scores, divisor=4.0 if heads else 1.0, weights=weights, values=values,
        sum=weights @ values,
    )  # fmt: skip
