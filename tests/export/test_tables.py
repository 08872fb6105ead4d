"""Exports: spreadsheets compute nothing, browsers run nothing, nothing of the text is lost."""

import csv
import io

import pandas as pd
import pytest

from seqcore.export.tables import Picture, csv_bytes, heatmap_html, safe_cell
from seqcore.inspections.segments import Segment

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+SUM(A1)", "-2+3", "@now", "\t=1", "\r=1", " =1", "＝1+1", "|calc", "%0a=1", "=cmd|' /C calc'!A0",
     "-1-1", "\n=1", "\ufeff=1", "-"],
)  # fmt: skip
def test_what_looks_like_a_formula_gets_an_apostrophe(text):
    assert safe_cell(text).startswith("'")
    assert safe_cell(text)[1:] == text


@pytest.mark.parametrize("text", ["good film", "-1", "+3.5", "-1e-5", "", "a=b", "3,5", "😀", "'=1"])
def test_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_csv_round_trip_of_awkward_text():
    table = pd.DataFrame({"text": ['say "hi"', "two\nlines", "comma, too", "=1+1", None], "p": [0.5, -1, 2, 3, 4]})
    rows = list(csv.DictReader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline="")))
    assert [row["text"] for row in rows] == ['say "hi"', "two\nlines", "comma, too", "'=1+1", ""]
    assert [float(row["p"]) for row in rows] == [0.5, -1, 2, 3, 4]


def test_column_names_are_guarded_and_may_repeat():
    table = pd.DataFrame([["=a", "b"]], columns=["=x", "=x"])
    assert csv_bytes(table).decode("utf-8-sig") == "'=x,'=x\r\n'=a,b\r\n"


def test_lone_surrogates_do_not_stop_an_export():
    assert b"?" in csv_bytes(pd.DataFrame({"text": pd.Series(["\ud800"], dtype=object)}))


def test_the_html_page_escapes_all_text():
    pieces = [Segment(HOSTILE, 0.7), Segment(HOSTILE)]
    page = heatmap_html([Picture(HOSTILE, HOSTILE, pieces, "#D55E00")], title=HOSTILE, note=HOSTILE)
    assert "<img" not in page
    assert page.count("&lt;img") == 6
    assert "default-src 'none'" in page
