"""What each attention head of a transformer does with a text: a small picture, numbers, and words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict

from seqcore.analysis.head_habits import habit_of, habit_told
from seqcore.analysis.thumbnails import thumbnail
from seqcore.inspections.contracts import ExampleRequest, Shades, TextAnswer
from seqcore.inspections.registry import register
from seqcore.inspections.rollout import looks_with_heads
from seqcore.inspections.text_said import told

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from seqcore.kinds import Step
    from seqcore.worker.runtime.finished_model import FinishedModel

HEADS = "heads"
_LONGEST = 24  # characters of a token in a sentence


class HeadHabit(BaseModel):
    """One head; its numbers are means over the tokens that look.

    Attributes:
        layer: Number of the layer, from 1, the nearest to the words.
        head: Number of the head, from 1.
        distance: Tokens between the one that looks and what it looks at.
        before: Share of the attention that goes to earlier tokens.
        entropy: In bits.
        spread: As many tokens as would have that entropy if all got as much.
        itself: Share that a token keeps for itself; likewise of the one before, the one after, and the first.
        most_looked_at: Number of the token that is looked at most, from 1.
        its_share: Of that token.
        short: What the head does, in a few words.
        sentence: ... and in a sentence.
    """

    model_config = ConfigDict(frozen=True)

    layer: int
    head: int
    distance: float
    before: float
    entropy: float
    spread: float
    itself: float
    previous: float
    following: float
    first: float
    most_looked_at: int
    its_share: float
    short: str
    sentence: str


class HeadsAnswer(TextAnswer):
    """Shape: small pictures and numbers of every head.

    Attributes:
        steps: Tokens that the model read.
        layers: Layers that look.
        heads: Heads of each.
        each: Every head, layer by layer; none where nothing was read.
        thumbnails: (layers, heads, cells, cells), at most 32 cells, 0 to 255: the root of a block's mean share beside
            the greatest of its own picture; None where nothing was read.
    """

    steps: int
    layers: int
    heads: int
    each: tuple[HeadHabit, ...]
    thumbnails: Shades | None = None


class HeadsRequest(ExampleRequest[HeadsAnswer]):
    """The text to look into."""


@register(
    HEADS,
    label="Heads",
    how_to_read="A picture for each layer and head: a row is a token that looks, a column a token that is looked at, "
    "the stronger the colour the more, each picture on its own scale. A line from corner to corner is a head that "
    "looks at the token itself, a line beside it one that looks at a neighbour, a column one that looks at the same "
    "token from everywhere.",
    how_not_to_read="The words say what a head does on this text, not what it is for: on another text it may do "
    "something else, and a head that looks nowhere in particular may still change the answer. Attention is not an "
    "explanation (Jain & Wallace 2019, arXiv:1902.10186).",
    of_moments="A picture for each layer and head: a row is a moment that looks, a column a moment that is looked at, "
    "each picture on its own scale. It shows what a head does on this example, not what it is for, and "
    "attention is not an explanation (Jain & Wallace 2019, arXiv:1902.10186).",
    request=HeadsRequest,
    answer=HeadsAnswer,
    applies_to=looks_with_heads,
)
def heads(model: FinishedModel, request: HeadsRequest) -> HeadsAnswer:
    """One forward pass."""
    example = model.example(request)
    probabilities, layers = model.look(example)
    steps = model.encoder.steps(example)
    said = told(model, example, probabilities) | {"layers": len(layers), "heads": len(layers[0])}
    if not steps:
        return HeadsAnswer(**said, steps=0, each=())
    return HeadsAnswer(
        **said,
        steps=len(steps),
        each=tuple(
            _habit(layer, head, matrix, steps)
            for layer, of_layer in enumerate(layers, start=1)
            for head, matrix in enumerate(of_layer, start=1)
        ),
        thumbnails=np.stack([[thumbnail(matrix) for matrix in of_layer] for of_layer in layers]),
    )


def _habit(layer: int, head: int, matrix: NDArray[np.float32], steps: list[Step]) -> HeadHabit:
    habit = habit_of(matrix)
    short, sentence = habit_told(habit, steps[habit.favourite].name[:_LONGEST])
    numbers = {name: value for name, value in asdict(habit).items() if name in HeadHabit.model_fields}
    return HeadHabit(
        **numbers,
        layer=layer,
        head=head,
        most_looked_at=habit.favourite + 1,
        its_share=habit.favoured,
        short=short,
        sentence=sentence,
    )
