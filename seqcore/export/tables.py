"""Files that leave the app: CSV that no spreadsheet runs as a formula, and a heatmap as one HTML page."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from seqcore.export.directions import direction_of, stretches
from seqcore.inspections.segments import Segment, full_shade, fullest

if TYPE_CHECKING:
    import pandas as pd

# What Excel, LibreOffice and Google Sheets read as the start of a formula, full-width forms and separators included.
_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@|%＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?$")


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8 with a mark that Excel knows it by; text that looks like a formula gets an apostrophe."""
    safe = table.rename(columns=lambda name: safe_cell(str(name)))
    for position in range(safe.shape[1]):
        if not _is_numeric(safe.iloc[:, position]):
            safe.isetitem(position, [_safe_value(value) for value in safe.iloc[:, position]])
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would compute it; plain numbers stay.

    Source: OWASP, CSV injection.
    """
    text = text.replace("\0", "").encode("utf-8", errors="replace").decode()  # no NUL, no lone surrogate
    if _FORMULA.match(text) and not _NUMBER.match(text):
        return f"'{text}"
    return text


def write_exact_csv(
    file: IO[bytes] | io.BufferedIOBase, headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write rows as CSV from which every cell can be had back as it was, row by row.

    A text that a spreadsheet would compute gets an apostrophe before it, and so does one that begins with an
    apostrophe: whoever takes the first apostrophe of a cell away has the text, whatever stands in it.

    Args:
        file: Open for writing.
        headings: Names of the columns.
        rows: As many cells each; numbers stay numbers.
    """
    text = io.TextIOWrapper(cast("BinaryIO", file), encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in headings])
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    text.detach()


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where `safe_cell` would put one, or where it begins with one."""
    seen = text.replace("\0", "")  # as programs that know no NUL see it
    computed = _FORMULA.match(seen) and not _NUMBER.match(seen)
    return f"'{text}" if computed or seen.startswith("'") or text.startswith("'") else text


@dataclass(frozen=True)
class Picture:
    """One model's look at a text, for `heatmap_html`.

    Attributes:
        title: Name of the model.
        answer: What it says of the text.
        segments: The whole text in pieces.
        color: `#rrggbb` of the model, or of scores above 0.
        against: `#rrggbb` of scores below 0; empty where weights are shares.
    """

    title: str
    answer: str
    segments: Sequence[Segment]
    color: str
    against: str = ""


def heatmap_html(pictures: Sequence[Picture], *, title: str, note: str) -> str:
    """A page of its own: the text once for each model, each token shaded by its weight.

    All text is escaped; nothing in the page is fetched or run.

    Args:
        pictures: One per model.
        title: What the weights are.
        note: How to read them.
    """
    return html_page("".join(map(_picture_html, pictures)), title=title, note=note, style=_PAGE_STYLE)


def html_page(body: str, *, title: str, note: str, style: str) -> str:
    """A page that stands alone: it may fetch nothing and run nothing.

    Args:
        body: HTML in which other people's text is escaped.
        title: Plain text.
        note: Plain text that stands at the end.
        style: CSS.
    """
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{style}</style></head>\n<body>\n"
        f"{body}<p class=note>{html.escape(note)}</p></body></html>\n"
    )


def _picture_html(picture: Picture) -> str:
    full = fullest(picture.segments) if picture.against else full_shade(picture.segments)
    parts = [_token_html(piece, full, picture) for piece in picture.segments]
    texts = [piece.text for piece in picture.segments]
    direction = direction_of("".join(texts)) or "ltr"
    for stretch in stretches(texts, direction):
        parts[stretch[0]] = f'<span dir="{"ltr" if direction == "rtl" else "rtl"}">{parts[stretch[0]]}'
        parts[stretch[-1]] += "</span>"
    body = "".join(parts)
    return (
        f"<h1><bdi>{html.escape(picture.title)}</bdi></h1><p><bdi>{html.escape(picture.answer)}</bdi></p>\n"
        f'<p class="text" dir="{direction}">{body}</p>\n'
    )


_PAGE_STYLE = (
    "body{font:18px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#171c26}"
    "h1{font-size:1.4rem}.text{line-height:2.9;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".token{unicode-bidi:isolate;position:relative;border-radius:4px;padding:.15em .1em}"
    ".token small{position:absolute;left:50%;top:100%;transform:translateX(-50%);font-size:.62em;line-height:1.5;"
    "white-space:nowrap;user-select:none}.note{color:#566074;font-size:.85em}"
)


def _token_html(piece: Segment, full: float, picture: Picture) -> str:
    text = html.escape(piece.text)
    if piece.weight is None:
        return f"<bdi>{text}</bdi>" if text.strip() else text
    alpha = round(8 + 52 * abs(piece.weight) / full)
    color = picture.against if piece.weight < 0 else picture.color
    style = f"background:color-mix(in srgb, {color} {alpha}%, transparent)"
    exact, number = f"{piece.weight:.2%}", f"{piece.weight:.0%}"
    if picture.against:
        exact, number = (f"{piece.weight:+.{digits}f}".replace("-", "\u2212") for digits in (4, 2))
    return f'<span class="token" style="{style}" title="{exact}">{text}<small>{number}</small></span>'


def _is_numeric(column: pd.Series) -> bool:
    return column.dtype.kind in "biuf"


def _safe_value(value: object) -> object:
    return safe_cell(value) if isinstance(value, str) else value
