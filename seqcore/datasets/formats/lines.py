"""Plain text, one text a line: what a file of texts without labels may be."""

from __future__ import annotations

from seqcore.datasets.cells import clean_cell
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.size_limits import refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.settings import Settings

_EXTENSIONS = ("txt", "text")


def is_named_text(content: Content) -> Certainty:
    """Only the name can say that a line is one text, whatever marks stand in it."""
    return Certainty.CERTAIN if content.extension in _EXTENSIONS else Certainty.NONE


@register(
    "lines",
    labels=("text with one text a line",),
    content="text with one text a line",
    extensions=_EXTENSIONS,
    recognise=is_named_text,
    labelled=False,
)
def read_lines(content: Content, limits: Settings, _read_as: ReadAs) -> RawTable:
    """The one column "text", a row for each line that is not blank.

    Raises:
        DataError: more lines than the settings allow.
    """
    filled = [(number, line) for number, line in enumerate(content.text.splitlines(), start=1) if line.strip()]
    refuse_too_many_rows(len(filled), limits)
    return RawTable({"text": [clean_cell(line) for _, line in filled]}, [number for number, _ in filled])
