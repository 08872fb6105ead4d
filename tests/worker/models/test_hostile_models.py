"""A model's file that training did not write is refused with a sentence, and nothing in it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from seqcore.errors import InspectionError
from seqcore.export.bundle import bundle
from seqcore.inspections.prediction import PredictRequest
from seqcore.worker.runtime.answering import answer
from seqcore.worker.runtime.finished_model import load_finished
from tests.worker.models.hostile_models import ATTACKS, load_unprotected, with_lambda

QUESTION = PredictRequest(texts=("a warm and lovely film",))


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """A file that exists as soon as code of an attack has run."""
    return tmp_path / "was-here"


@pytest.fixture
def replaced(store, carry_out):
    """`replaced(name, change) -> run`: a fresh run, one of whose files is another."""

    def replace(name, change):
        run = carry_out("lstm")
        store.artifacts.write(run.id, name, change(store.artifacts.read(run.id, name)))
        load_finished.cache_clear()
        return run

    return replace


def test_the_lambda_of_the_attack_would_run_without_protection(store, trained, mark):
    load_unprotected(with_lambda(store.artifacts.read(trained("lstm").id, "model.keras"), mark), mark.parent)
    assert mark.exists()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_foreign_model_is_refused_and_nothing_of_it_runs(attack, store, replaced, trained, mark):
    run = replaced("model.keras", lambda data: attack(data, mark))
    with pytest.raises(InspectionError) as error:
        answer("predict", run.id, QUESTION, store)
    assert error.value.remedy and "Traceback" not in str(error.value)
    assert not mark.exists()
    assert answer("predict", trained("lstm").id, QUESTION, store).predictions


@pytest.mark.parametrize("name", ["with_lambda", "with_module"])
def test_a_bundle_with_a_foreign_model_predicts_nothing_and_says_so(name, store, replaced, mark):
    run = replaced("model.keras", lambda data: ATTACKS[name](data, mark))
    folder = mark.parent / "bundle"
    (mark.parent / "bundle.zip").write_bytes(bundle(store, run))
    zipfile.ZipFile(mark.parent / "bundle.zip").extractall(folder)
    done = subprocess.run(
        [sys.executable, "-P", folder / "predict.py", "a fine film"], capture_output=True, text=True, check=False,
        env=os.environ | {"CUDA_VISIBLE_DEVICES": ""}, timeout=300,
    )  # fmt: skip
    assert done.returncode == 1
    assert "model.keras was not loaded, and nothing in it was run" in done.stderr
    assert "Traceback" not in done.stderr
    assert not mark.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tokenizer.json", b""),
        ("tokenizer.json", b"{}"),
        ("tokenizer.json", b'{"version": "1.0", "model": {"type": "WordLevel"}}'),
        ("evaluation.json", b"{"),
        ("evaluation.json", b"[]"),
        ("evaluation.json", b'{"classes": ["good", "bad"], "test": {}, "sizes": {"vocabulary": 1e12}}'),
        ("evaluation.json", b"[" * 100_000),
    ],
)
def test_a_damaged_description_is_a_clear_error(name, content, store, replaced):
    run = replaced(name, lambda _data: content)
    with pytest.raises(InspectionError, match="of this run cannot be read"):
        answer("predict", run.id, QUESTION, store)


def test_a_size_that_would_take_all_memory_is_refused(store, replaced):
    def enlarge(data: bytes) -> bytes:
        found = json.loads(data)
        found["sizes"]["vocabulary"] = 2**40
        return json.dumps(found).encode()

    run = replaced("evaluation.json", enlarge)
    with pytest.raises(InspectionError, match="cannot be read"):
        answer("predict", run.id, QUESTION, store)
