"""The x-ray of labelled data: what is wrong with them before anything is trained. One question a file."""

from seqcore.datasets.checks.report import FEWEST_ROWS, DataReport, report_on

__all__ = ["FEWEST_ROWS", "DataReport", "report_on"]
