from __future__ import annotations

from seqcore.datasets import Columns, label_table
from seqcore.datasets.tested_rows import rows_left_untested
from seqcore.settings import Settings
from tests.datasets.conftest import Read, labelled

TRAIN = "".join(f"text {n},{'ab'[n % 2]}\n" for n in range(20))


def test_rows_of_a_test_file_that_are_not_scored_are_told(read: Read, limits: Settings) -> None:
    test = read("text,label\nx y,a\ny z,c\nz z,\n", "held.csv")
    data = label_table(read("text,label\n" + TRAIN), Columns("text", "label"), test=test, limits=limits)
    assert rows_left_untested(data) == (
        "Scores are of 1 of the 3 rows of the test file held.csv; 2 were left out: "
        "1 with no label, 1 with a class that no training row has"
    )


def test_rows_marked_as_test_that_are_not_scored_are_told(read: Read, limits: Settings) -> None:
    rows = TRAIN.replace("\n", ",train\n") + "x y,a,test\n,b,test\n,a,train\n"
    data = label_table(read("text,label,part\n" + rows), Columns("text", "label", "part"), limits=limits)
    assert rows_left_untested(data) == (
        "Scores are of 1 of the 2 rows that the split column marks as test; 1 was left out: 1 with no text"
    )


def test_nothing_is_told_of_a_test_that_is_whole_or_drawn_from_the_rows(read: Read, limits: Settings) -> None:
    table = read("text,label\n" + TRAIN + ",a\n")
    assert rows_left_untested(label_table(table, Columns("text", "label"), limits=limits)) is None
    assert rows_left_untested(labelled("ab", split=("train", "test"))) is None
