"""On the Data page one chooses the sheet of a workbook, the file of an archive, and one of several labels."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.datasets.formats.test_archives import zipped
from tests.datasets.formats.test_sheets import book
from tests.pages.test_data_page import control, said, upload

FILMS = [["text", "label"], *([f"film number {n} and more", "good" if n % 2 else "bad"] for n in range(12))]
CODES = [["Remark", "Code"], *([f"remark number {n} of them", "xy"[n % 2]] for n in range(12))]
CSV = {name: "\n".join(",".join(row) for row in rows).encode() for name, rows in (("films", FILMS), ("codes", CODES))}


@pytest.mark.parametrize(
    ("name", "data", "choice", "first", "other"),
    [
        ("a.xlsx", book({"Read me": CODES, "Films": FILMS}), "read-sheet", "Films", "Read me"),
        (
            "a.zip",
            zipped({"codes.csv": CSV["codes"], "b/films.csv": CSV["films"]}),
            "read-member",
            "b/films.csv",
            "codes.csv",
        ),
    ],
)
def test_another_sheet_or_file_is_chosen_with_columns_of_its_own(
    lab: AppTest, name: str, data: bytes, choice: str, first: str, other: str
) -> None:
    upload(lab, name, data)
    assert control(lab, choice).value == first
    assert control(lab, "label").value == "label"
    control(lab, choice).set_value(other).run()
    assert not lab.exception
    assert (control(lab, "text").value, control(lab, "label").value) == (["Remark"], "Code")
    control(lab, choice).set_value(first).run()
    assert (control(lab, "text").value, control(lab, "label").value) == (["text"], "label")


def test_one_of_several_labels_is_learned_as_yes_or_no(lab: AppTest) -> None:
    sets = (["toxic"], ["rude", "toxic"], [], ["rude"])
    rows = [{"text": f"comment number {n}", "labels": sets[n % 4]} for n in range(24)]
    upload(lab, "a.json", json.dumps(rows).encode())
    assert control(lab, "read-labels").options == ["The first", "toxic: yes or no", "rude: yes or no"]
    assert "more than one label to 6 of 24 texts" in said(lab)
    control(lab, "read-labels").set_value("toxic").run()
    assert "has the label “toxic”, yes or no" in said(lab)
    assert control(lab, "label").value == "labels"
    test = json.dumps([{"text": f"other comment {n}", "labels": sets[n % 2]} for n in range(4)]).encode()
    lab.file_uploader(key="data-test-file").upload("b.json", test).run()
    assert not lab.exception and not lab.error


def test_a_file_without_such_a_choice_shows_none(lab: AppTest) -> None:
    upload(lab, "a.csv", CSV["films"])
    parts = ("upload-read-sheet", "upload-read-member", "upload-read-labels")
    assert not [found for found in lab.selectbox if str(found.key).startswith(parts)]
