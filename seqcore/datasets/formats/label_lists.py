"""Columns whose cells are lists: of several labels, from which one is taken, or of words, which are a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import inf
from statistics import fmean

from seqcore.datasets.cells import cell_text
from seqcore.datasets.column_names import LABEL_NAMES, name_rank, plain_name
from seqcore.datasets.formats.read_as import Alternative, HowRead, ReadAs
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError

ListCell = str | tuple[str, ...] | None  # a list is a tuple of its parts; none of them is empty
FIRST = "first"
MOST_OFFERED, MOST_NAMED = 20, 200  # labels to take by one press, and to choose from
_WORD_NAMES = ("tokens", "words", "token", "sentence", "sentences", "lines", "paragraphs")
_MEAN_LABELS, _LABEL_CHARACTERS = 6.0, 60.0  # of a list and of one label, beyond which they are no classes
_REPEATS = 2.0  # times that a label stands in a column whose name does not say that it holds labels


@dataclass
class Settled:
    """Columns without lists.

    Attributes:
        columns: Cells by column name.
        notes: What was made of lists of labels, one sentence each.
        labels: The labels of which a text may have several, the commonest first; empty when no text has.
    """

    columns: dict[str, list[str | None]]
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def settle_lists(columns: Mapping[str, Sequence[ListCell]], choice: str | None) -> Settled:
    """One string a cell.

    A list of one label is that label, an empty one is no label. Of several, the first counts, or, where the same
    labels stand in different orders, the first of the alphabet. A chosen label makes a column of yes and no.

    Args:
        columns: Cells by column name.
        choice: "first", the label to be told from all others, or None when nobody has chosen.

    Raises:
        DataError: no text has the chosen label.
    """
    found = Settled({})
    lists = {name: cells for name, cells in columns.items() if any(isinstance(cell, tuple) for cell in cells)}
    for name, cells in columns.items():
        if name not in lists:
            found.columns[name] = [cell if isinstance(cell, str) else None for cell in cells]
        elif _runs_along_words(name, lists):
            found.notes.append(f"“{name}” gives a tag to each word, not a label to each text, and was left out")
        elif holds_labels(name, cells):
            found.columns[name] = _one_label_each(name, cells, choice, found)
        else:
            found.columns[name] = [" ".join(cell) or None if isinstance(cell, tuple) else cell for cell in cells]
    if choice not in (None, FIRST, *found.labels):
        raise _unknown_label(choice or "", found.labels)
    return found


def _unknown_label(choice: str, known: Sequence[str]) -> DataError:
    if not known:
        return DataError(
            f"No text has several labels, of which “{choice[:40]}” could be one",
            remedy="Leave out the choice among several labels",
        )
    shown = ", ".join(f"“{label[:40]}”" for label in known[:MOST_OFFERED])
    return DataError(f"No text has the label “{choice[:40]}”", remedy=f"Choose from: {shown}")


def table_of_lists(
    columns: Mapping[str, Sequence[ListCell]], numbers: Sequence[int], notes: Sequence[str], read_as: ReadAs
) -> RawTable:
    """A table of columns some of which hold lists, and how else they can be read.

    Raises:
        DataError: as `settle_lists`.
    """
    settled = settle_lists(columns, read_as.labels)
    how = HowRead()
    if settled.labels:
        used = read_as.labels or FIRST
        others = [choice for choice in (FIRST, *settled.labels[:MOST_OFFERED]) if choice != used]
        how = HowRead(
            labels=used,
            several=tuple(settled.labels[:MOST_NAMED]),
            alternatives=tuple(Alternative(_said(choice), replace(read_as, labels=choice)) for choice in others),
        )
    return RawTable(settled.columns, numbers, [*notes, *settled.notes], how)


def _said(choice: str) -> str:
    return "The first label of each text" if choice == FIRST else f"“{choice[:40]}”, yes or no"


def holds_labels(name: str, cells: Sequence[ListCell]) -> bool:
    """Whether the lists of a column are labels: by its name, or because they are few, short and stand again."""
    if plain_name(name.rpartition(".")[2]) in _WORD_NAMES:
        return False
    lists = [cell for cell in cells if isinstance(cell, tuple) and cell]
    values = list(chain.from_iterable(lists))
    if not values:
        return True
    if fmean(map(len, values)) > _LABEL_CHARACTERS:
        return False
    distinct = len(set(values))
    named = name_rank(name, LABEL_NAMES) or name_rank(name.rstrip("s"), LABEL_NAMES)
    return bool(named) or (fmean(map(len, lists)) <= _MEAN_LABELS and len(values) >= _REPEATS * distinct)


def _runs_along_words(name: str, lists: Mapping[str, Sequence[ListCell]]) -> bool:
    """Whether the column gives a tag to each word of another, as data sets of named entities do."""
    if plain_name(name) in _WORD_NAMES:
        return False
    sizes = [len(cell) if isinstance(cell, tuple) else 0 for cell in lists[name]]
    words = (cells for other, cells in lists.items() if plain_name(other) in _WORD_NAMES)
    return any(sizes == [len(cell) if isinstance(cell, tuple) else 0 for cell in cells] for cells in words)


def _one_label_each(name: str, cells: Sequence[ListCell], choice: str | None, found: Settled) -> list[str | None]:
    sets = [_distinct(cell) for cell in cells]
    several = sum(len(labels) > 1 for labels in sets)
    known = Counter(chain.from_iterable(sets))
    applies = choice != FIRST and choice in known
    if not several and not applies:
        return [labels[0] if labels else None for labels in sets]
    found.labels += [label for label, _ in known.most_common() if label not in found.labels[:MOST_NAMED]]
    said = f"“{name}” gives more than one label to {several:,} of {len(cells):,} texts"
    if applies and choice is not None:
        found.notes.append(f"{said}; what is learned is whether a text has the label “{choice}”, yes or no")
        return [
            None if cell is None else "yes" if choice in labels else "no"
            for cell, labels in zip(cells, sets, strict=True)
        ]
    mixed = _stand_in_different_orders(sets)
    taken = "the first of the alphabet was taken, because their order differs" if mixed else "the first was taken"
    found.notes.append(
        f"{said}; {taken}. To learn one label as yes or no, choose it under “How the file was read”, "
        "or give --multi-label LABEL"
    )
    return [(min(labels, key=_place_in_alphabet) if mixed else labels[0]) if labels else None for labels in sets]


def _place_in_alphabet(label: str) -> tuple[float, str]:
    """Numbers by their size, before words."""
    return (float(label) if label.isdecimal() and len(label) < 10 else inf), label


def _distinct(cell: ListCell) -> tuple[str, ...]:
    if cell is None:
        return ()
    if isinstance(cell, str):
        return (cell,)
    return tuple(dict.fromkeys(cell))


def _stand_in_different_orders(sets: Sequence[tuple[str, ...]]) -> bool:
    orders = set(sets)
    return len({frozenset(labels) for labels in orders}) < len(orders)


def list_of(values: Sequence[object]) -> tuple[str, ...]:
    """The parts of a list as strings, missing and empty ones left out."""
    parts = (part.strip() for value in values if (part := cell_text(value)) is not None)
    return tuple(part for part in parts if part)
