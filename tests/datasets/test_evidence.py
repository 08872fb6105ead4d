"""The column that says which words matter: kept from a file, through the store, and told apart from others."""

from __future__ import annotations

import pytest

from seqcore.datasets import LabelledText
from seqcore.datasets.columns import guess_columns
from seqcore.datasets.evidence import EVIDENCE, as_cell, evidence_of, names_places, places_in, spans_of
from seqcore.datasets.formats.parse import read_table
from seqcore.datasets.labels import label_table
from seqcore.settings import Settings

LIMITS = Settings()


def read(cells: list[str]) -> LabelledText:
    lines = [f"a text of number {n},{('good', 'bad')[n % 2]},{cell}" for n, cell in enumerate(cells)]
    table = read_table("\n".join(["text,label,evidence", *lines]).encode(), "rows.csv", limits=LIMITS)
    return label_table(table, guess_columns(table), limits=LIMITS)


def test_places_survive_as_a_cell() -> None:
    assert places_in(as_cell((17, 3))) == (3, 17)


@pytest.mark.parametrize("cell", ["", "first", "1,2", "-1", "1.5", "٣"])
def test_a_cell_that_names_no_places_names_none(cell: str) -> None:
    assert places_in(cell) == ()


def test_a_column_with_other_cells_says_nothing_of_words() -> None:
    assert names_places(["1 2", ""])
    assert not names_places(["1 2", "the plot"])
    assert not names_places(["", ""])


def test_it_is_read_from_a_file_whole_however_many_values_it_has() -> None:
    cells = [" ".join(str(place) for place in range(n, n + 60)) for n in range(80)]
    assert evidence_of(read(cells)) == tuple(map(places_in, cells))


def test_it_is_stored_with_the_texts() -> None:
    data = read(["0 4", "1"] * 20)
    again = LabelledText.from_parquet(data.to_parquet())
    assert evidence_of(again) == evidence_of(data) == ((0, 4), (1,)) * 20


def test_a_column_of_that_name_with_something_else_is_an_ordinary_one() -> None:
    data = read(["strong", "weak"] * 20)
    assert data.other_columns[EVIDENCE][:2] == ("strong", "weak")
    assert evidence_of(data) is None


def test_places_beyond_the_end_are_passed_over() -> None:
    assert spans_of("one  two\tthree", (2, 0, 9, 0)) == ((0, 3), (9, 14))
