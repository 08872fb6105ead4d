"""`report`: an experiment as one zip, as logs for TensorBoard, as runs in MLflow."""

from __future__ import annotations

import sys
from pathlib import Path

from seqcore.cli.output import written_file
from seqcore.cli.training import open_store
from seqcore.export.mlflow_runs import log_to_mlflow
from seqcore.export.report.archive import write_report
from seqcore.export.tensorboard_logs import write_tensorboard
from seqcore.settings import get_settings


def report(
    experiment_id: str, file: Path | None, *, tensorboard: Path | None = None, mlflow: str | None = None
) -> None:
    """Write whatever is asked for.

    Args:
        experiment_id: Of this workspace.
        file: Where the zip goes.
        tensorboard: Folder of the logs.
        mlflow: URI of the tracking server.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
        SeqlabError: something cannot be written, or a package is not installed.
    """
    settings = get_settings()
    store = open_store(settings)
    experiment = store.experiments.get(settings.workspace, experiment_id)
    if file is not None:
        with written_file(file) as opened:
            write_report(store, experiment, opened)
    if tensorboard is not None:
        number = write_tensorboard(store, experiment, tensorboard)
        sys.stderr.write(f"{number} runs written. To see them: tensorboard --logdir {tensorboard}\n")
    if mlflow is not None:
        number = log_to_mlflow(store, experiment, mlflow)
        sys.stderr.write(f"{number} new runs in MLflow.\n")
