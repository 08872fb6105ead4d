"""`train --vectors FILE`: from the command to the runs, with an engine that trains in no time."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from seqcore.cli import training
from seqcore.cli.app import app
from seqcore.settings import get_settings
from seqcore.store import Store
from tests.instant_training import TrainingEngine

ROWS = "".join(f"a fine film number {number},good\na poor film number {number},bad\n" for number in range(20))
VECTORS = "film 1 0 1 0 1 0 1 0\nfine 0 1 0 1 0 1 0 1\npoor 1 1 0 0 1 1 0 0\n"


@pytest.fixture
def train(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Runs the command on a file of reviews."""
    monkeypatch.setattr(training, "open_store", lambda settings: store)
    monkeypatch.setattr(training, "POLL_SECONDS", 0)
    engine = TrainingEngine(store)
    monkeypatch.setattr(training, "started_engine", lambda settings, **_: contextlib.nullcontext(engine))
    reviews, vectors = tmp_path / "reviews.csv", tmp_path / "glove.txt"
    vectors.write_text(VECTORS, encoding="utf-8")

    def run(*options: str, rows: str = ROWS) -> Result:
        reviews.write_text(f"text,label\n{rows}", encoding="utf-8")
        arguments = ["train", str(reviews), "--architectures", "lstm", "--seeds", "0", "--json", *options]
        return CliRunner().invoke(app, [each.replace("GLOVE", str(vectors)) for each in arguments])

    return run


def test_models_begin_with_the_vectors_of_a_file(train, store: Store) -> None:
    said = train("--vectors", "GLOVE")
    assert said.exit_code == 0, said.output
    (run,) = store.runs.all(get_settings().workspace)
    assert json.loads(said.stdout)["runs"][0]["run"] == run.id
    assert (run.spec.input.word_vectors, run.spec.model["embedding_size"]) == ("file", 8)
    kept = store.datasets.vectors(store.datasets.of_run(run.id).id, run.spec.input.vectors)
    assert set(kept.words) == {"film", "fine", "poor"}
    assert "running words of the training texts" in said.stderr


def test_beside_random_trains_each_model_both_ways(train, store: Store) -> None:
    assert train("--vectors", "GLOVE", "--beside-random").exit_code == 0
    runs = store.runs.all(get_settings().workspace)
    assert sorted(run.spec.input.word_vectors for run in runs) == ["file", "random"]


def test_a_file_that_is_not_there_is_one_sentence(train) -> None:
    said = train("--vectors", "nowhere.txt")
    assert isinstance(said.exception, BaseException)
    assert "cannot be opened" in f"{said.stderr}{said.exception}"


def test_how_a_script_without_spaces_is_cut_is_said(train) -> None:
    rows = "".join(f"อาหารอร่อย {number},good\nอาหารไม่ดี {number},bad\n" for number in range(20))
    said = train(rows=rows)
    assert said.exit_code == 0, said.output
    assert "Thai is cut into words" in said.stderr and "spaceless" in said.stderr
