"""What tabs of Look inside show, as tables with a row for every number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from seqcore.export.tables import csv_bytes
from seqcore.inspections.attention_changed import ChangedAttention
from seqcore.inspections.gates import GatesAnswer, GatesOfCell
from seqcore.inspections.memory import MemoryAnswer
from seqcore.inspections.reading_along import AlongAnswer
from seqcore.inspections.units import UnitsAnswer

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 500_000  # of gates: what a spreadsheet still opens


def along_csv(read: Sequence[tuple[str, AlongAnswer]]) -> bytes:
    """A row for each model, word and class: the probability after the word.

    Args:
        read: Names of the models with their answers.
    """
    import pandas as pd

    rows = [
        [label, position, token, start, end, name, probability]
        for label, answer in read
        for position, token, (start, end), shares in zip(
            answer.positions, answer.tokens, answer.spans, answer.probabilities.tolist(), strict=True
        )
        for name, probability in zip(answer.classes, shares, strict=True)
    ]
    columns = ["model", "position", "token", "start", "end", "class", "probability"]
    return csv_bytes(pd.DataFrame(rows, columns=columns))


def gates_csv(label: str, answer: GatesAnswer) -> bytes:
    """A row for each layer, direction, gate, unit and word; of a long text the units that vary most.

    Args:
        label: Name of the model.
        answer: Of it.
    """
    import pandas as pd

    tokens, grids = len(answer.tokens), sum(len(cell.gates) for cell in answer.layers)
    most = max(1, MOST_ROWS // max(tokens * grids, 1))
    parts = [_cell_table(answer, cell, sorted(cell.order[:most])) for cell in answer.layers]
    table = pd.concat(parts, ignore_index=True)
    table.insert(0, "model", label)
    return csv_bytes(table)


def _cell_table(answer: GatesAnswer, cell: GatesOfCell, units: Sequence[int]) -> pd.DataFrame:
    import pandas as pd

    columns, tokens = [cell.units.index(unit) for unit in units], len(answer.tokens)
    gates, size = list(cell.gates), len(units) * tokens
    values = [cell.gates[gate][:, columns].T.ravel() for gate in gates]  # unit by unit, each over the words
    starts, ends = (np.array([span[side] for span in answer.spans], int) for side in (0, 1))
    every = len(gates) * len(units)
    return pd.DataFrame(
        {
            "layer": cell.layer,
            "direction": cell.direction,
            "gate": np.repeat(gates, size),
            "unit": np.tile(np.repeat(units, tokens), len(gates)),
            "position": np.tile(np.arange(1, tokens + 1), every),
            "token": np.tile(np.array(answer.tokens, object), every),
            "start": np.tile(starts, every),
            "end": np.tile(ends, every),
            "value": np.concatenate(values).astype(float).round(6),
        }
    )


def memory_csv(found: Sequence[tuple[str, MemoryAnswer]]) -> bytes:
    """A row for each model, way of measuring and distance.

    Args:
        found: Names of the models with their answers.
    """
    import pandas as pd

    rows = [
        [label, measured, distance, influence, texts]
        for label, answer in found
        for measured, curve in (("gradient", answer), ("leaving out", answer.occlusion))
        for distance, influence, texts in zip(curve.distance, curve.influence.tolist(), curve.texts, strict=True)
    ]
    return csv_bytes(pd.DataFrame(rows, columns=["model", "measured", "words before the end", "influence", "texts"]))


def moved_csv(label: str, found: ChangedAttention) -> bytes:
    """A row for each word: its own weight and the one that was given.

    Args:
        label: Name of the model.
        found: What it answered.
    """
    import pandas as pd

    answers = {"said before": found.classes[int(found.before.argmax())], "says": found.prediction}
    rows = [
        {"model": label, "position": place, "token": step.token, "start": step.start, "end": step.end,
         "own weight": own, "weight": step.weight} | answers
        for place, (step, own) in enumerate(zip(found.tokens, found.own, strict=True), start=1)
    ]  # fmt: skip
    return csv_bytes(pd.DataFrame(rows))


def driving_csv(label: str, found: UnitsAnswer) -> bytes:
    """A row for each text in which a unit peaks, then one for each word that moves it.

    Args:
        label: Name of the model.
        found: What it answered.
    """
    import pandas as pd

    columns = ["model", "layer", "direction", "unit", "kind", "token", "value", "times", "text", "label", "prediction"]
    about = [label, found.layer, found.direction, found.unit]
    texts = [
        [*about, "text", each.token, each.value, 1, each.text, each.label, each.prediction] for each in found.texts
    ]
    words = [[*about, "word", each.token, each.change, each.times, "", "", ""] for each in found.words]
    return csv_bytes(pd.DataFrame([*texts, *words], columns=columns))
