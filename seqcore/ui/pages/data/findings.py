"""What to know about the data before training on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.outlook import outlook
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count, in_words

if TYPE_CHECKING:
    from seqcore.datasets.checks import DataReport
    from seqcore.kinds import Kind


_ICONS = {"warning": ":material/warning:", "info": ":material/straighten:"}


def draw_findings(report: DataReport, kind: Kind) -> None:
    """What was dropped and why, duplicates, conflicting labels, classes too small, and what to expect of a test."""
    st.header("What we found", anchor=False)
    notes = [(":material/info:", escape_markdown(note, 300)) for note in report.notes]
    sound = "Every row can be used; no duplicates"
    lines = [*_dropped_rows(report), *_doubtful_rows(report)] or [(":material/check_circle:", sound)]
    remarks = outlook(report.split_counts, (kind.example, kind.examples))
    lines += [(_ICONS[remark.kind], escape_markdown(remark.sentence, 500)) for remark in remarks]
    for icon, sentence in [*lines, *notes]:
        st.markdown(f"{icon} {sentence}")
    if report.conflicts:
        with st.expander("Texts with more than one label", key="conflicts", type="compact"):
            shown = report.conflicts[:50]
            st.dataframe(
                {
                    "Text": [shorten(text, 400) for text, _ in shown],
                    "Labels": [shorten(", ".join(labels), 120) for _, labels in shown],
                },
                hide_index=True,
                key="conflicts-table",
                alt="Texts that have more than one label",
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


def _doubtful_rows(report: DataReport) -> list[tuple[str, str]]:
    lines = []
    if report.duplicates:
        kept = "kept" if report.duplicates_across else "kept; never split between training and test"
        lines.append((":material/content_copy:", f"**{count(report.duplicates, 'duplicate row')}** ({kept})"))
    if report.duplicates_across:
        lines.append(
            (":material/warning:", f"**{count(report.duplicates_across, 'text')}** would stand in both training and "
             "test; “Keep duplicates together” in the split settings prevents it where we split")
        )  # fmt: skip
    if report.near_duplicates:
        kept = "" if report.near_across else "; never split between training and test"
        lines.append((":material/content_copy:", f"**{count(report.near_duplicates, 'near duplicate')}** (other case, "
                      f"marks or a few words{kept})"))  # fmt: skip
    if report.near_across:
        lines.append((":material/warning:", f"**{count(report.near_across, 'text')}** of the test would have a near "
                      "twin in training; “Keep near duplicates together” prevents it where we split"))  # fmt: skip
    if report.conflicts:
        lines.append((":material/warning:", f"**{count(len(report.conflicts), 'text')}** with more than one label"))
    if report.small_classes:
        names = in_words([escape_markdown(name, 30) for name in report.small_classes[:6]])
        noun = "Class" if len(report.small_classes) == 1 else "Classes"
        lines.append((":material/warning:", f"{noun} too small to be in training, validation and test: {names}"))
    return lines
