"""Answers of inspections as tables, one for each shape."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from seqcore.cli.output import print_json, print_table
from seqcore.cli.state_tables import print_along, print_attention_step, print_cell_step, print_gates
from seqcore.inspections.attention_step import AttentionStepAnswer
from seqcore.inspections.cell_step import CellStepAnswer
from seqcore.inspections.contracts import Answer, ClassProbabilities, StepWeights
from seqcore.inspections.gates import GatesAnswer
from seqcore.inspections.reading_along import AlongAnswer
from seqcore.inspections.word_order import OrderScores


def print_answer(answer: Answer, texts: Sequence[str]) -> None:
    """A table of an answer; of a shape that has none, its JSON.

    Args:
        answer: Any.
        texts: What was asked about.
    """
    if isinstance(answer, ClassProbabilities):
        _print_probabilities(answer, texts)
    elif isinstance(answer, StepWeights):
        print_table(("weight", "token"), [(f"{step.weight:.4f}", step.token) for step in answer.tokens])
    elif isinstance(answer, OrderScores):
        _print_order(answer)
    elif isinstance(answer, GatesAnswer):
        print_gates(answer)
    elif isinstance(answer, CellStepAnswer):
        print_cell_step(answer)
    elif isinstance(answer, AttentionStepAnswer):
        print_attention_step(answer)
    elif isinstance(answer, AlongAnswer):
        print_along(answer)
    else:
        print_json(answer.model_dump(mode="json", exclude_none=True))


def _print_probabilities(answer: ClassProbabilities, texts: Sequence[str]) -> None:
    rows = [
        (label, f"{row.max():.4f}", text)
        for label, row, text in zip(answer.predictions, answer.probabilities, texts, strict=True)
    ]
    print_table(("label", "probability", "text"), rows)


def _print_order(answer: OrderScores) -> None:
    low, high = answer.interval
    columns = ("words", "texts", "right", "lost", "95\N{NO-BREAK SPACE}% interval", "answers changed")
    shuffled = sum(answer.shuffled) / len(answer.shuffled)
    lost = (f"{answer.lost:.4f}", f"{low:.4f} to {high:.4f}", f"{answer.changed:.4f}")
    rows = [("as written", answer.texts, f"{answer.accuracy:.4f}", "", "", "")]
    print_table(columns, [*rows, ("shuffled", answer.texts, f"{shuffled:.4f}", *lost)])
    sys.stderr.write(f"{answer.sentence}\n")
