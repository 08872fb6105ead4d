"""Every file format, registered on import, in the order people are told of them."""

from seqcore.datasets.formats import lines, delimited, json_records, parquet, spreadsheet, arff, fasttext, archives  # noqa: F401, I001  (order told)
from seqcore.datasets.formats.registry import Certainty, Format, format_labels, formats, get_format, register

__all__ = ["Certainty", "Format", "format_labels", "formats", "get_format", "register"]
