"""HTML from other people's text: escaped, each name kept to its own direction."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence

from seqcore.plots.canvas import short

_OPEN, _CLOSE = "\ue000", "\ue001"  # private signs: they stand around a name until the sentence is escaped


def text(value: object, limit: int = 200) -> str:
    """A name or a text in one line, without a meaning in HTML."""
    return f"<bdi>{html.escape(short(str(value), limit))}</bdi>"


def plain(value: str) -> str:
    """A sentence of ours, or one that quotes a name."""
    return html.escape(value)


def sentence(write: Callable[[Callable[[str], str]], str]) -> str:
    """A sentence that names models: `write` is given the function that marks a name in it."""
    marked = write(lambda name: f"{_OPEN}{short(name.replace(_OPEN, '').replace(_CLOSE, ''), 60)}{_CLOSE}")
    return html.escape(marked).replace(_OPEN, "<strong><bdi>").replace(_CLOSE, "</bdi></strong>")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True, caption: str = "") -> str:
    """A table whose first column names its rows; on a narrow screen it scrolls by itself.

    Args:
        headings: HTML.
        rows: HTML.
        numbers: Whether the cells behind the first are numbers, which stand to the right.
        caption: HTML.
    """
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    said = f"<caption>{caption}</caption>" if caption else ""
    return (
        f'<div class="wide"><table{" class=numbers" if numbers else ""}>{said}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: Sequence[str]) -> str:
    return f'<tr><th scope="row">{cells[0]}</th>{"".join(f"<td>{cell}</td>" for cell in cells[1:])}</tr>'


def listed(items: Iterable[str]) -> str:
    """A list, of HTML."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def section(title: str, body: str) -> str:
    """A part of the page; nothing where there is nothing in it."""
    return f"<section><h2>{plain(title)}</h2>{body}</section>" if body else ""


def percent(share: float) -> str:
    """ "82.2 %", on one line."""
    return f"{100 * share:.1f}\u00a0%"
