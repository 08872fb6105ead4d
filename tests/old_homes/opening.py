"""Home folders that earlier versions left, kept by scripts/keep_home.py, as fresh copies that a test may change."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from seqcore.settings import Settings
from seqcore.store import Run, RunState, Store

WORKSPACE = "personal"
KEPT = {file.parent.name: file.parent for file in Path(__file__).parent.glob("*/lab.sql")}


def copy_home(version: str, home: Path) -> Store:
    """A copy in an empty folder, opened as the program of today opens it."""
    settings = Settings(home=home, database_url="", artifacts_url="")
    home.mkdir(exist_ok=True)
    with sqlite3.connect(home / "sequence-lab.db") as database:
        database.executescript((KEPT[version] / "lab.sql").read_text(encoding="utf-8"))
    shutil.copytree(KEPT[version] / "artifacts", settings.artifacts)
    return Store(settings.database, settings.artifacts)


def answers(version: str) -> dict[str, Any]:
    """What that version printed: "runs", and what "predict" and "attention" answered by the run's id."""
    found: dict[str, Any] = json.loads((KEPT[version] / "answers.json").read_text(encoding="utf-8"))
    return found


def left_alone_and_interrupted(store: Store) -> tuple[Run, Run]:
    """The two runs of the same settings: one that nothing happened to, one that was killed."""
    runs = [run for run in store.runs.all(WORKSPACE) if run.architecture == "gru"]
    (undisturbed,) = (run for run in runs if run.state is RunState.FINISHED)
    (interrupted,) = (run for run in runs if run.state is RunState.INTERRUPTED)
    return undisturbed, interrupted
