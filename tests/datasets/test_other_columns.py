"""Other columns of a file: kept where they tell rows apart, beside the right rows, through the store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seqcore.datasets import LabelledText
from seqcore.datasets.cleaning import Changes, new_version
from seqcore.datasets.columns import guess_columns
from seqcore.datasets.formats.parse import read_table
from seqcore.datasets.labels import label_table
from seqcore.datasets.other_columns import numbers_of
from seqcore.settings import Settings
from seqcore.store import Store

LIMITS = Settings()
ROWS = 40


def file_of(columns: dict[str, list[str]]) -> bytes:
    return "\n".join(",".join(line) for line in [list(columns), *zip(*columns.values(), strict=True)]).encode()


def labelled(extra: dict[str, list[str]], test: dict[str, list[str]] | None = None) -> LabelledText:
    def table(columns: dict[str, list[str]], name: str):
        rows = len(next(iter(columns.values())))
        own = {
            "text": [f"a {name} text of number {n}" if n != 1 else "" for n in range(rows)],
            "label": [("good", "bad")[n % 2] for n in range(rows)],
        }
        return read_table(file_of(own | columns), f"{name}.csv", limits=LIMITS)

    main = table(extra, "main")
    columns = guess_columns(main, text="text", label="label")
    return label_table(main, columns, test=None if test is None else table(test, "test"), limits=LIMITS)


def test_a_column_of_few_values_stands_beside_the_rows_that_are_kept() -> None:
    data = labelled({"site": [("shop", "film", "")[n % 3] for n in range(ROWS)]})
    assert len(data) == ROWS - 1  # one text was empty
    expected = tuple(("shop", "film", "")[n % 3] for n in range(ROWS) if n != 1)
    assert data.other_columns == {"site": expected}


@pytest.mark.parametrize(
    ("cells", "is_kept"),
    [
        (["same"] * ROWS, False),
        ([""] * ROWS, False),
        ([f"name {n}" for n in range(ROWS)], False),
        ([str(n) for n in range(ROWS)], False),
        ([str(n // 2) for n in range(ROWS)], True),
        ([str(1 + n % 5) for n in range(ROWS)], True),
    ],
    ids=["one value", "nothing", "a name for each", "a running number", "numbers", "stars"],
)
def test_a_column_is_kept_where_it_tells_rows_apart_without_naming_each(cells: list[str], is_kept: bool) -> None:
    assert ("extra" in labelled({"extra": cells}).other_columns) == is_kept


def test_rows_of_a_test_file_have_the_cells_of_that_file() -> None:
    data = labelled({"site": ["a", "b"] * 20}, {"site": ["x", "y"] * 10})
    assert data.given_split is not None
    cells = {split: set() for split in ("train", "test")}
    for split, cell in zip(data.given_split, data.other_columns["site"], strict=True):
        cells[split].add(cell)
    assert cells == {"train": {"a", "b"}, "test": {"x", "y"}}


def test_what_is_stored_is_read_again_and_names_no_other_content() -> None:
    data = labelled({"site": ["a", "b"] * 20, "text again": ["c", "d"] * 20})
    assert LabelledText.from_parquet(data.to_parquet()) == data
    assert data.content_hash == replace(data, columns=()).content_hash


def test_columns_that_do_not_fit_the_rows_any_more_are_passed_over() -> None:
    data = labelled({"site": ["a", "b"] * 20})
    fewer = replace(data, texts=data.texts[:10], labels=data.labels[:10], numbers=data.numbers[:10])
    assert fewer.other_columns == {}
    assert LabelledText.from_parquet(fewer.to_parquet()).texts == fewer.texts


def test_a_cleaned_version_keeps_the_cells_of_the_rows_that_stay() -> None:
    data = labelled({"site": ["a", "b", "b", "b"] * 10})
    made = new_version(data, Changes(drop=[0, 5]))
    assert made.other_columns["site"] == tuple(
        cell for row, cell in enumerate(data.other_columns["site"]) if row not in (0, 5)
    )


def test_data_that_were_stored_without_them_get_them_when_they_come_again(tmp_path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    data = labelled({"site": ["a", "b"] * 20})
    first = store.datasets.add("personal", replace(data, columns=()))
    assert store.datasets.load(first).other_columns == {}
    again = store.datasets.add("personal", data)
    assert again.id == first.id
    assert store.datasets.load(store.datasets.get("personal", first.id)).other_columns == data.other_columns
    kept = store.datasets.add("personal", replace(data, columns=()))
    assert store.datasets.load(kept).other_columns == data.other_columns


def test_numbers_are_numbers_only_where_all_of_them_are() -> None:
    assert numbers_of(["1", "-2.5", "3e2"]) == [1.0, -2.5, 300.0]
    assert numbers_of(["1", ""]) is None
