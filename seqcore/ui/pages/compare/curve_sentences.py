"""How the training of each model went, in words below its curves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from seqcore.analysis.standings import Standing
from seqcore.plots import variants
from seqcore.ui.kit.run_outcome import course_of, sentence_on_curves
from seqcore.ui.kit.statements import Statement, draw_statements

if TYPE_CHECKING:
    from seqcore.store import Run


def draw_curve_sentences(ranked: Sequence[Standing], runs: Sequence[Run]) -> None:
    """What each model's numbers say, as on Train; nothing of runs whose version did not say it yet."""
    known = {run.id: run for run in runs}
    numbers = variants(standing.architecture for standing in ranked)
    statements = [
        Statement(standing.architecture, number, standing.label, sentences(standing, known))
        for standing, number in zip(ranked, numbers, strict=True)
    ]
    draw_statements([each for each in statements if each.sentences])


def sentences(standing: Standing, known: Mapping[str, Run]) -> tuple[str, ...]:
    """One for a single seed; of several one for each way in which their training went, the most common first.

    Args:
        standing: A model.
        known: Its runs, by id; others may be among them.
    """
    runs = [known[result.run_id] for result in standing.results if sentence_on_curves(known[result.run_id])]
    if standing.seeds == 1:
        return tuple(map(sentence_on_curves, runs))
    examples = {course_of(run): run for run in reversed(runs)}  # of each course the first
    return tuple(
        f"{_which(number, standing.seeds, examples[course].seed)}: {sentence_on_curves(examples[course])}"
        for course, number in Counter(map(course_of, runs)).most_common()
    )


def _which(number: int, seeds: int, example: int) -> str:
    return f"Seed {example}" if number == 1 else f"{number} of {seeds} seeds, for example seed {example}"
