"""Other people's text in LaTeX: what is expected here was compiled by pdfLaTeX, XeLaTeX and LuaLaTeX, with babel."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.export.report.latex_signs import escape_latex

# All that may stand in a table: plain signs, commands of ours, signs in braces, letters with their numbers.
HARMLESS = re.compile(
    r"(?:[A-Za-z0-9 !().+/:;=?@À-ÖØ-öø-ÿ–—‘’“”…€]"
    r"|\\[{}$&#_%]"
    r"|\\text(?:backslash|asciicircum|asciitilde|less|greater|bar|asciigrave|quotesingle)\{\}"
    r"|\{(?:[-,*\[\]]|\\char34)\}"
    r"|\\reportletter\{[^\x00-\x7f]\}\{[0-9A-F]{4,6}\})*"
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"a_b % $\x$ {y}", r"a\_b \% \$\textbackslash{}x\$ \{y\}"),
        ("& # ~ ^", r"\& \# \textasciitilde{} \textasciicircum{}"),
        ("two\nlines \u202e", "two lines"),
        ("[x] *", "{[}x{]} {*}"),  # behind the line break of a row, `[x]` is a length and `*` a kind of break
        ("a--b ,,c", "a{-}{-}b {,}{,}c"),
        ("café", "café"),
        ("cafe\u0301", "café"),
        ("LSTM → 中", r"LSTM \reportletter{→}{2192} \reportletter{中}{4E2D}"),
        ("😀", r"\reportletter{😀}{1F600}"),
        ('"`\'', r"{\char34}\textasciigrave{}\textquotesingle{}"),
    ],
)  # fmt: skip
def test_signs_of_latex_are_written_out(text: str, written: str) -> None:
    assert escape_latex(text) == written


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_text_is_more_than_signs_and_letters(text: str) -> None:
    assert HARMLESS.fullmatch(escape_latex(text))


def test_a_long_text_is_cut_before_it_is_written_out() -> None:
    assert escape_latex("%" * 100, 10) == r"\%" * 9 + "…"
