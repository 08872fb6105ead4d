"""Other people's text in LaTeX: none of its signs has a meaning there, none of its letters stops a compiler."""

from __future__ import annotations

import re
import unicodedata

from seqcore.plots.canvas import short

# What a file needs before text of `escape_latex` stands in it. pdfLaTeX stops at a letter that it has no font for, the
# others leave it out in silence; instead the number of the letter is printed, as in "U+4E2D".
LETTERS = r"""\ifdefined\reportletter\else % {the letter}{its number}
  \ifdefined\Umathcode % XeLaTeX, LuaLaTeX
    \DeclareRobustCommand\reportletter[2]{\iffontchar\font`#1 #1\else U+#2\fi}
  \else
    \DeclareRobustCommand\reportletter[2]{\ifcsname u8:\detokenize{#1}\endcsname #1\else U+#2\fi}
  \fi
\fi
"""

_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"{\char34}", "`": r"\textasciigrave{}", "'": r"\textquotesingle{}",
    "-": "{-}", ",": "{,}",  # two of which become another sign
    "[": "{[}", "]": "{]}", "*": "{*}",  # which belong to the line break before them
}  # fmt: skip
_EVERYWHERE = re.compile("[ -~À-ÖØ-öø-ÿ–—‘’“”…€]")  # in every document with T1


def escape_latex(text: str, limit: int = 60) -> str:
    """Other people's text in one line, for a document with the packages fontenc (T1) and textcomp, behind `LETTERS`."""
    line = "".join(sign for sign in short(text, limit) if unicodedata.category(sign)[0] != "C")
    return "".join(map(_escaped, unicodedata.normalize("NFC", line.strip())))


def _escaped(sign: str) -> str:
    if not _EVERYWHERE.fullmatch(sign):
        return rf"\reportletter{{{sign}}}{{{ord(sign):04X}}}"
    return _SIGNS.get(sign, sign)
