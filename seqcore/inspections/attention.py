"""Where a model with attention looks in a text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from seqcore.analysis.focus import focus
from seqcore.architectures import Architecture
from seqcore.inspections.contracts import ExampleRequest, StepMatrices, WeighedStep, weighed
from seqcore.inspections.examples import reads_examples
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import told
from seqcore.kinds import Step

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

ATTENTION = "attention"
_OF_SENTENCES = 3  # arrays: shares of words, weights of sentences, their numbers
MOST_WEIGHTS = 4_000_000  # that an answer carries: the matrices grow with the square of the text


class AttentionAnswer(StepMatrices):
    """Weights, and for a transformer the matrices that they are the mean of.

    Attributes:
        kind: What the model weighs: steps, steps within sentences and sentences, or for each head steps by steps.
        sentences: The parts of the text that are weighed as a whole, each with its weight, together 1; mostly none.
    """

    kind: Literal["tokens", "sentences", "heads"]
    sentences: tuple[WeighedStep, ...] = ()


class AttentionRequest(ExampleRequest[AttentionAnswer]):
    """The text to look into, and whether the matrices of a transformer are wanted, too."""

    matrix: bool = Field(True, description="Whether a transformer's matrices are given, and not the weights alone.")

    @property
    def large(self) -> bool:
        """Where it has matrices."""
        return self.matrix


def looks_at_steps(architecture: Architecture, kind: str) -> str | None:
    """Why one cannot see where a model looks."""
    if architecture.attention == "none":
        return "has no attention to show"
    return reads_examples(architecture, kind)


def looks_at_every_step(architecture: Architecture, kind: str) -> str | None:
    """Why there are no weights that all steps share."""
    if architecture.attention == "sentences":
        return "weighs words within their sentence and then sentences, never all words at once"
    return looks_at_steps(architecture, kind)


@register(
    ATTENTION,
    label="Attention",
    how_to_read="The number under a token is its share of the model's attention; all shares sum to 100 %. Of a "
    "transformer it is the attention that the token receives, averaged over layers, heads and looking tokens; of a "
    "model that reads sentences it is the token's weight in its sentence times that of the sentence. Text "
    "without shade was not read: spaces, punctuation, removed stop words, what lies beyond the maximum length.",
    how_not_to_read="Attention is where the model looks, not why it answers as it does, and nobody has measured here "
    "whether the two agree: the state at a token knows its neighbours too, other weights could lead to the same answer "
    "(Jain & Wallace 2019, arXiv:1902.10186), and the same model from another seed may look elsewhere.",
    of_moments="A moment's share of the model's attention; all shares sum to 100 %. Of a transformer it is what the "
    "moment receives, averaged over layers, heads and looking moments. It is where the model looks, not why "
    "it answers as it does: the state at a moment knows its neighbours too (Jain & Wallace 2019, "
    "arXiv:1902.10186).",
    request=AttentionRequest,
    answer=AttentionAnswer,
    applies_to=looks_at_steps,
)
def attention(model: FinishedModel, request: AttentionRequest) -> AttentionAnswer:
    """One forward pass, its attention kept.

    For a transformer a token's weight is the attention that it receives, averaged over layers, heads and looking
    tokens. A text of no known shape (nothing but stop words, say) has no tokens: the prediction stands, the list is
    empty.
    """
    example = model.example(request)
    probabilities, layers = model.look(example)
    steps = model.encoder.steps(example)
    said = told(model, example, probabilities)
    if model.architecture.attention == "sentences":
        whole = isinstance(example, str) and len(layers) == _OF_SENTENCES  # windows cut sentences
        sentences = sentences_weighed(example, steps, layers) if whole else ()
        return AttentionAnswer(**said, kind="sentences", tokens=weighed(steps, layers[0]), sentences=sentences)
    if model.architecture.attention == "tokens":
        return AttentionAnswer(**said, kind="tokens", tokens=weighed(steps, layers[0]))
    if not request.matrix:
        received = focus(layers).received
        return AttentionAnswer(
            **said, kind="heads", tokens=weighed(steps, received), layers=len(layers), heads=len(layers[0])
        )
    matrix = together(layers)
    return AttentionAnswer(
        **said,
        kind="heads",
        tokens=weighed(steps, focus(matrix).received),
        layers=matrix.shape[0],
        heads=matrix.shape[1],
        matrix=matrix if steps else None,
        averaged=matrix.shape[:2] != (len(layers), len(layers[0])),
    )


def sentences_weighed(
    text: str, steps: Sequence[Step], layers: Sequence[NDArray[np.float32]]
) -> tuple[WeighedStep, ...]:
    """The sentences of a text with their weights.

    Args:
        text: As it was given.
        steps: That are read of it.
        layers: (steps,) each: shares of the steps, weights of the sentences that they stand in, and their numbers.
    """
    _, weights, numbers = layers
    firsts = np.flatnonzero(np.diff(numbers[: len(steps)], prepend=-1)).tolist()
    found = []
    for first, beyond in pairwise([*firsts, len(steps)]):
        start, end = steps[first].start, steps[beyond - 1].end
        known = any(step.known for step in steps[first:beyond])
        weight = float(weights[first])
        found.append(WeighedStep(token=text[start:end], start=start, end=end, weight=weight, known=known))
    return tuple(found)


def step_weights(model: FinishedModel, example: Any) -> NDArray[np.float64]:
    """(steps,) the share of attention of each step that is read, together 1."""
    return weights_of(model.architecture, model.look(example)[1])


def weights_of(architecture: Architecture, layers: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """(steps,) the share of attention of each step, together 1.

    Args:
        architecture: Whose.
        layers: Weights of its layers on one text, (steps,) or (heads, looking step, step looked at).
    """
    weights = focus(layers).received if architecture.attention == "heads" else layers[0]
    found: NDArray[np.float64] = np.asarray(weights, np.float64)
    return found


def together(layers: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """The matrices of all layers, (heads, looking, looked at) each, in one: (layers, heads, looking, looked at).

    Of a long text the mean over the heads of each layer, or over all layers too: those of two thousand tokens would
    take hundreds of megabytes on the way to a page that can draw a few dozen tokens.
    """
    if sum(layer.size for layer in layers) > MOST_WEIGHTS:
        layers = [layer.mean(axis=0, keepdims=True) for layer in layers]
    if sum(layer.size for layer in layers) > MOST_WEIGHTS:
        layers = [np.mean(layers, axis=0)]
    return np.stack(layers)
