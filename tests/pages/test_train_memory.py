"""What has no room in memory is said on Train before anybody presses, with what would fit one press away."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.datasets import LabelledText
from seqcore.settings import get_settings
from seqcore.store import Store
from tests.pages.conftest import NotingRoom

WORKSPACE = "personal"


@pytest.fixture
def train(lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Train with texts of 900 words, a transformer and an LSTM chosen, and processes of 1,500 MB."""
    monkeypatch.setenv("SEQLAB_WORKER_MEMORY_MB", "1500")
    get_settings.cache_clear()
    texts = tuple(f"text {row} " + "word " * 898 for row in range(60))
    dataset = store.datasets.add(WORKSPACE, LabelledText("long", texts, tuple("ab"[row % 2] for row in range(60))))
    lab.query_params["dataset"] = dataset.id
    page = lab.run().switch_page("lab/train.py").run()
    for name in ("rnn", "bilstm", "lstm_attention"):
        page.checkbox(key=f"use-{name}").uncheck()
    page.checkbox(key="use-transformer").check()
    page.number_input(key="train-input-max_length").set_value(2000)
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return (
        "\n".join(str(element.value) for element in [*page.warning, *page.caption])
        .replace("\\", "")
        .replace("\u2060", "")
    )


def test_it_is_said_and_the_others_are_trained_without_it(train: AppTest, store: Store, room: NotingRoom) -> None:
    assert "Transformer does not fit in memory: batches of 32 texts of up to 900 tokens take about" in said(train)
    assert said(train).count("Does not fit in memory") == 1  # on its card
    assert train.button(key="train").label == "Train 1 model"
    train.button(key="train").click().run()
    runs = store.runs.of(WORKSPACE, str(train.query_params["experiment"]))
    assert [run.architecture for run in runs] == ["lstm"]


@pytest.mark.parametrize(("number", "control"), [(0, "train-input-max_length"), (1, "train-training-batch_size")])
def test_what_would_fit_is_one_press_away(train: AppTest, number: int, control: str) -> None:
    before = train.number_input(key=control).value
    train.button(key=f"fit-transformer-{number}").click().run()
    assert not train.exception
    assert train.number_input(key=control).value < before
    assert not train.warning
    assert train.button(key="train").label == "Train 2 models"


def test_where_nothing_fits_there_is_nothing_to_press(train: AppTest) -> None:
    train.checkbox(key="use-lstm").uncheck().run()
    assert train.button(key="train").disabled
    assert train.button(key="train").help == "What is chosen does not fit in memory."
