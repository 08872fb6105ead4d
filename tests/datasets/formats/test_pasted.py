from __future__ import annotations

import pytest

from seqcore.datasets import read_pasted
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.conftest import rows_of

PAIRS = [["I loved it", "positive"], ["Dull, long; slow | grey", "negative"], ["A joy, really", "positive"]]


@pytest.mark.parametrize("delimiter", ["\t", ", ", " ; ", "|"])
@pytest.mark.parametrize("label_first", [False, True])
def test_the_delimiter_and_the_place_of_the_label_are_found(
    delimiter: str, label_first: bool, limits: Settings
) -> None:
    lines = [delimiter.join([label, text] if label_first else [text, label]) for text, label in PAIRS]
    assert rows_of(read_pasted("\n".join(lines), limits=limits)) == PAIRS


def test_five_short_reviews_are_enough(limits: Settings) -> None:
    text = "I love this movie,1\nThis movie is terrible,0\nAmazing film,1\nI hated it,0\nGreat acting,1\n"
    table = read_pasted(text, limits=limits)
    assert rows_of(table)[1] == ["This movie is terrible", "0"]
    assert len(table.frame) == 5


def test_quotes_of_csv_and_windows_line_ends_are_taken_off(limits: Settings) -> None:
    table = read_pasted('"Good, ""very"" good",pos\r\n"Bad, really",neg\r\n', limits=limits)
    assert rows_of(table) == [['Good, "very" good', "pos"], ["Bad, really", "neg"]]


def test_a_first_line_that_names_the_columns_is_no_data(limits: Settings) -> None:
    table = read_pasted("text,label\ngood one,x\nbad one,y\n", limits=limits)
    assert rows_of(table) == [["good one", "x"], ["bad one", "y"]]
    assert any("names the columns" in note for note in table.notes)


def test_a_line_without_label_keeps_its_text_and_number(limits: Settings) -> None:
    lines = [f"text {number}\tx" for number in range(6)] + ["", "no label here", "last\ty"]
    table = read_pasted("\n".join(lines), limits=limits)
    assert rows_of(table)[6] == ["no label here", None]
    assert list(table.frame.index)[6:] == [8, 9]


@pytest.mark.parametrize(
    "lines",
    [
        ["__label__a __label__b one, two", "__label__b three", "__label__a four"],
        ["0 one two three", "1 four five", "0 six seven", "1 eight nine"],
        ["one two three@pos", "four five@neg", "six@pos", "seven, eight@neg"],
    ],
)
def test_labels_marked_as_files_mark_them_are_found(lines: list[str], limits: Settings) -> None:
    table = read_pasted("\n".join(lines), limits=limits)
    assert rows_of(table)[0][0] in ("one, two", "one two three")
    assert set(table.frame["label"]) in ({"a", "b"}, {"0", "1"}, {"pos", "neg"})


@pytest.mark.parametrize("text", ["", "  \n\n", "just one sentence", "one\ntwo\nthree"])
def test_lines_without_labels_are_refused_with_an_example(text: str, limits: Settings) -> None:
    with pytest.raises(DataError, match="I loved it, positive"):
        read_pasted(text, limits=limits)


def test_more_than_the_box_may_hold_is_refused(limits: Settings) -> None:
    with pytest.raises(DataError, match="More than 1,000 characters were pasted"):
        read_pasted("a film, good\n" * 100, limits=limits.model_copy(update={"max_pasted_characters": 1000}))
