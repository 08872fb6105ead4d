from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqcore.datasets import read_table
from seqcore.settings import Settings
from tests.datasets.conftest import Read, rows_of

ROWS = [["I liked it, a lot, really", "positive"], ["Dull, long; and slow", "negative"], ["Good | fine", "positive"]]


@pytest.mark.parametrize(("delimiter", "word"), [("\t", "tab"), (",", "comma"), (";", "semicolon"), ("|", "pipe")])
def test_every_delimiter_is_found_in_texts_full_of_commas(read: Read, delimiter: str, word: str) -> None:
    sink = io.StringIO()
    csv.writer(sink, delimiter=delimiter).writerows([["text", "label"], *ROWS])
    table = read(sink.getvalue(), "a.txt")
    assert rows_of(table) == ROWS
    assert any(word in note for note in table.notes) or delimiter == ","


def test_a_tab_wins_over_the_commas_of_sentences_without_quotes(read: Read) -> None:
    table = read("ham\tWell, yes, no\nspam\tWin, win, win\nham\tOk, then\nham\tSee you, soon\n", "sms.csv")
    assert rows_of(table)[1] == ["spam", "Win, win, win"]


def test_unquoted_commas_of_a_text_before_its_label_are_joined_back(read: Read) -> None:
    table = read("text,label\nfine,good\nnot bad, not bad at all,good\nslow, long, dull film,bad\nawful,bad\n")
    assert rows_of(table)[1:3] == [["not bad, not bad at all", "good"], ["slow, long, dull film", "bad"]]
    assert any("2 rows" in note for note in table.notes)


def test_unquoted_commas_are_joined_back_without_header_too(read: Read) -> None:
    table = read("I liked it, a lot,positive\nBad,negative\nSo, so, so dull,negative\nGood,positive\nFine,positive\n")
    assert rows_of(table)[0] == ["I liked it, a lot", "positive"]
    assert rows_of(table)[2] == ["So, so, so dull", "negative"]


def test_cells_spilled_into_unnamed_columns_are_joined_to_the_text(read: Read) -> None:
    lines = ["v1,v2,,,"] + [f'ham,"A usual message, number {number}",,,' for number in range(20)]
    lines.insert(4, 'spam,"So far"," so good",,"and more"')
    table = read("\r\n".join(lines))
    assert list(table.frame.columns) == ["v1", "v2"]
    assert rows_of(table)[3] == ["spam", "So far, so good,,and more"]
    assert any("3 unnamed columns" in note and "“v2” (1 row)" in note for note in table.notes)


def test_quoted_fields_keep_line_breaks_and_doubled_quotes(read: Read) -> None:
    table = read('text,label\n"two\nlines, ""quoted""",good\nplain,bad\n')
    assert rows_of(table)[0] == ['two\nlines, "quoted"', "good"]


def test_a_field_longer_than_the_csv_module_allows_is_read(read: Read) -> None:
    long_text = "word " * 40_000
    assert rows_of(read(f"text,label\n{long_text},good\nshort,bad\n"))[0][0] == long_text


def test_quotation_marks_that_are_no_csv_quotes_swallow_no_rows(read: Read) -> None:
    lines = ['ham\t"Hello', "spam\tWin now", 'ham\the said "hi"', "spam\tFree"]
    table = read("\n".join(lines), "sms.tsv")
    assert rows_of(table) == [["ham", '"Hello'], ["spam", "Win now"], ["ham", 'he said "hi"'], ["spam", "Free"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(read: Read, end: str) -> None:
    assert rows_of(read(end.join(["text,label", "a b,x", "c d,y", ""]))) == [["a b", "x"], ["c d", "y"]]


def test_a_file_without_header_loses_no_row_and_says_so(read: Read) -> None:
    table = read("I loved it,positive\nI hated it,negative\nWhat a joy,positive\n")
    assert len(table.frame) == 3
    assert list(table.frame.columns) == ["column 1", "column 2"]
    assert any("No header" in note for note in table.notes)


def test_a_header_of_unusual_names_is_a_header(read: Read) -> None:
    table = read("What they said,Verdict\nI loved it all,up\nI hated it all,down\nQuite nice really,up\n")
    assert list(table.frame.columns) == ["What they said", "Verdict"]
    assert len(table.frame) == 3


def test_duplicate_column_names_are_numbered(read: Read) -> None:
    table = read("text,text,label\na b,c d,x\ne f,g h,y\n")
    assert list(table.frame.columns) == ["text", "text (2)", "label"]
    assert any("text (2)" in note for note in table.notes)


def test_the_index_that_pandas_writes_gets_a_name(read: Read) -> None:
    table = read(",text,label\n0,good one,x\n1,bad one,y\n2,other one,x\n")
    assert list(table.frame.columns) == ["column 1", "text", "label"]


def test_row_names_without_heading_shift_no_columns(read: Read) -> None:
    table = read('"text","label"\n"1","good one","x"\n"2","bad one","y"\n')
    assert list(table.frame["text"]) == ["good one", "bad one"]


def test_excels_own_delimiter_line_is_obeyed(read: Read) -> None:
    assert rows_of(read("sep=;\ntext;label\na, b;x\nc, d;y\n")) == [["a, b", "x"], ["c, d", "y"]]


def test_short_and_blank_rows_keep_their_numbers_in_the_file(read: Read) -> None:
    table = read("text,label\na b,x\n\nc d\ne f,y\n")
    assert rows_of(table) == [["a b", "x"], ["c d", None], ["e f", "y"]]
    assert list(table.frame.index) == [2, 4, 5]


def test_a_delimiter_a_space_and_a_mark_within_a_cell_take_no_space_from_others(read: Read) -> None:
    table = read(b'text,label\n"she said, ""no""",good\n fine,bad\n', "a.csv")
    assert list(table.frame["text"]) == ['she said, "no"', " fine"]


def test_header_and_quotes_with_spaces_around_are_tidied(read: Read) -> None:
    assert list(read(" text , label \na b,x\nc d,y\n").frame.columns) == ["text", "label"]


_CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30).filter(
    str.strip
)


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(_CELL, min_size=4, max_size=12), delimiter=st.sampled_from("\t,;|"))
def test_what_the_csv_module_writes_is_read_back(texts: list[str], delimiter: str) -> None:
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    rows = [[text, ("good", "bad")[number % 2]] for number, text in enumerate(texts)]
    writer.writerows([["text", "label"], *rows])
    table = read_table(sink.getvalue().encode(), "a.csv", limits=Settings())
    assert rows_of(table) == rows
