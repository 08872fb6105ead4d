"""Rarer ways to write a table: other quotes and escapes, marks of several characters, names that stand twice or not."""

from __future__ import annotations

import pytest

from tests.datasets.conftest import Read
from tests.datasets.formats.test_odd_tables import PAIRS, pairs_of

LINES = [(text, label) for text, label in PAIRS * 4]


@pytest.mark.parametrize(
    "file",
    [
        "text,label\n'Well, it was bad',neg\n'It''s good, yes',pos\n'plain',neg\n'ok, then',pos\n",
        "text,label\n'Well, it was bad',neg\n'It\\'s good, yes',pos\nplain,neg\n'ok, then',pos\n",
        "'text','label'\n'Well, it was bad','neg'\n'It\\'s good, yes','pos'\n'plain','neg'\n'ok, then','pos'\n",
        'text, label\n"Well, it was bad", "neg"\n"It\'s good, yes", "pos"\n"plain", "neg"\n"ok, then", "pos"\n',
        "text,label\nWell\\, it was bad,neg\nIt's good\\, yes,pos\nplain,neg\nok\\, then,pos\n",
    ],
    ids=["single", "single escaped", "single everywhere", "spaced", "backslash"],
)
def test_delimiters_are_kept_in_cells_in_other_ways_too(read: Read, file: str) -> None:
    expected = [["Well, it was bad", "neg"], ["It's good, yes", "pos"], ["plain", "neg"], ["ok, then", "pos"]]
    assert pairs_of(read(file)) == expected


@pytest.mark.parametrize(
    "texts",
    [
        ["'tis good", "it's bad", "'twas fine", "no 'quote'"],
        ["C:\\", "a \\ b", "\\o/", "d"],
        ["'a' b", "'c", "d'", "e"],
    ],
)
def test_apostrophes_and_backslashes_of_texts_stay(read: Read, texts: list[str]) -> None:
    rows = [[text, label] for text, label in zip(texts, ["pos", "neg"] * 2, strict=True)]
    assert pairs_of(read("text,label\n" + "".join(f"{text},{label}\n" for text, label in rows))) == rows


@pytest.mark.parametrize(
    "line", ["{text} :: {label}", "{label} +++$+++ {text}", "{text}||{label}", "{text} => {label}", "{text}|||{label}"]
)
def test_marks_of_several_characters_divide_lines(read: Read, line: str) -> None:
    table = read("\n".join(line.format(text=text, label=label) for text, label in LINES), "a.txt")
    assert pairs_of(table) == [[text, label] for text, label in LINES]


@pytest.mark.parametrize("above", ["// exported\n// twice\n", "Report\nby me\n\n"])
def test_lines_above_the_names_say_nothing_of_the_delimiter(read: Read, above: str) -> None:
    table = read(f"{above}text,label\ngood film,pos\nbad film,neg\nnice one,pos\n")
    assert pairs_of(table) == [["good film", "pos"], ["bad film", "neg"], ["nice one", "pos"]]


def test_names_that_stand_again_below_are_left_out_and_it_is_said(read: Read) -> None:
    table = read("text,label\ngood film,pos\nbad film,neg\ntext,label\nnice,pos\n")
    assert pairs_of(table) == [["good film", "pos"], ["bad film", "neg"], ["nice", "pos"]]
    assert list(table.frame.index) == [2, 3, 5]
    assert table.notes == ("1 row that names the columns once more was left out",)


def test_the_three_header_rows_of_a_survey_are_no_answers(read: Read) -> None:
    rows = ["Q1,Q2", "What do you think?,How are you?", '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"']
    answers = [["I like the new shop", "happy"], ["I do not like it", "sad"], ["It is as it was", "happy"]]
    table = read("\n".join([*rows, *map(",".join, answers)]))
    assert list(table.frame.columns) == ["Q1", "Q2"]
    assert pairs_of(table) == answers


@pytest.mark.parametrize("names", ["0,1", ",0,1"])
def test_numbers_that_a_program_gave_columns_are_names(read: Read, names: str) -> None:
    index = names.startswith(",")
    lines = [
        f"{f'{at},' if index else ''}{text} film,{at % 2}" for at, text in enumerate(["good", "bad", "new", "old"])
    ]
    assert pairs_of(read("\n".join([names, *lines])))[0] == ["good film", "0"]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (["text one\tOTHER", "text two\tOFFENSE"], False),
        (["first text\tother", "next words\toffense", "what is it\toffense"], False),
        (["What they said\tVerdict", "I loved it\tup", "I hated it\tdown"], True),
        (["phrase\tfeeling", "I loved it\tup", "I hated it\tdown"], True),
    ],
)
def test_in_a_few_rows_a_class_may_stand_but_once(read: Read, rows: list[str], header: bool) -> None:
    assert len(read("\n".join(rows), "a.txt").frame) == len(rows) - header


@pytest.mark.parametrize("row", ["{text},__label__{label}", "__label__{label}\t{text}"])
def test_the_prefix_of_fasttext_is_no_part_of_a_label_in_a_column(read: Read, row: str) -> None:
    header = "text,label\n" if "," in row else ""
    table = read(header + "\n".join(row.format(text=f"film {at}", label="ab"[at % 2]) for at in range(4)), "a.csv")
    assert pairs_of(table) == [["film 0", "a"], ["film 1", "b"], ["film 2", "a"], ["film 3", "b"]]


@pytest.mark.parametrize("mark", [",", ";", "|"])
def test_labels_that_stand_together_in_a_cell_are_several(read: Read, mark: str) -> None:
    labels = ["27", f"3{mark}27", "0", "3"] * 3
    table = read("\n".join(f"My text {at}\t{label}" for at, label in enumerate(labels)), "a.tsv")
    assert [label for _, label in pairs_of(table)] == ["27", "3", "0", "3"] * 3
    assert table.how.several == ("27", "3", "0")


@pytest.mark.parametrize("labels", [["Sales, North", "Sales, South"], ["1,5", "2,5", "1"], ["a", "b", "a,c"]])
def test_a_mark_in_a_label_is_part_of_it_where_its_parts_are_no_labels(read: Read, labels: list[str]) -> None:
    cells = labels * 4
    table = read("\n".join(f"My text {at}\t{label}" for at, label in enumerate(cells)), "a.tsv")
    assert [label for _, label in pairs_of(table)] == cells


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (["nice film", "bad film", "good one"], False),
        (["fine", "bad", "good"], False),
        (["text", "bad film", "good one"], True),
        (["utterances_en", "bad film", "good one"], True),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a", "a.md"])
def test_a_column_alone_loses_no_text_to_a_header(read: Read, lines: list[str], header: bool, name: str) -> None:
    assert len(read("\n".join(lines), name).frame) == len(lines) - header
