"""Rows that a person brought to test on: their columns, and what is said when they cannot be used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from seqcore.datasets.column_names import plain_name
from seqcore.datasets.column_plausibility import has_label_name, has_other_name
from seqcore.datasets.column_profiles import Cells, ColumnProfile, profiles_of
from seqcore.datasets.columns import Columns, guess_text_column
from seqcore.datasets.label_spelling import look_alike_key, same_key
from seqcore.datasets.table import Table
from seqcore.errors import DataError

_LABELS_SHOWN = 5
_ARE_CLASSES = 0.5  # share of cells that must be classes of the training for an unnamed column to hold the labels
_PREDICT = "open it on the Predict page (predict RUN FILE), which needs no labels"


def columns_of_test(test: Table, columns: Columns, trained: Iterable[str]) -> Columns:
    """The columns of a test file: those of the same names, else those that are called or filled alike.

    Args:
        test: The test file.
        columns: The columns of the training file.
        trained: Labels of training rows.

    Raises:
        DataError: it has no label column, or no text column beside it.
    """
    names = {plain_name(str(name)): str(name) for name in reversed(list(test.frame.columns))}
    names |= {str(name): str(name) for name in test.frame.columns}
    reasons: list[str] = []
    classes = {same_key(written) for written in trained}
    label = _named(columns.label, names)
    if label is not None and test.how.header == 0 and not _share_of_classes(test, label, classes):
        label = _column_of_classes(test, classes, ()) or label  # a place is no name
    if label is None:
        label = _label_column(test, classes, names, columns)
    if _named(columns.label, names) != label:
        reasons.append(f"“{label}” was taken as the label")
    texts = [_named(name, names) for name in columns.texts]
    known = tuple(name for name in texts if name is not None and name != label)
    if len(known) < len(texts):
        others = test.frame.drop(columns=label)
        known = (guess_text_column(Table(test.name, others))[0],)
        reasons.insert(0, f"“{known[0]}” was taken as the text")
    return Columns(known[0] if len(known) == 1 else known, label, reasons=tuple(reasons))


def no_labels(test: Table, columns: Columns) -> DataError:
    """What is said of a test file of which no row has both a text and a label."""
    return DataError(
        "The test file has no row with both a text and a label",
        received=f"{len(test.frame):,} rows without, where text is “{' + '.join(columns.texts)}” and "
        f"label “{columns.label}”",
        remedy=f"Choose another file, or {_PREDICT}",
    )


def nothing_to_test(tested: Sequence[str], trained: Collection[str], look_alikes: Sequence[str]) -> DataError:
    """What is said when no row to test on has a class that can be learned.

    Args:
        tested: Labels of the rows to test on; empty when none of them has one.
        trained: Labels of training rows.
        look_alikes: Labels among those to test on that look like one of the training.
    """
    if not tested:
        return DataError(
            "No row that the split column marks as test has both a text and a label",
            remedy="Choose no split column (--split none): the test is then drawn from the rows that have labels",
        )
    merge = "They look alike: press “Merge labels that look alike” (--merge-labels)" if look_alikes else ""
    return DataError(
        "No row to test on has a label that training rows have",
        received=f"{listed(tested)}, where training rows have {listed(trained)}",
        remedy=merge or "Write the labels alike in both, or choose another label column",
    )


def unseen_labels(tested: Sequence[str], trained: Collection[str]) -> str:
    """A sentence on labels of rows to test on that no training row has."""
    return f"No training row has {listed(tested)}, so the rows to test on that have it are left out"


def looking_alike(tested: Iterable[str], trained: Iterable[str]) -> list[str]:
    """Labels among those to test on that look like a label of the training."""
    keys = {look_alike_key(label) for label in trained}
    return [label for label in dict.fromkeys(tested) if look_alike_key(label) in keys]


def listed(labels: Iterable[str]) -> str:
    """The labels, the first few of them."""
    distinct = list(dict.fromkeys(labels))
    shown = [f"“{label[:40]}”" for label in distinct[:_LABELS_SHOWN]]
    return ", ".join(shown) + (f" and {len(distinct) - len(shown):,} others" if len(distinct) > len(shown) else "")


def _named(name: str, names: dict[str, str]) -> str | None:
    return names.get(name) or names.get(plain_name(name))


def _label_column(test: Table, trained: Collection[str], names: dict[str, str], columns: Columns) -> str:
    """The column with classes of the training in it, or one that is called a label.

    Raises:
        DataError: there is none; an id is no label.
    """
    taken = [_named(name, names) for name in columns.texts]
    found = _column_of_classes(test, trained, taken) or _column_called_label(test, taken)
    if found is None:
        raise DataError(
            "The test file has no label column",
            received="columns " + listed(map(str, test.frame.columns)),
            remedy=f"Add the column “{columns.label}”, or {_PREDICT}",
        )
    return found


def _column_of_classes(test: Table, trained: Collection[str], taken: Collection[str | None]) -> str | None:
    """The column that has most of the classes of the training; of equals one that is called a label."""
    shares = {
        each.name: _share_of_classes(test, each.name, trained)
        for each in _columns_beside(test, taken)
        if each.cells is not Cells.RUNNING or has_label_name(each.name)  # few rows of 1 and 0 look like a count
    }
    fitting = [name for name, share in shares.items() if share > _ARE_CLASSES]
    return max(fitting, key=lambda name: (has_label_name(name), shares[name]), default=None)


def _column_called_label(test: Table, taken: Collection[str | None]) -> str | None:
    beside = (each for each in _columns_beside(test, taken) if each.cells is not Cells.RUNNING)
    return next((each.name for each in beside if has_label_name(each.name)), None)


def _columns_beside(test: Table, taken: Collection[str | None]) -> list[ColumnProfile]:
    filled = [each for each in profiles_of(test) if each.filled and each.name not in taken]
    return [each for each in filled if not has_other_name(each.name)]


def _share_of_classes(test: Table, name: str, trained: Collection[str]) -> float:
    """Share of the cells of a column that are classes of the training."""
    cells = [cell.strip() for cell in test.frame[name] if cell is not None and cell.strip()]
    return sum(same_key(cell) in trained for cell in cells) / len(cells) if cells else 0.0
