"""`calibrate`: every number as JSON, a sentence for people, a clear word for what older runs do not have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from seqcore.analysis.predictions import VALIDATION_FILE
from seqcore.analysis.threshold import Costs
from seqcore.cli import calibrating, training
from seqcore.errors import NotFoundError, OptionError
from seqcore.settings import get_settings
from seqcore.store import Run, Store
from tests.old_homes.opening import KEPT, copy_home, left_alone_and_interrupted
from tests.pages.finished import WORKSPACE, finished_experiment, labelled

EVEN = Costs()


@pytest.fixture
def capture(capsys: pytest.CaptureFixture[str]):
    def run(run_id: str, costs: Costs = EVEN, positive: str | None = None, wanted: float = 0.9) -> dict[str, Any]:
        calibrating.calibrate(run_id, costs, positive, wanted, as_json=True)
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def one_run(store: Store, **options: Any) -> Run:
    return store.runs.of(WORKSPACE, finished_experiment(store, [("lstm", 0)], **options).id)[0]


def test_two_classes_have_everything(store: Store, capture) -> None:
    run = one_run(store)
    found = capture(run.id, Costs(1, 5), "ham")
    assert found["run"] == run.id
    assert found["classes"] == ["ham", "spam"]
    assert found["accuracy"] == pytest.approx(run.results["test"]["accuracy"])
    assert found["log_loss"] == pytest.approx(run.results["test"]["loss"])
    assert set(found["ece"]) == {"value", "chance", "excess", "p_value"}
    assert sum(each["texts"] for each in found["bins"]) == found["texts"]["test"]
    assert found["temperature"]["interval"][0] <= found["temperature"]["value"] <= found["temperature"]["interval"][1]
    assert found["at_temperature"]["accuracy"] == found["accuracy"]
    assert found["threshold"]["positive"] == "ham"
    assert found["threshold"]["of_calibrated"] == pytest.approx(1 / 6)
    assert found["threshold"]["chosen"]["threshold"] < 0.5 == found["threshold"]["usual"]["threshold"]
    assert found["when_sure"]["wanted"] == 0.9
    assert found["when_sure"]["curve"][-1]["coverage"] == 1.0
    assert found["problem"] == ""


def test_more_classes_have_no_threshold_unless_it_is_asked_for_in_vain(store: Store, capture) -> None:
    run = one_run(store, data=labelled(("a", "b", "c")))
    assert capture(run.id)["threshold"] is None
    with pytest.raises(OptionError, match="two classes"):
        capture(run.id, positive="a")


def test_people_get_tables_and_a_sentence(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    calibrating.calibrate(one_run(store).id, Costs(), None, 0.5, as_json=False)
    printed = capsys.readouterr()
    for word in ("ECE", "by chance", "Brier", "at temperature", "cheapest on validation", "95 % interval"):
        assert word in printed.out
    assert "calibrated model" in printed.err


@pytest.mark.parametrize("version", sorted(KEPT))
def test_a_run_of_an_older_version_has_its_scores_and_a_word_on_the_rest(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capture
) -> None:
    monkeypatch.setenv("SEQLAB_HOME", str(tmp_path / "old"))
    get_settings.cache_clear()
    run, _ = left_alone_and_interrupted(copy_home(version, get_settings().home))
    found = capture(run.id)
    keeps_validation = training.open_store(get_settings()).artifacts.has(run.id, VALIDATION_FILE)
    get_settings.cache_clear()
    assert found["brier"] > 0
    assert keeps_validation is (version >= "v0003")
    for chosen in (found["temperature"], found["at_temperature"], found["threshold"]["chosen"]):
        assert (chosen is not None) is keeps_validation
    assert keeps_validation or found["when_sure"]["chosen"] is None
    assert ("train the run again" in found["problem"]) is not keeps_validation


def test_a_run_that_was_not_evaluated_and_a_share_that_is_none_are_refused(store: Store, capture) -> None:
    run = one_run(store)
    with pytest.raises(OptionError, match="share"):
        capture(run.id, wanted=95)
    store.artifacts.remove(run.id, VALIDATION_FILE)
    store.artifacts.remove(run.id, "evaluation.json")
    with pytest.raises(NotFoundError):
        capture(run.id)
