"""What the x-ray found, each with its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count

if TYPE_CHECKING:
    from seqcore.analysis.xray import Finding, XRay
    from seqcore.datasets.labelled_text import LabelledText

_ICONS = {"bad": ":material/block:", "care": ":material/warning:", "note": ":material/info:"}
_MOST = 500  # rows of a table
Columns = dict[str, list[Any]]


def draw_found(found: XRay, data: LabelledText) -> None:
    """Every finding in a sentence, its rows folded below it."""
    from seqcore.analysis.xray import findings_of

    findings = findings_of(found)
    if not findings:
        st.markdown(":material/check_circle: Nothing that was looked for was found")
    for place, finding in enumerate(findings):
        st.markdown(f"{_ICONS[finding.weight]} **{finding.title}.** {escape_markdown(finding.sentence, 900)}")
        columns = _columns(finding, found, data)
        if columns:
            _draw_rows(finding, columns, place)


def _draw_rows(finding: Finding, columns: Columns, place: int) -> None:
    total = len(next(iter(columns.values())))
    groups = f" in {columns['Group'][-1]:,} groups" if "Group" in columns else ""
    first = f", of which these are the first {_MOST:,}" if total > _MOST else ""
    noun = "word or mark" if finding.name == "shortcuts" else "row"
    rows = st.expander(
        f"{count(total, noun, 'words and marks' if finding.name == 'shortcuts' else '')}{groups}{first}",
        key=f"xray-{finding.name}-{place}", type="compact", on_change="rerun",
    )  # fmt: skip
    if rows.open:
        with rows:
            st.dataframe(
                {name: cells[:_MOST] for name, cells in columns.items()},
                hide_index=True,
                column_config={"Text": st.column_config.TextColumn(width="large")},
                key=f"xray-{finding.name}-table",
                alt=finding.title,
            )


def _columns(finding: Finding, found: XRay, data: LabelledText) -> Columns:
    """The cells of the table below a finding; none where it is about no rows."""
    special: dict[str, Callable[[], Columns]] = {
        "suspects": lambda: _suspects(found, data),
        "shortcuts": lambda: _shortcuts(found),
        "duplicates": lambda: _grouped(found.duplicates.groups, data),
        "near_duplicates": lambda: _grouped(found.near_duplicates.groups, data),
        "conflicts": lambda: _grouped([conflict.rows for conflict in found.conflicts], data),
        "foreign": lambda: _rows(finding.rows, data) | {"Looks like": [each.what for each in found.foreign]},
        "encoding": lambda: _damaged(found, data),
    }
    return special.get(finding.name, lambda: _rows(finding.rows, data))()


def _rows(rows: Sequence[int], data: LabelledText) -> Columns:
    if not rows:
        return {}
    parts = data.given_split
    known: Columns = {
        "Row": [data.number(row) for row in rows],
        "Text": [shorten(data.texts[row], 300) for row in rows[:_MOST]] + [""] * max(0, len(rows) - _MOST),
        "Label": [shorten(data.labels[row], 60) for row in rows],
    }
    return known | ({"Part": [parts[row] for row in rows]} if parts else {})


def _grouped(groups: Sequence[Sequence[int]], data: LabelledText) -> Columns:
    rows = [row for group in groups for row in group]
    group = [number for number, rows_of_group in enumerate(groups, start=1) for _ in rows_of_group]
    return {"Group": group} | _rows(rows, data)


def _suspects(found: XRay, data: LabelledText) -> Columns:
    rows = _rows([suspect.row for suspect in found.suspects], data)
    return rows | {
        "More likely": [shorten(suspect.suggested, 60) for suspect in found.suspects],
        "How much": [round(suspect.score, 2) for suspect in found.suspects],
    }


def _shortcuts(found: XRay) -> Columns:
    return {
        "Word or mark": [shorten(one.token, 60) for one in found.shortcuts],
        "Class": [shorten(one.label, 60) for one in found.shortcuts],
        "Texts with it": [one.texts for one in found.shortcuts],
        "Of the class": [one.of_class for one in found.shortcuts],
        "Share of the class": [f"{100 * one.covers:.0f} %" for one in found.shortcuts],
    }


def _damaged(found: XRay, data: LabelledText) -> Columns:
    mended = [shorten(each.mended, 300) if each.mended else "" for each in found.damaged[:_MOST]]
    rest = [""] * max(0, len(found.damaged) - _MOST)
    rows = _rows([each.row for each in found.damaged], data)
    return {"Row": rows["Row"], "Where": [shorten(each.excerpt, 60) for each in found.damaged], "Mended": mended + rest}
