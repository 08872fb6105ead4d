"""Answers of inspections as tables, one for each shape."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import singledispatch

from seqcore.cli.head_tables import print_heads
from seqcore.cli.map_tables import print_changed_attention, print_flips, print_scores, print_trust
from seqcore.cli.output import print_json, print_table
from seqcore.cli.over_texts_tables import print_drawn_words, print_ground_truth, print_maps_disagree
from seqcore.cli.plane_tables import print_neighbours, print_texts, print_words
from seqcore.cli.state_tables import (
    print_along,
    print_attention_step,
    print_cell_step,
    print_gates,
    print_memory,
    print_units,
)
from seqcore.inspections.attention import AttentionAnswer
from seqcore.inspections.attention_changed import ChangedAttention
from seqcore.inspections.attention_step import AttentionStepAnswer
from seqcore.inspections.cell_step import CellStepAnswer
from seqcore.inspections.contracts import Answer, ClassProbabilities, StepScores, StepWeights
from seqcore.inspections.drawn_words import DrawnWords
from seqcore.inspections.flips import FlipsAnswer
from seqcore.inspections.gates import GatesAnswer
from seqcore.inspections.ground_truth import GroundTruthAnswer
from seqcore.inspections.heads import HeadsAnswer
from seqcore.inspections.maps_disagree import MapsDisagree
from seqcore.inspections.memory import MemoryAnswer
from seqcore.inspections.neighbours import NeighboursAnswer
from seqcore.inspections.reading_along import AlongAnswer
from seqcore.inspections.text_plane import TextPlaneAnswer
from seqcore.inspections.trust import TrustAnswer
from seqcore.inspections.units import UnitsAnswer
from seqcore.inspections.word_order import OrderScores
from seqcore.inspections.word_plane import WordPlaneAnswer


def print_answer(answer: Answer, texts: Sequence[str]) -> None:
    """A table of an answer; of a shape that has none, its JSON.

    Args:
        answer: Any.
        texts: What was asked about.
    """
    for note in getattr(answer, "notes", ()):
        sys.stderr.write(f"{note}\n")
    if isinstance(answer, ClassProbabilities):
        _print_probabilities(answer, texts)
    else:
        _print_shape(answer)


def _print_probabilities(answer: ClassProbabilities, texts: Sequence[str]) -> None:
    rows = [
        (label, f"{row.max():.4f}", text)
        for label, row, text in zip(answer.predictions, answer.probabilities, texts, strict=True)
    ]
    print_table(("label", "probability", "text"), rows)


@singledispatch
def _print_shape(answer: Answer) -> None:
    """By the nearest class of an answer that is registered below."""
    print_json(answer.model_dump(mode="json", exclude_none=True))


@_print_shape.register
def _print_weights(answer: StepWeights) -> None:
    print_table(("weight", "token"), [(f"{step.weight:.4f}", step.token) for step in answer.tokens])


@_print_shape.register
def _print_attention(answer: AttentionAnswer) -> None:
    _print_weights(answer)
    if answer.sentences:
        rows = [(f"{each.weight:.4f}", " ".join(each.token.split())) for each in answer.sentences]
        print_table(("weight", "sentence"), rows)


@_print_shape.register
def _print_order(answer: OrderScores) -> None:
    low, high = answer.interval
    columns = ("words", "texts", "right", "lost", "95\N{NO-BREAK SPACE}% interval", "answers changed")
    shuffled = sum(answer.shuffled) / len(answer.shuffled)
    lost = (f"{answer.lost:z.4f}", f"{low:z.4f} to {high:z.4f}", f"{answer.changed:.4f}")
    rows = [("as written", answer.texts, f"{answer.accuracy:.4f}", "", "", "")]
    print_table(columns, [*rows, ("shuffled", answer.texts, f"{shuffled:.4f}", *lost)])
    sys.stderr.write(f"{answer.sentence}\n")


_print_shape.register(ChangedAttention, print_changed_attention)
_print_shape.register(HeadsAnswer, print_heads)
_print_shape.register(StepScores, print_scores)
_print_shape.register(TrustAnswer, print_trust)
_print_shape.register(FlipsAnswer, print_flips)
_print_shape.register(GatesAnswer, print_gates)
_print_shape.register(CellStepAnswer, print_cell_step)
_print_shape.register(AttentionStepAnswer, print_attention_step)
_print_shape.register(AlongAnswer, print_along)
_print_shape.register(MemoryAnswer, print_memory)
_print_shape.register(UnitsAnswer, print_units)
_print_shape.register(WordPlaneAnswer, print_words)
_print_shape.register(TextPlaneAnswer, print_texts)
_print_shape.register(NeighboursAnswer, print_neighbours)
_print_shape.register(DrawnWords, print_drawn_words)
_print_shape.register(MapsDisagree, print_maps_disagree)
_print_shape.register(GroundTruthAnswer, print_ground_truth)
