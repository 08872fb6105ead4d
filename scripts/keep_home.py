"""Keep a small home folder as another version of the program leaves it, for the tests of all versions that follow.

    python scripts/keep_home.py CHECKOUT tests/old_homes/NAME

CHECKOUT is a folder with that version. Everything is done by its command line: four kinds of models are trained and
asked, then one run is left alone and one of the same settings is killed after its first checkpoint. To be run before a
change of what is stored: of the database, of specs, of a run's files.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

GOOD = ("a warm and lovely film", "what a fine dinner", "truly great service", "I like this book a lot")
BAD = ("a cold and dreadful film", "what a poor dinner", "truly awful service", "I hate this book a lot")
TEXTS = ["a lovely dinner", "awful", "", "nobody knows these words"]
SMALL = ("--units", "2", "--embedding-size", "2")
LONG = ("--architectures", "gru", "--epochs", "60", "--batch-size", "8", *SMALL, "--set", "gru.dropout=0.2")
PATIENCE = 300.0


class Version:
    """The command line of a checkout, with a home folder of its own."""

    def __init__(self, checkout: Path, home: Path) -> None:
        self.checkout, self.home = checkout, home
        self.environment = os.environ | {"SEQLAB_HOME": str(home), "SEQLAB_WORKERS": "1", "PYTHONPATH": str(checkout)}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "seqcore", *arguments, "--json"]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.checkout, env=self.environment, stdout=pipe, text=True)

    def run(self, *arguments: str) -> Any:
        started = self.start(*arguments)
        said, _ = started.communicate(timeout=PATIENCE)
        if started.returncode:
            raise SystemExit(f"{arguments[0]} ended with {started.returncode}")
        return json.loads(said)

    def run_and_kill(self, *arguments: str) -> None:
        """Let it train until there is a checkpoint, then end it without a warning."""
        started, deadline = self.start(*arguments), time.monotonic() + PATIENCE
        while not list(self.home.glob("artifacts/runs/*/checkpoint.npz")):
            if started.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("there was no checkpoint")
            time.sleep(0.005)
        started.kill()
        started.wait()


def write_data(file: Path) -> None:
    rows = [
        f"{(GOOD, BAD)[number % 2][number // 2 % 4]} number{number % 5},{('good', 'bad')[number % 2]}"
        for number in range(80)
    ]
    file.write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")


def fill(version: Version, data: str) -> dict[str, Any]:
    """Train, be killed, ask; gives what was answered."""
    names = ("--architectures", "rnn,lstm,lstm_attention,bag_of_words", "--epochs", "3")
    runs = version.run("train", data, *names, *SMALL)["runs"]
    version.run("train", data, *LONG)
    version.run_and_kill("train", data, *LONG)
    answers = {run["run"]: version.run("predict", run["run"], *TEXTS) for run in runs}
    looks = {
        run["run"]: version.run("attention", run["run"], TEXTS[0])
        for run in runs
        if run["architecture"] == "lstm_attention"
    }
    return {"predict": answers, "attention": looks, "runs": version.run("runs")["runs"]}


def keep(home: Path, folder: Path) -> None:
    """The database as SQL, which a version control can show, and the files as they are."""
    with sqlite3.connect(home / "sequence-lab.db") as database:
        (folder / "lab.sql").write_text("\n".join(database.iterdump()) + "\n", encoding="utf-8")
    shutil.copytree(home / "artifacts", folder / "artifacts")


def main(checkout: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        home, data = Path(temporary) / "home", Path(temporary) / "reviews.csv"
        write_data(data)
        answers = fill(Version(checkout, home), str(data))
        states = sorted(run["state"] for run in answers["runs"])
        if states != [*["finished"] * 5, "interrupted"]:
            raise SystemExit(f"the runs are {states}: try again")
        keep(home, folder)
    (folder / "answers.json").write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
