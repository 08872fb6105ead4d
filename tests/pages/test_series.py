"""The pages with series of numbers: brought as a file, looked at, trained on, answered."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.lab.plan import Choices
from seqcore.store import Store
from tests.kinds.series.made import as_long_csv, as_ts, as_wide_csv, rising_and_falling
from tests.pages.conftest import opened, words
from tests.pages.finished import WORKSPACE, finish

DATA = rising_and_falling(40)


def upload(lab: AppTest, name: str, content: str) -> AppTest:
    page = opened(lab, "lab/data.py")
    page.segmented_control(key="data-source").set_value("upload").run()
    return page.file_uploader(key="data-file").upload(name, content.encode()).run()


def select(page: AppTest, label: str):
    return next(each for each in page.selectbox if each.label == label)


@pytest.mark.parametrize(
    ("name", "content"),
    [("wide.csv", as_wide_csv(DATA)), ("long.csv", as_long_csv(DATA)), ("made.ts", as_ts(DATA))],
    ids=["wide", "long", "ts"],
)
def test_a_file_of_series_is_known_for_one_and_can_be_trained_on(lab: AppTest, name: str, content: str) -> None:
    page = upload(lab, name, content)
    assert not page.error
    assert (page.metric[0].label, page.metric[0].value) == ("Series", "40")
    assert "Mean and standard deviation of each channel are learned from the training series only." in words(page)
    page = opened(page, "lab/train.py")
    assert not page.error
    assert not page.checkbox(key="use-lstm").disabled


def test_a_wrong_guess_can_be_changed(lab: AppTest) -> None:
    rows = "".join(f"{n // 2},{n},{n * 2},{n % 7},{'uv'[n // 2 % 2]}\n" for n in range(40))
    page = upload(lab, "a.csv", "id,a,b,c,label\n" + rows)
    assert page.metric[0].value == "20"
    select(page, "Layout").set_value("wide").run()
    assert page.metric[0].value == "40"
    holds = next(each for each in page.segmented_control if each.label == "What the file holds")
    holds.set_value("text").run()
    assert any(each.label == "Text column" for each in page.multiselect)


def test_what_is_wrong_is_said_and_the_controls_stay(lab: AppTest) -> None:
    page = upload(lab, "wide.csv", as_wide_csv(DATA))
    select(page, "Label column").set_value("none").run()
    assert "The series have no labels" in page.error[0].value
    assert select(page, "Layout").value == "wide"


def test_texts_with_numbers_beside_them_stay_texts(lab: AppTest) -> None:
    rows = "".join(f"a good day {n},{n},{n % 5},{n % 3},{'yes' if n % 2 else 'no'}\n" for n in range(20))
    page = upload(lab, "a.csv", "text,likes,shares,votes,label\n" + rows)
    assert not page.error
    assert page.metric[0].label == "Texts"


@pytest.fixture
def experiment_id(store: Store) -> str:
    dataset = store.datasets.add(WORKSPACE, DATA)
    chosen = Choices(architectures=("rnn",)).for_kind("series")
    experiment = store.experiments.add(WORKSPACE, dataset.id, chosen.specs("series", max_epochs=500))
    (run,) = store.runs.of(WORKSPACE, experiment.id)
    finish(store, run, DATA, skill=2.0)
    return experiment.id


def test_the_predict_page_takes_a_file_of_series(lab: AppTest, experiment_id: str) -> None:
    page = opened(lab, "lab/predict.py", experiment=experiment_id)
    assert not page.error
    page.file_uploader(key="predict-file").upload("wide.csv", as_wide_csv(DATA).encode()).run()
    assert not page.error
    assert page.button(key="predict-all").label == "Predict 40 series"


def test_series_of_other_channels_and_texts_are_refused_there(lab: AppTest, experiment_id: str) -> None:
    page = opened(lab, "lab/predict.py", experiment=experiment_id)
    two = as_ts(rising_and_falling(4, 2)).encode()
    page.file_uploader(key="predict-file").upload("two.ts", two).run()
    assert "another number of channels" in page.error[0].value
    page.file_uploader(key="predict-file").upload("a.json", b'[{"text": "fine"}]').run()
    assert "This is no file of series" in page.error[0].value
