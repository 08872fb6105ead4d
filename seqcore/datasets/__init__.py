"""From any labelled file to texts, labels, a split and an account of what was found."""

from seqcore.datasets.checks import DataReport, report_on
from seqcore.datasets.columns import Columns, guess_columns, guess_text_column
from seqcore.datasets.formats.parse import read_path, read_table, read_texts
from seqcore.datasets.formats.pasted import read_pasted
from seqcore.datasets.labelled_data import Dropped, LabelledData
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.labels import label_table
from seqcore.datasets.samples import load_sample, sample_names
from seqcore.datasets.split import Split, refuse_to_redraw_a_given_test, share_of, split_rows
from seqcore.datasets.table import Table, safe_name

__all__ = [
    "Columns",
    "DataReport",
    "Dropped",
    "LabelledData",
    "LabelledText",
    "Split",
    "Table",
    "guess_columns",
    "guess_text_column",
    "label_table",
    "load_sample",
    "read_pasted",
    "read_path",
    "read_table",
    "read_texts",
    "refuse_to_redraw_a_given_test",
    "report_on",
    "safe_name",
    "sample_names",
    "share_of",
    "split_rows",
]
