"""Word vectors on the Train page: given, told of, used, compared with random ones, and left out again."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.datasets.samples import load_sample
from seqcore.kinds.text.vectors import words_of
from seqcore.store import Store
from tests.pages.conftest import words
from tests.pages.test_train_page import start, train  # noqa: F401

SOME = sorted(word for word in words_of(load_sample("reviews").texts) if word.isalpha())[::2]
GLOVE = "".join(f"{word} 0.5 -0.25 {number % 7} 1\n" for number, word in enumerate(SOME)).encode()


@pytest.fixture
def given(train: AppTest) -> AppTest:  # noqa: F811
    assert "vectors-out" not in {button.key for button in train.button}
    train.file_uploader(key="vectors-file").upload("glo<b>ve.txt", GLOVE).run()
    assert not train.exception
    return train


def test_what_the_vectors_cover_and_miss_is_told(given: AppTest) -> None:
    shown = {metric.label: metric.value for metric in given.metric}
    assert shown["Dimensions"] == "4"
    assert 10 < float(shown["Of the vocabulary"].split()[0]) < 90
    assert "Commonest words without a vector" in words(given)
    assert "<b>" not in words(given)


def test_models_become_as_wide_as_the_vectors_and_begin_with_them(given: AppTest, store: Store) -> None:
    assert given.number_input(key="train-shared-embedding_size").value == 4
    (run,) = store.runs.of("personal", start(given, "lstm"))
    assert (run.spec.input.word_vectors, run.spec.input.vector_size) == ("file", 4)
    assert store.datasets.has_vectors(store.datasets.of_run(run.id).id, run.spec.input.vectors)


def test_they_can_be_kept_as_they_are(given: AppTest, store: Store) -> None:
    given.segmented_control(key="train-input-vectors_training").set_value("frozen").run()
    (run,) = store.runs.of("personal", start(given, "lstm"))
    assert run.spec.input.vectors_training == "frozen"


def test_random_against_pretrained_is_one_press(given: AppTest, store: Store) -> None:
    given.button(key="train-beside-random").click().run()
    assert not given.exception
    runs = store.runs.of("personal", str(given.query_params["experiment"]))
    pairs = {(run.architecture, run.spec.input.word_vectors) for run in runs}
    assert pairs == {(name, way) for name in ("rnn", "lstm", "bilstm", "lstm_attention") for way in ("random", "file")}
    assert {run.spec.model["embedding_size"] for run in runs} == {4}


def test_left_out_models_begin_with_random_numbers_again(given: AppTest, store: Store) -> None:
    given.button(key="vectors-out").click().run()
    assert not given.exception and not given.metric
    assert "train-beside-random" not in {button.key for button in given.button}
    (run,) = store.runs.of("personal", start(given, "rnn"))
    assert run.spec.input.vectors == ""


def test_without_a_file_no_setting_speaks_of_it(train: AppTest) -> None:  # noqa: F811
    keys = {control.key for control in [*train.segmented_control, *train.selectbox, *train.button]}
    assert not {"train-input-vectors_training", "train-beside-random"} & keys


def test_vectors_can_be_learned_from_the_training_texts_instead(train: AppTest, store: Store) -> None:  # noqa: F811
    train.selectbox(key="train-input-word_vectors").set_value("word2vec").run()
    assert "train-beside-random" in {button.key for button in train.button}
    (run,) = store.runs.of("personal", start(train, "lstm"))
    assert (run.spec.input.word_vectors, run.spec.input.vectors) == ("word2vec", "")


def test_models_cannot_begin_with_a_file_that_was_not_given(train: AppTest, store: Store) -> None:  # noqa: F811
    train.selectbox(key="train-input-word_vectors").set_value("file").run()
    train.button(key="train").click().run()
    assert not train.exception and "there are none" in words(train)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a b c\n", "no word vectors"),
        (b"zzzqx 1 2 3\n", "None of the words"),
        (b"\x80\x04.", "pickle"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_none_says_so_and_loses_nothing(train: AppTest, content: bytes, says: str) -> None:  # noqa: F811
    train.file_uploader(key="vectors-file").upload("x.txt", content).run()
    assert not train.exception
    assert says in words(train)
    assert not train.button(key="train").disabled
