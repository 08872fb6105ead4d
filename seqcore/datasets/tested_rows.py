"""How much of what a person brought to test on is tested on, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.datasets.labelled_data import Dropped, LabelledData
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.usable_rows import MARKED_TEST


def rows_left_untested(data: LabelledData) -> str | None:
    """What was left out of the test file, or of the rows marked as test, and why; None when nothing was."""
    if not isinstance(data, LabelledText):
        return None
    if data.reading is not None and data.reading.test is not None:
        test = data.reading.test
        return _told(test.rows, test.dropped, f"rows of the test file {test.file}")
    marked = [
        Dropped(each.reason.removesuffix(MARKED_TEST), each.count)
        for each in data.dropped
        if each.reason.endswith(MARKED_TEST)
    ]
    return _told((data.given_split or ()).count("test"), marked, "rows that the split column marks as test")


def _told(rows: int, dropped: Sequence[Dropped], what: str) -> str | None:
    left_out = sum(each.count for each in dropped)
    if not left_out:
        return None
    why = ", ".join(f"{each.count:,} with {each.reason}" for each in dropped)
    were = "was" if left_out == 1 else "were"
    return f"Scores are of {rows:,} of the {rows + left_out:,} {what}; {left_out:,} {were} left out: {why}"
