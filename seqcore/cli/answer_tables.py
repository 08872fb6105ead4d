"""Answers of inspections as tables, one for each shape."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.cli.output import print_json, print_table
from seqcore.inspections.contracts import Answer, ClassProbabilities, StepWeights


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
    else:
        print_json(answer.model_dump(mode="json", exclude_none=True))


def _print_probabilities(answer: ClassProbabilities, texts: Sequence[str]) -> None:
    rows = [
        (label, f"{row.max():.4f}", text)
        for label, row, text in zip(answer.predictions, answer.probabilities, texts, strict=True)
    ]
    print_table(("label", "probability", "text"), rows)
