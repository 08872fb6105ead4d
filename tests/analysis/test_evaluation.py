"""`evaluation.json`: one layout, files of earlier versions brought to it, damaged ones refused."""

import json

import numpy as np
import pytest

from seqcore.analysis.evaluation import VERSION, Evaluation, majority, read_evaluation
from seqcore.analysis.evaluation_upgrade import STEPS
from seqcore.errors import InspectionError
from seqcore.worker.assess import Answered, assess

CLASSES = ("ham", "spam", "other")


@pytest.fixture
def evaluation() -> Evaluation:
    rng = np.random.default_rng(0)
    test, validation = (Answered(np.arange(30) % 3, rng.dirichlet(np.ones(3), 30), 0.5) for _ in range(2))
    return assess(
        CLASSES, training=np.array([1, 1, 0, 2, 1]), validation=validation, test=test,
        sizes={"vocabulary": 9, "longest": 4, "classes": 3}, timings={"preparing": 0.1, "training": 2.0},
    )  # fmt: skip


@pytest.fixture
def first_version(evaluation: Evaluation) -> dict:
    """The same file as the first version wrote it: no number, no baseline, no timings."""
    stored = json.loads(evaluation.to_bytes())
    for name in ("version", "baseline", "timings"):
        del stored[name]
    return stored


def test_what_was_written_is_read_again(evaluation):
    assert read_evaluation(evaluation.to_bytes()) == evaluation


def test_the_baseline_answers_the_most_frequent_class_of_the_training_rows(evaluation):
    assert evaluation.baseline.model_dump() == {"label": "spam", "code": 1, "accuracy": pytest.approx(1 / 3)}


def test_of_equally_frequent_classes_the_baseline_takes_the_first():
    assert majority(np.array([2, 0, 0, 2]), np.array([0, 1]), CLASSES).label == "ham"


def test_the_store_gets_the_small_numbers_only(evaluation):
    results = evaluation.results()
    assert set(results["test"]) == {"accuracy", "macro_f1", "loss", "ms_per_text"}
    assert set(results["validation"]) == {"accuracy", "macro_f1", "loss"}


def test_a_file_of_the_first_version_is_read_and_says_that_it_knows_no_baseline(evaluation, first_version):
    found = read_evaluation(json.dumps(first_version).encode())
    assert found == evaluation.model_copy(update={"baseline": None, "timings": {}})


def test_a_file_of_the_first_version_without_a_model_has_no_sizes(first_version):
    del first_version["sizes"]
    assert read_evaluation(json.dumps(first_version).encode()).sizes is None


def test_every_earlier_version_has_its_step():
    assert sorted(STEPS) == list(range(1, VERSION))


def test_a_file_of_a_newer_version_asks_for_an_update(evaluation):
    stored = json.loads(evaluation.to_bytes()) | {"version": VERSION + 1}
    with pytest.raises(InspectionError, match="newer version"):
        read_evaluation(json.dumps(stored).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"version": "2"},
        {"version": 0},
        {"version": True},
        {"classes": ["ham"]},
        {"classes": ["ham", "spam"]},
        {"classes": ["ham", "spam", 3]},
        {"classes": "abc"},
        {"test": {}},
        {"test": None},
        {"sizes": {"vocabulary": 1e12, "longest": 4, "classes": 3}},
        {"sizes": {"vocabulary": 0, "longest": 4, "classes": 3}},
        {"sizes": {"vocabulary": True, "longest": 4, "classes": 3}},
        {"sizes": {"vocabulary": 9, "longest": 4, "classes": 2}},
        {"sizes": {"vocabulary": 9, "longest": 4}},
        {"baseline": {"label": "spam", "code": 3, "accuracy": 0.5}},
        {"baseline": {"label": "spam", "code": -1, "accuracy": 0.5}},
        {"timings": {"training": "long"}},
    ],
    ids=str,
)
def test_a_damaged_number_is_a_damaged_file(evaluation, change):
    stored = json.loads(evaluation.to_bytes()) | change
    with pytest.raises(InspectionError, match="of this run cannot be read"):
        read_evaluation(json.dumps(stored).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{", b'"x"', b"[" * 100_000, b"\xff\xfe{"])
def test_what_is_no_evaluation_is_a_damaged_file(data):
    with pytest.raises(InspectionError, match="of this run cannot be read"):
        read_evaluation(data)


def test_a_confusion_of_other_classes_is_a_damaged_file(evaluation):
    stored = json.loads(evaluation.to_bytes())
    stored["test"]["confusion"][0].append(1)
    with pytest.raises(InspectionError):
        read_evaluation(json.dumps(stored).encode())
