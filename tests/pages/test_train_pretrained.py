"""A pretrained encoder on the Train page: brought, told of, used, chosen again, and left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from tests.pages.conftest import words
from tests.pages.test_train_page import start, train  # noqa: F401
from tests.pretrained_files import put_folder, zipped


@pytest.fixture
def given(train: AppTest, tmp_path: Path) -> AppTest:  # noqa: F811
    assert train.checkbox(key="use-pretrained").disabled
    assert "needs an encoder" in words(train)
    train.file_uploader(key="encoder-file").upload("ti<b>ny.zip", zipped(put_folder(tmp_path / "tiny"))).run()
    assert not train.exception
    return train


def test_an_encoder_is_told_of_and_its_model_ticked_and_trained(given: AppTest, store: Store) -> None:
    assert "2 blocks of 2 heads, 8 numbers a token" in words(given)
    assert "<b>" not in words(given)
    assert given.checkbox(key="use-pretrained").value
    (run,) = store.runs.of("personal", start(given, "pretrained"))
    assert store.datasets.has_pretrained(store.datasets.of_run(run.id).id, run.spec.encoder)
    assert run.spec.model["hidden"] == 8


def test_one_that_is_left_out_takes_its_model_with_it_and_can_be_chosen_again(given: AppTest) -> None:
    content = given.selectbox(key="encoder-kept").value
    given.selectbox(key="encoder-kept").set_value("").run()
    assert not given.exception
    assert given.checkbox(key="use-pretrained").disabled
    given.selectbox(key="encoder-kept").set_value(content).run()
    assert not given.exception
    assert not given.checkbox(key="use-pretrained").disabled


def test_what_is_no_encoder_is_refused_with_a_sentence(train: AppTest) -> None:  # noqa: F811
    train.file_uploader(key="encoder-file").upload("tiny.zip", b"no zip at all").run()
    assert not train.exception
    assert "no zip" in " ".join(error.value for error in train.error)
