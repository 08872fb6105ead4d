"""Workbooks as people keep them: merged cells, headings over headings, a sheet that explains the others."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from seqcore.datasets import guess_columns, read_table
from seqcore.datasets.formats.merged_cells import Merged, fill_down, headings_above
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.conftest import Read, rows_of
from tests.datasets.formats.generated_files import opendocument

LIMITS = Settings()
Rows = Sequence[Sequence[object]]
DATA = [["text", "label"], *([f"comment {at} of them", "ab"[at % 2]] for at in range(6))]


def book(sheets: dict[str, Rows], *merged: str) -> bytes:
    """An .xlsx file with these sheets; the ranges are merged in every sheet."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    sink = io.BytesIO()
    made.save(sink)
    return sink.getvalue()


def test_a_merged_label_holds_for_its_whole_range(read: Read) -> None:
    rows = [["label", "text"], ["good", "a b"], [None, "c d"], [None, "e f"], ["bad", "g h"], [None, "i j"], ["x", "k"]]
    table = read(book({"Data": rows}, "A2:A4", "A5:A6"), "a.xlsx")
    assert list(table.frame["label"]) == ["good"] * 3 + ["bad"] * 2 + ["x"]
    assert "Merged cells count for each of their rows" in table.notes


def test_cells_that_are_empty_and_not_merged_stay_empty(read: Read) -> None:
    table = read(book({"Data": [["label", "text"], ["good", "a b"], [None, "c d"], ["bad", "e f"]]}), "a.xlsx")
    assert list(table.frame["label"]) == ["good", None, "bad"]


def test_a_merged_range_far_from_the_first_cell_is_found(read: Read) -> None:
    rows = [
        [],
        [],
        [None, None, "label", "text"],
        [None, None, "x", "a b"],
        [None, None, None, "c d"],
        ["", "", "y", "e"],
    ]
    table = read(book({"Data": rows}, "C4:C5"), "a.xlsx")
    assert list(table.frame["label"]) == ["x", "x", "y"]


def test_merged_cells_of_opendocument_hold_for_their_range(read: Read) -> None:
    data = opendocument([("label", "text"), ("good", "a b"), ("", "c d"), ("bad", "e f")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    good = b'office:value-type="string"><text:p>good'
    parts["content.xml"] = parts["content.xml"].replace(good, b'table:number-rows-spanned="2" ' + good)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert list(read(sink.getvalue(), "a.ods").frame["label"]) == ["good", "good", "bad"]


BODY = [[n, f"comment {n} of them", "xy"[n % 2], "AB"] for n in range(8)]


def test_names_stand_under_merged_headings(read: Read) -> None:
    rows = [["Respondent", None, "Coding"], ["No", "Comment", "Category", "Coder"], *BODY]
    table = read(book({"Data": rows}, "A1:B1", "C1:D1"), "a.xlsx")
    assert list(table.frame.columns) == ["No", "Comment", "Category", "Coder"]
    assert list(table.frame.index)[:2] == [3, 4]
    columns = guess_columns(table)
    assert (columns.text, columns.label) == ("Comment", "Category")


def test_a_heading_may_go_over_two_rows_as_well(read: Read) -> None:
    rows = [["No", "Comment", "Coding"], [None, None, "Category", "Coder"], *BODY]
    table = read(book({"Data": rows}, "A1:A2", "B1:B2", "C1:D1"), "a.xlsx")
    assert list(table.frame.columns) == ["No", "Comment", "Category", "Coder"]


def test_names_that_stand_under_several_headings_are_told_apart() -> None:
    rows = [["", "Film", "", "Cinema", ""], ["Id", "Text", "Score", "Text", "Score"], *[["1", "a", "2", "b", "3"]] * 3]
    above, names = headings_above(rows, [Merged(0, 1, 0, 2), Merged(0, 3, 0, 4)])
    assert above == 1
    assert names == ["Id", "Film Text", "Film Score", "Cinema Text", "Cinema Score"]


def test_a_title_over_all_columns_is_no_heading() -> None:
    rows = [["Survey", "", ""], ["No", "Comment", "Category"], ["1", "a b", "x"], ["2", "c d", "y"]]
    assert headings_above(rows, [Merged(0, 0, 0, 2)]) == (0, None)


ABOUT = [["Field", "Meaning"], ["text", "what they wrote"], ["label", "what we coded"]]


@pytest.mark.parametrize("name", ["Read me", "README", "Codebook", "Legend", "About", "Lies mich"])
def test_a_sheet_that_explains_the_data_is_not_the_data(read: Read, name: str) -> None:
    table = read(book({name: ABOUT * 9, "Answers": DATA}), "a.xlsx")
    assert (table.how.sheet, table.how.sheets) == ("Answers", (name, "Answers"))
    assert rows_of(table) == DATA[1:]
    assert any("“Answers”" in note and f"“{name}”" in note and "--sheet" in note for note in table.notes)


def test_the_sheet_with_a_text_and_a_label_is_taken_before_a_larger_one(read: Read) -> None:
    plan = [["Week", "Room"], *[[n, "A"] for n in range(50)]]
    assert read(book({"Plan": plan, "Sheet2": DATA}), "a.xlsx").how.sheet == "Sheet2"


def test_another_sheet_can_be_chosen() -> None:
    data = book({"Read me": ABOUT, "Data": DATA})
    first = read_table(data, "a.xlsx", limits=LIMITS)
    (other,) = first.how.alternatives
    assert rows_of(read_table(data, "a.xlsx", limits=LIMITS, read_as=other.read_as)) == ABOUT[1:]
    assert read_table(data, "a.xlsx", limits=LIMITS, read_as=ReadAs(sheet=" read ME ")).how.sheet == "Read me"
    with pytest.raises(DataError, match=r"no sheet “Nothing”.*“Read me”, “Data”"):
        read_table(data, "a.xlsx", limits=LIMITS, read_as=ReadAs(sheet="Nothing"))


def test_sheets_named_after_the_parts_of_a_split_are_read_together(read: Read) -> None:
    table = read(book({"Train": DATA, "Test": DATA[:3]}), "a.xlsx")
    assert list(table.frame["split"]) == ["train"] * 6 + ["test"] * 2
    assert guess_columns(table).split == "split"
    assert any("“Train” and “Test”" in note for note in table.notes)


def test_ranges_that_a_file_claims_to_be_merged_cost_no_time_and_change_nothing() -> None:
    rows = [["a", "b"], ["c", "d"]]
    claimed = [Merged(-3, -1, 5, 5), Merged(7, 0, 9, 0), Merged(0, 99, 10**9, 99), Merged(1, 1, 0, 0)]
    assert fill_down(rows, claimed * 1000) == rows
    assert headings_above(rows, claimed) == (0, None)
