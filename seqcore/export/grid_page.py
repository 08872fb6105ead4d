"""Numbers in rows and columns as one HTML page that stands alone, each cell shaded by its number."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from seqcore.export.tables import html_page

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem;color:#171c26;background:#fff}h1{font-size:1.4rem}"
    ".wide{overflow-x:auto}table{border-collapse:separate;border-spacing:2px;font-variant-numeric:tabular-nums}"
    "th{font-weight:500;white-space:nowrap;text-align:left;padding:.1rem .4rem}"
    "td{text-align:right;padding:.15rem .45rem;border-radius:4px}.note{color:#566074;font-size:.85em}"
)


@dataclass(frozen=True)
class GridRow:
    """One row.

    Attributes:
        name: What it is of.
        values: A number a column; None where there is none.
        color: `#rrggbb` of numbers above 0.
    """

    name: str
    values: Sequence[float | None]
    color: str


def grid_page(
    columns: Sequence[str], rows: Sequence[GridRow], *, title: str, note: str, most: float, against: str = ""
) -> str:
    """The page; all text in it is escaped.

    Args:
        columns: What each column is of.
        rows: As many numbers each as there are columns.
        title: What the numbers are.
        note: How to read them.
        most: Size of a number that is shaded fully.
        against: `#rrggbb` of numbers below 0; empty where there are none.
    """
    head = "".join(f'<th scope="col"><bdi>{html.escape(name)}</bdi></th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row"><bdi>{html.escape(row.name)}</bdi></th>'
        + "".join(_cell(value, row.color, against, most) for value in row.values)
        + "</tr>\n"
        for row in rows
    )
    table = f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    shown = f'<h1><bdi>{html.escape(title)}</bdi></h1><div class="wide" tabindex="0">{table}</div>'
    return html_page(shown, title=title, note=note, style=_STYLE)


def _cell(value: float | None, color: str, against: str, most: float) -> str:
    if value is None:
        return "<td>–</td>"
    strength = round(60 * min(abs(value) / most, 1.0)) if most else 0
    shade = against if value < 0 and against else color
    said = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    return f'<td style="background:color-mix(in srgb, {shade} {strength}%, transparent)">{said}</td>'
