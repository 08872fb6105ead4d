"""What to know about the data before training on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.outlook import outlook
from seqcore.datasets.labelled_text import LabelledText
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count, in_words
from seqcore.ui.pages.data.xray.found import draw_found
from seqcore.ui.pages.data.xray.new_version import draw_new_version

if TYPE_CHECKING:
    from seqcore.analysis.xray import XRay
    from seqcore.datasets.checks import DataReport
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.kinds import Kind


_ICONS = {"warning": ":material/warning:", "info": ":material/straighten:"}


def draw_findings(report: DataReport, data: LabelledData, kind: Kind, found: XRay | None) -> None:
    """What was dropped and why, and what the x-ray found or, before it, what is told at once.

    Args:
        report: What is told at once.
        data: The data in use.
        kind: What its examples are.
        found: The x-ray, where one was taken.
    """
    st.header("What we found", anchor=False)
    for icon, sentence in _dropped_rows(report):
        st.markdown(f"{icon} {sentence}")
    if found is not None and isinstance(data, LabelledText):
        draw_found(found, data)
    else:
        _draw_told_at_once(report, kind)
    for note in report.notes:
        st.markdown(f":material/info: {escape_markdown(note, 300)}")
    if found is not None and isinstance(data, LabelledText):
        draw_new_version(found, data)


def _draw_told_at_once(report: DataReport, kind: Kind) -> None:
    """Duplicates, conflicting labels, classes too small, and what to expect of a test."""
    lines = _doubtful_rows(report, kind)
    if not lines and not _dropped_rows(report):
        lines = [(":material/check_circle:", "Every row can be used; no duplicates")]
    remarks = outlook(report.split_counts, (kind.example, kind.examples))
    lines += [(_ICONS[remark.kind], escape_markdown(remark.sentence, 500)) for remark in remarks]
    for icon, sentence in lines:
        st.markdown(f"{icon} {sentence}")
    if report.conflicts:
        with st.expander(f"{kind.examples.capitalize()} with more than one label", key="conflicts", type="compact"):
            shown = report.conflicts[:50]
            st.dataframe(
                {
                    kind.example.capitalize(): [shorten(text, 400) for text, _ in shown],
                    "Labels": [shorten(", ".join(labels), 120) for _, labels in shown],
                },
                hide_index=True,
                key="conflicts-table",
                alt=f"{kind.examples.capitalize()} that have more than one label",
            )


def _dropped_rows(report: DataReport) -> list[tuple[str, str]]:
    lines = []
    for dropped in report.dropped:
        rows = ", ".join(str(row) for row in dropped.rows[:5]) + (", …" if dropped.count > 5 else "")
        reason = escape_markdown(dropped.reason, 120)
        where = f" (row {rows})" if dropped.count == 1 else f" (rows {rows})" if rows else ""
        lines.append((":material/filter_alt_off:", f"**{count(dropped.count, 'row')}** left out: {reason}{where}"))
    if report.untested is not None:
        lines.append((":material/warning:", escape_markdown(report.untested, 400)))
    return lines


def _doubtful_rows(report: DataReport, kind: Kind) -> list[tuple[str, str]]:
    lines, nouns = [], (kind.example, kind.examples)
    if report.duplicates:
        kept = "kept" if report.duplicates_across else "kept; never split between training and test"
        lines.append((":material/content_copy:", f"**{count(report.duplicates, 'duplicate row')}** ({kept})"))
    if report.duplicates_across:
        lines.append(
            (":material/warning:", f"**{count(report.duplicates_across, *nouns)}** would stand in both training and "
             "test; “Keep duplicates together” in the split settings prevents it where we split")
        )  # fmt: skip
    if report.near_duplicates:
        kept = "" if report.near_across else "; never split between training and test"
        lines.append((":material/content_copy:", f"**{count(report.near_duplicates, 'near duplicate')}** (other case, "
                      f"marks or a few words{kept})"))  # fmt: skip
    if report.near_across:
        lines.append((":material/warning:", f"**{count(report.near_across, *nouns)}** of the test would have a near "
                      "twin in training; “Keep near duplicates together” prevents it where we split"))  # fmt: skip
    if report.conflicts:
        lines.append((":material/warning:", f"**{count(len(report.conflicts), *nouns)}** with more than one label"))
    if report.small_classes:
        names = in_words([escape_markdown(name, 30) for name in report.small_classes[:6]])
        noun = "Class" if len(report.small_classes) == 1 else "Classes"
        lines.append((":material/warning:", f"{noun} too small to be in training, validation and test: {names}"))
    return lines
