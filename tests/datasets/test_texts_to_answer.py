"""Which column of a file a model answers, and which of them says the labels."""

import pandas as pd
import pytest

from seqcore.datasets.formats.parse import read_texts
from seqcore.datasets.table import Table
from seqcore.datasets.texts_to_answer import NO_COLUMN, texts_to_answer
from seqcore.errors import DataError
from seqcore.settings import Settings


def table(**columns: list[str | None]) -> Table:
    rows = len(next(iter(columns.values())))
    return Table("x.csv", pd.DataFrame(columns, index=range(2, rows + 2), dtype=object))


TEXTS: list[str | None] = ["what a fine film", "I want my two hours back", None, "not bad at all"]


def test_a_column_of_the_models_classes_is_the_label_however_it_is_spelled() -> None:
    found = texts_to_answer(table(id=["1", "2", "3", "4"], text=TEXTS, sentiment=["1.0", "0", " 1 ", "7"]), ["0", "1"])
    assert (found.text, found.label) == ("text", "sentiment")
    assert found.labels(["0", "1"]) == ("1", "0", "1", "")
    assert found.texts == ("what a fine film", "I want my two hours back", "", "not bad at all")


def test_labels_are_one_after_unicode_composition_and_missing_ones_are_none() -> None:
    composed, apart = "caf\u00e9", "cafe\u0301"
    found = texts_to_answer(table(text=TEXTS, label=[apart, None, composed, "  "]), [composed, "bar"])
    assert found.labels([composed, "bar"]) == (composed, None, composed, None)


@pytest.mark.parametrize(
    "columns",
    [
        {"url": ["https://example.org/a/very/long/one"] * 4},
        {"votes": ["0", "1", "1", "0"]},  # a count, whatever the classes are called
        {"label": ["ham", "spam", "ham", "spam"]},  # of another model
        {"id": ["0", "1", "1", "1"]},
    ],
)
def test_other_columns_are_no_labels(columns: dict[str, list[str | None]]) -> None:
    found = texts_to_answer(table(text=TEXTS, **columns), ["0", "1"])
    assert (found.text, found.label, found.labels(["0", "1"])) == ("text", None, None)


def test_labels_that_the_model_does_not_have_are_said_to_be_left_alone() -> None:
    found = texts_to_answer(table(text=TEXTS, label=["ham", "spam", "ham", "spam"]), ["0", "1"])
    assert found.notes[-1] == "“label” was not taken as the label: it holds no class of the model"
    assert texts_to_answer(table(text=TEXTS), ["0", "1"]).notes == ()  # with one column nothing was decided


def test_what_a_person_named_is_taken() -> None:
    given = table(title=TEXTS, text=TEXTS, label=["0", "1", "0", "1"], coded=["1", "1", "0", "1"])
    found = texts_to_answer(given, ["0", "1"], text="title", label="coded")
    assert (found.text, found.label, found.notes) == ("title", "coded", ())
    assert texts_to_answer(given, ["0", "1"], label=NO_COLUMN).label is None
    with pytest.raises(DataError, match="no column “body”"):
        texts_to_answer(given, ["0", "1"], text="body")


def test_an_empty_line_of_a_single_column_keeps_its_place() -> None:
    read = read_texts(b'text\none of them\n\n""\nanother one\n', "x.csv", limits=Settings())
    assert texts_to_answer(read, []).texts == ("one of them", "", "", "another one")
