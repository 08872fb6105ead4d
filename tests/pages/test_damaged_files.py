"""Files that were damaged on the disk: each page says which and what to do, and the other runs stay usable."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from seqcore.ui.session.kept import shelf
from tests.pages.finished import WORKSPACE, AnsweringEngine, finished_experiment, labelled

OUR_MISTAKE = "it is our mistake"
DAMAGES = {
    "empty": lambda _data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "other": lambda _data: b"PAR1 no longer",
    "bits": lambda data: bytes(byte ^ 0x55 for byte in data),
}


def opened(lab: AppTest, page: str, experiment_id: str) -> AppTest:
    lab.run()
    lab.query_params["experiment"] = experiment_id
    found = lab.switch_page(f"lab/{page}.py").run()
    assert not found.exception
    assert not any(OUR_MISTAKE in error.value for error in found.error)
    return found


@pytest.mark.parametrize("name", ["predictions.parquet", "evaluation.json"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_compare_leaves_a_damaged_run_out_and_says_so(lab: AppTest, store: Store, name: str, damage: str) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0), ("gru", 0)])
    broken = store.runs.of(WORKSPACE, experiment.id)[1]
    store.artifacts.write(broken.id, name, DAMAGES[damage](store.artifacts.read(broken.id, name)))
    page = opened(lab, "compare", experiment.id)
    (error,) = page.error
    assert "LSTM" in error.value and "train it again" in error.value
    assert len(page.dataframe[0].value) == 2


def test_compare_with_nothing_but_damaged_runs_says_so(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    (run,) = store.runs.of(WORKSPACE, experiment.id)
    store.artifacts.write(run.id, "predictions.parquet", b"")
    page = opened(lab, "compare", experiment.id)
    assert "train it again" in page.error[0].value
    assert not page.dataframe


@pytest.mark.parametrize("page", ["compare", "attention", "predict", "runs", "train", "data"])
def test_no_page_fails_when_every_file_of_a_run_is_damaged(
    lab: AppTest, store: Store, engine: AnsweringEngine, page: str
) -> None:
    experiment = finished_experiment(store, [("lstm_attention", 0), ("transformer", 0)])
    broken = store.runs.of(WORKSPACE, experiment.id)[0]
    for name in ("model.keras", "tokenizer.json", "evaluation.json", "predictions.parquet", "run.json"):
        store.artifacts.write(broken.id, name, b"\x00{")
    opened(lab, page, experiment.id)


@pytest.mark.parametrize("page", ["compare", "attention", "predict", "runs", "train", "data"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_data_set_is_named_with_what_to_do(
    lab: AppTest, store: Store, engine: AnsweringEngine, page: str, damage: str
) -> None:
    experiment = finished_experiment(store, [("lstm_attention", 0)])
    owner = f"datasets/{experiment.dataset_id}"
    store.files.write(owner, "data.parquet", DAMAGES[damage](store.files.read(owner, "data.parquet")))
    shelf.empty()
    lab.session_state["compare-tabs"] = "Mistakes"  # the only part of that page that shows texts
    found = opened(lab, page, experiment.id)
    if page in ("compare", "attention"):
        assert any("data set is damaged" in error.value and "Upload" in error.value for error in found.error)
    if page == "compare":
        assert len(found.dataframe[0].value) == 1  # the scores need no text
    sound = finished_experiment(store, [("lstm_attention", 0)], data=labelled(name="other", rows=90))
    assert not opened(lab, page, sound.id).error
