"""What goes on inside a model while it reads, as tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import numpy as np

from seqcore.cli.output import print_table
from seqcore.inspections.attention_step import AttentionStepAnswer
from seqcore.inspections.cell_step import CellStepAnswer, GateParts
from seqcore.inspections.gates import GatesAnswer
from seqcore.inspections.memory import MemoryAnswer
from seqcore.inspections.reading_along import AlongAnswer
from seqcore.inspections.units import UnitsAnswer

WIDEST = 8  # units that fit on a line: those that vary most


def print_gates(answer: GatesAnswer) -> None:
    """A row a token for each gate of each layer; of many units those that vary most."""
    for layer in answer.layers:
        shown = sorted(layer.order[:WIDEST])
        columns = [layer.units.index(unit) for unit in shown]
        for name, grid in layer.gates.items():
            sys.stdout.write(f"{layer.cell} {layer.layer}, {layer.direction}: {name}\n")
            rows = zip(answer.tokens, grid[:, columns].tolist(), strict=True)
            print_table(("token", *_units(shown)), [(token, *_numbers(row)) for token, row in rows])


def print_cell_step(answer: CellStepAnswer) -> None:
    """For each step the parts of every gate, then the states, a column a unit."""
    for row, step in enumerate(answer.steps):
        sys.stdout.write(f"step {step}: {answer.tokens[step - 1]}\n")
        rows = [line for name, gate in answer.gates.items() for line in _sum_of(name, gate, row)]
        states = {
            "cell before": answer.previous_cell,
            "cell after": answer.new_cell,
            "hidden before": answer.previous_hidden,
            "hidden after": answer.hidden,
        }
        rows += [(name, *_numbers(grid[row])) for name, grid in states.items() if grid is not None]
        print_table(("", *_units(answer.units)), rows)


def print_attention_step(answer: AttentionStepAnswer) -> None:
    """A row a token with its score, its weight and what is weighed, and the sum."""
    rows = zip(answer.tokens, answer.scores, answer.weights, answer.values, strict=True)
    table = [(token, *_numbers((score, weight, *values))) for token, score, weight, values in rows]
    print_table(("token", "score", "weight", *_units(answer.units)), [*table, ("sum", "", "", *_numbers(answer.sum))])


def print_along(answer: AlongAnswer) -> None:
    """A row a token with the probability of each class; a change of mind is marked."""
    changed = {change.position: f"{change.before} → {change.after}" for change in answer.changes}
    rows = zip(answer.positions, answer.tokens, answer.probabilities, strict=True)
    table = [(place, token, *_numbers(row), changed.get(place, "")) for place, token, row in rows]
    print_table(("", "token", *answer.classes, "changes"), table)


def print_memory(answer: MemoryAnswer) -> None:
    """A row a distance by gradients, then by leaving out; the half-lives and the accuracy below."""
    for name, curve in (("gradient", answer), ("leaving out", answer.occlusion)):
        rows = zip(curve.distance, curve.influence, curve.texts, strict=True)
        print_table(("steps back", name, "texts"), [(back, f"{share:.4f}", texts) for back, share, texts in rows])
    lives = [
        "no half-life within the texts" if curve.half_life is None else f"half-life {curve.half_life:.1f} steps"
        for curve in (answer, answer.occlusion)
    ]
    sys.stderr.write(
        f"By gradients {lives[0]}, by leaving out {lives[1]}; right on {answer.accuracy:.4f} of these texts.\n"
    )


def print_units(answer: UnitsAnswer) -> None:
    """The units in order, then the texts and the words that drive the chosen one."""
    columns = ("unit", "correlation", "with", "spread", "mean")
    rows = [
        (each.unit, f"{each.correlation:.4f}", each.label, *_numbers((each.spread, each.mean))) for each in answer.units
    ]
    print_table(columns, rows)
    sys.stdout.write(f"unit {answer.unit}\n")
    print_table(("word", "change", "times"), [(each.token, f"{each.change:.4f}", each.times) for each in answer.words])
    told = [(each.token, f"{each.value:.4f}", each.label, each.prediction, each.text[:60]) for each in answer.texts]
    print_table(("at", "state", "class", "answer", "text"), told)


def _sum_of(name: str, gate: GateParts, row: int) -> Iterable[tuple[str, ...]]:
    yield f"{name}: x·W", *_numbers(gate.from_input[row])
    yield f"{name}: h·U", *_numbers(gate.from_state[row])
    yield f"{name}: b", *_numbers(gate.bias)
    if gate.state_bias is not None:
        yield f"{name}: b of h·U", *_numbers(gate.state_bias)
    yield f"{name}: before", *_numbers(gate.before[row])
    yield name, *_numbers(gate.after[row])


def _units(numbers: Iterable[int]) -> list[str]:
    return [f"unit {number}" for number in numbers]


def _numbers(values: Sequence[float] | np.ndarray) -> list[str]:
    return [f"{value:.4f}" for value in values]
