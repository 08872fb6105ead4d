"""What a person decides reaches the reader, in a process of its own too, and what was used comes back."""

from __future__ import annotations

import pytest

from seqcore.datasets import read_table
from seqcore.datasets.formats import confined, get_format
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import Alternative, HowRead, ReadAs
from seqcore.settings import Settings
from seqcore.workroom import child

LIMITS = Settings()
DECIDED = ReadAs("cp1250", ";", "", header=2, sheet="Ratings", member="a/b.csv", labels="first")


def test_how_a_file_was_read_survives_the_way_through_json() -> None:
    how = HowRead(
        "utf-8", ",", '"', 1, 2, "A", "m", "first", ("A", "B"), ("m",), ("x", "y"), (Alternative("sheet B", DECIDED),)
    )
    assert HowRead.from_json(how.to_json()) == how


def test_a_reader_in_a_process_of_its_own_is_told_what_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    telling = "lambda *given: RawTable({'a': ['x']}, [1], [repr(given[3])])"
    known = "from seqcore.datasets.formats import confined; from seqcore.datasets.table import RawTable"
    code = f"{known}; confined._read_here = {telling}; in_child.work()"
    monkeypatch.setattr(child, "_CHILD", child._CHILD.replace("in_child.work()", code))
    found = confined.read_confined(get_format("parquet"), Content(b""), limits=LIMITS, read_as=DECIDED)
    assert found.notes == [repr(DECIDED)]


def test_the_encoding_that_was_used_is_said() -> None:
    assert read_table("text,label\nżółć,a\nb,c\n".encode(), "a.csv", limits=LIMITS).how.encoding == "utf-8"


def test_the_encoding_that_was_chosen_is_used() -> None:
    data = "text,label\nżółć gęś,a\nb,c\n".encode("cp1250")
    table = read_table(data, "a.csv", limits=LIMITS, read_as=ReadAs(encoding="windows-1250"))
    assert (table.frame["text"].iloc[0], table.how.encoding) == ("żółć gęś", "cp1250")
