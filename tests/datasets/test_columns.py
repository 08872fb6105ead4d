from __future__ import annotations

import random

import pytest

from seqcore.datasets import Columns, guess_columns
from seqcore.errors import DataError
from tests.datasets.conftest import Read

_WORDS = ["the", "plot", "of", "this", "film", "was", "rather", "slow", "but", "its", "cast", "shone", "through"]


def _file(header: str, *kinds: str, rows: int = 60) -> str:
    """A TSV file whose columns are texts, short titles, classes, row numbers, numbers or splits."""
    rng = random.Random(3)
    make = {
        "text": lambda row: " ".join(rng.choices(_WORDS, k=rng.randint(6, 20))),
        "title": lambda row: " ".join(rng.choices(_WORDS, k=3)),
        "class": lambda row: rng.choice(["good", "bad", "so so"]),
        "number": lambda row: str(rng.randint(0, 1)),
        "id": lambda row: str(row),
        "split": lambda row: ("train", "test", "dev")[row % 3],
        "site": lambda row: rng.choice(["a.example", "b.example"]),
        "empty": lambda row: "",
    }
    lines = ["\t".join(make[kind](row) for kind in kinds) for row in range(rows)]
    return "\n".join([header.replace(",", "\t"), *lines])


@pytest.mark.parametrize(
    ("header", "kinds", "expected"),
    [
        ("text,label", ("text", "class"), Columns("text", "label")),
        ("v1,v2", ("class", "text"), Columns("v2", "v1")),
        ("text,label,fine_label", ("text", "class", "class"), Columns("text", "label")),
        ("text,label,site", ("text", "class", "site"), Columns("text", "label")),
        ("review,sentiment,split", ("text", "class", "split"), Columns("review", "sentiment", "split")),
        ("id,Title,Review Text,Rating", ("id", "title", "text", "number"), Columns("Review Text", "Rating")),
        ("Class Index,Title,Description", ("number", "title", "text"), Columns("Description", "Class Index")),
        ("tweet_id,airline_sentiment,tweet", ("id", "class", "text"), Columns("tweet", "airline_sentiment")),
        ("a,b", ("class", "text"), Columns("b", "a")),
        ("a,b,c", ("id", "text", "number"), Columns("b", "c")),
        ("text,label,label_text", ("text", "number", "class"), Columns("text", "label")),
        ("Kommentar,Urteil,Notiz", ("text", "class", "empty"), Columns("Kommentar", "Urteil")),
        ("message,subset,target", ("text", "split", "number"), Columns("message", "target", "subset")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_columns_are_guessed(read: Read, header: str, kinds: tuple[str, ...], expected: Columns) -> None:
    assert guess_columns(read(_file(header, *kinds), "a.tsv")) == expected


def test_columns_without_header_are_guessed_from_what_stands_in_them(read: Read) -> None:
    table = read("I loved it,positive\nI hated it,negative\nWhat a joy,positive\n")
    assert guess_columns(table) == Columns("column 1", "column 2")


@pytest.mark.parametrize(
    "content", ["text\nonly one column here\nand no label\n", "text,label\nsome words,\nmore words,\n"]
)
def test_a_table_without_a_second_column_is_refused(read: Read, content: str) -> None:
    with pytest.raises(DataError, match="text column and a label column are needed"):
        guess_columns(read(content))
