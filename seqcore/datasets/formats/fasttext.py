"""fastText's training files: each line a text with its labels, `__label__bread my loaf is flat`."""

from __future__ import annotations

from dataclasses import replace

from seqcore.datasets.cells import clean_cell
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.fasttext_lines import begins_with_labels, labels_and_text
from seqcore.datasets.formats.label_lists import ListCell, table_of_lists
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.registry import get_format, register
from seqcore.datasets.size_limits import refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.settings import Settings


@register(
    "fasttext",
    labels=("fastText",),
    content="lines of fastText",
    extensions=("ft", "txt"),
    recognise=begins_with_labels,
)
def read_fasttext(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    """The columns "text" and "label"; of several labels of a text one is taken, as a person chose or the first.

    Raises:
        DataError: more lines than the settings allow.
    """
    if read_as.delimiter is not None:
        return get_format("delimited").read(content, limits, read_as)
    lines = [(number, line) for number, line in enumerate(content.text.split("\n"), start=1) if line.strip()]
    refuse_too_many_rows(len(lines), limits)
    found = [labels_and_text(line) for _, line in lines]
    labels: list[ListCell] = [labels or None for labels, _ in found]
    texts: list[ListCell] = [clean_cell(text) for _, text in found]
    note = "Labels are marked by __label__, as fastText has them; the rest of a line is its text"
    numbers = [number for number, _ in lines]
    table = table_of_lists({"text": texts, "label": labels}, numbers, [note], read_as)
    return replace(table, how=replace(table.how, header=0, first_row=numbers[0]))
