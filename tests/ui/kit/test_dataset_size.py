"""A data set is counted in what its kind calls its examples."""

from datetime import UTC, datetime

import pytest

from seqcore.store import Dataset
from seqcore.ui.kit.dataset_size import classes_of, examples_of


def dataset(kind: str, rows: int) -> Dataset:
    return Dataset(
        id="d", workspace="w", name="n", content_hash="h", rows=rows, classes=("a", "b"), bytes=1,
        created=datetime(2026, 1, 1, tzinfo=UTC), meta={}, kind=kind,
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "rows", "said"), [("text", 1234, "1,234 texts"), ("text", 1, "1 text")])
def test_examples_are_called_as_their_kind_calls_them(kind: str, rows: int, said: str) -> None:
    assert examples_of(dataset(kind, rows)) == said
    assert classes_of(dataset(kind, rows)) == "2 classes"


def test_a_kind_that_is_not_known_here_keeps_no_list_from_being_drawn() -> None:
    assert examples_of(dataset("smells", 7)) == "7 examples"
