from __future__ import annotations

from dataclasses import replace

from seqcore.datasets import Dropped
from seqcore.datasets.formats.read_as import HowRead
from seqcore.datasets.reading import Reading, described_reading, reading_of
from tests.datasets.conftest import Read


def test_a_reading_says_what_was_chosen_used_and_left_out(read: Read) -> None:
    table = replace(read("text;label\na b;gut\nc d;\n", "tage.csv"), how=HowRead(encoding="cp1252", delimiter=";"))
    said = described_reading(
        table, text="text", label="label", rows=1, dropped=[Dropped("no label", 1, (3,))], notes=["A note"]
    )
    assert (said["delimiter"], said["text"], said["label"], said["rows"]) == (";", "text", "label", 1)
    assert said["encoding"] == "cp1252"
    assert said["dropped"] == [{"reason": "no label", "count": 1, "rows": [3]}]
    assert said["notes"][-1] == "A note"


def test_a_reading_is_the_same_after_it_was_stored(read: Read) -> None:
    table = read("title,text,label\na b,c d,x\n")
    test = reading_of(table, text="text", label="label", rows=1, dropped=[Dropped("no text", 2, (4, 5))])
    whole = Reading(
        "a.xlsx", None, None, ("title", "text"), "label", "part", 3, notes=("One", "Two"), sheet="S", test=test
    )
    assert whole.to_json()["text"] == ["title", "text"]
    assert Reading.from_json(whole.to_json()) == whole


def test_a_reading_is_told_in_lines(read: Read) -> None:
    dropped = (Dropped("no text", 1, (4,)), Dropped("no label", 7, (5, 6, 7, 8, 9, 10)))
    lines = Reading("a.csv", "utf-8", ",", ("text",), "label", None, 1200, dropped, ("A note",)).sentences()
    assert lines == [
        "Read a.csv: 1,200 rows; text “text”, label “label”; encoding utf-8; columns separated by commas",
        "1 row left out: no text (row 4)",
        "7 rows left out: no label (rows 5, 6, 7, 8, 9, …)",
        "A note",
    ]
