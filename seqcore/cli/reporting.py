"""`report`: an experiment as one zip."""

from __future__ import annotations

from pathlib import Path

from seqcore.cli.output import written_file
from seqcore.cli.training import open_store
from seqcore.export.report.archive import write_report
from seqcore.settings import get_settings


def report(experiment_id: str, file: Path) -> None:
    """Write an experiment's report.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
        SeqlabError: the file cannot be written.
    """
    settings = get_settings()
    store = open_store(settings)
    experiment = store.experiments.get(settings.workspace, experiment_id)
    with written_file(file) as opened:
        write_report(store, experiment, opened)
