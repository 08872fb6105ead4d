"""A report of models that began with word vectors or an encoder: what is trained again, and what it takes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.export.report.archive import write_report
from seqcore.kinds.text.pretrained import read_folder
from seqcore.kinds.text.vectors import read_vectors
from seqcore.lab.plan import Choices
from seqcore.lab.start import start_experiment
from seqcore.store import Store
from seqcore.worker.train import train_run
from tests.pretrained_files import MOST, put_folder

pytestmark = pytest.mark.report

WORDS = ("warm", "lovely", "fine"), ("cold", "awful", "poor")
TEXTS = tuple(f"a {WORDS[n % 2][n // 2 % 3]} film number {n % 7}" for n in range(60))
DATA = LabelledText("films", TEXTS, tuple(("good", "bad")[n % 2] for n in range(60)))


def vectors():
    """Of some of the words, drawn by a seed, as a file of text has them."""
    rng, known = np.random.default_rng(0), [*WORDS[0], *WORDS[1], "film"]
    lines = [f"{word} {' '.join(f'{number:.4f}' for number in rng.normal(size=6))}" for word in known]
    return read_vectors(io.BytesIO("\n".join(lines).encode()), "small.txt", set(" ".join(TEXTS).split()))


def test_models_with_word_vectors_give_their_numbers_again_and_an_encoder_is_named(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    given, tiny = vectors(), read_folder(put_folder(tmp_path / "tiny"), "tiny", MOST)
    base = Choices(architectures=("lstm", "cnn")).with_values({"epochs": 2, "batch_size": 16, "units": 4})
    wide = base.with_vectors(given)
    ways = [
        wide,
        wide.with_values({"vectors_training": "frozen"}),
        wide.with_values({"embedding_size": 4}),  # the vectors are brought to that size
        replace(base, architectures=("pretrained",)).with_pretrained(tiny.content_hash, tiny.config),
    ]
    specs = [spec for way in ways for spec in way.specs(DATA.content_hash, max_epochs=5)]
    started = start_experiment(
        store, "personal", DATA, specs, submit=lambda runs: None, vectors=given, pretrained=tiny
    )  # fmt: skip
    for run_id in started.run_ids:
        train_run(run_id, store, "here")
    file, folder = io.BytesIO(), tmp_path / "report"
    write_report(store, store.experiments.get("personal", started.id), file)
    zipfile.ZipFile(file).extractall(folder)
    store.close()

    done = subprocess.run(
        [sys.executable, "train.py"], cwd=folder, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True,
        timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "6 of 6 trainings gave the numbers of the report again." in done.stdout
    assert done.stdout.count("exactly reproduced") == 6
    (note,) = (line for line in done.stdout.splitlines() if line.startswith("Note: runs/pretrained"))
    assert "the files of the encoder that it began with, tiny, 2 blocks" in note
    assert "small.txt, 6 numbers a word, frozen" in (folder / "report.html").read_text()
