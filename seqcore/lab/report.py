"""Take an experiment along: one zip, in a file or, where it is small enough, in memory for a browser."""

from __future__ import annotations

import io
from collections.abc import Sequence

from seqcore.export.report.archive import write_report
from seqcore.store import Experiment, Run, Store

MOST_IN_MEMORY = 200 * 1024**2  # bytes of models and answers; a server of pages has other visitors, too


def too_large_for_memory(runs: Sequence[Run]) -> bool:
    """Whether the report of these runs had better be written to a file, by the command line."""
    return sum(run.bytes for run in runs) > MOST_IN_MEMORY


def report_bytes(store: Store, experiment: Experiment) -> bytes:
    """The zip.

    Raises:
        NotFoundError: nothing of it can be told yet.
        DataError: its data are damaged.
    """
    file = io.BytesIO()
    write_report(store, experiment, file)
    return file.getvalue()
