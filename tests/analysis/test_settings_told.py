"""Settings in plain words: differences first, then what is not the default."""

import numpy as np
import pytest

from seqcore.analysis.settings_told import (
    beginnings_by_name,
    changed_settings,
    names_apart,
    settings_by_name,
    tell_settings,
)
from seqcore.architectures import architectures
from seqcore.kinds.text.pretrained import read_folder
from seqcore.kinds.text.vectors import WordVectors
from seqcore.lab.plan import Choices
from seqcore.spec import RunSpec, declared
from tests.pretrained_files import MOST, put_folder


def specs(chosen: Choices) -> list[RunSpec]:
    return chosen.specs("hash", max_epochs=500)


def test_models_of_one_training_share_their_settings_and_all_are_told() -> None:
    told = tell_settings(specs(Choices(architectures=("rnn", "lstm", "bag_of_words"))))
    assert told.differing == ()
    assert told.changed == ()
    assert {"epochs", "units", "tokenizer", "test_share", "strength"} <= {setting.name for setting in told.same}


def test_what_is_not_the_default_stands_first_with_the_words_of_its_control() -> None:
    chosen = Choices(architectures=("rnn", "lstm")).with_values(
        {"vocabulary_size": 20_000, "optimizer": "sgd", "lowercase": False, "learning_rate": 0.01}
    )
    told = tell_settings(specs(chosen))
    assert [(each.title, each.value, each.default) for each in told.changed] == [
        ("Lower case", "off", "on"),
        ("Vocabulary size", "20,000", "10,000"),
        ("Learning rate", "0.01", "0.001"),
        ("Optimizer", "SGD with momentum", "Adam"),
    ]
    assert told.same[: len(told.changed)] == told.changed


def test_what_differs_names_the_value_of_each_model_that_has_it() -> None:
    chosen = Choices(architectures=("bag_of_words", "rnn", "lstm")).with_values({"lstm.units": 64})
    told = tell_settings(specs(chosen))
    (units,) = told.differing
    assert (units.name, dict(units.said), set(units.changed)) == ("units", {1: "32", 2: "64"}, {2})
    assert [told.differences_of(number) for number in range(3)] == ["", "Units 32", "Units 64"]


def test_equal_names_are_told_apart_by_what_differs_between_them() -> None:
    chosen = (Choices(architectures=("lstm",)).with_values({"units": units}) for units in (32, 64, 32))
    three = [spec for each in chosen for spec in specs(each)]
    assert names_apart(["LSTM", "LSTM", "mine"], three) == ["LSTM, Units 32", "LSTM, Units 64", "mine"]
    assert names_apart(["LSTM", "x", "LSTM"], three) == ["LSTM", "x", "LSTM"]


def test_what_only_one_model_has_stands_beside_what_all_have() -> None:
    told = tell_settings(specs(Choices(architectures=("rnn", "cnn"))))
    names = [setting.name for setting in told.same]
    assert names.index("widest") < names.index("tokenizer")


def test_models_of_two_trainings_differ_in_what_was_changed_between_them() -> None:
    one, other = Choices(architectures=("rnn",)), Choices(architectures=("rnn",)).with_values({"test_share": 0.3})
    told = tell_settings([*specs(one), *specs(other)])
    assert [dict(each.said) for each in told.differing] == [{0: "0.2", 1: "0.3"}]


@pytest.mark.parametrize("name", [which.name for which in architectures("tokens")])
def test_every_setting_of_a_run_has_a_name_a_title_and_a_word(name: str) -> None:
    given = {"pretrained": {"encoder": "0" * 32}}  # that needs one
    (spec,) = specs(Choices(architectures=(name,), own=given))
    chosen = Choices()
    every = {setting for options in chosen.groups().values() for setting in declared(options)} - {"units"}
    every -= set(type(chosen.shared).model_fields) - set(spec.model)
    by_name = settings_by_name(spec)
    assert every <= set(by_name)
    assert chosen.with_values({key: value for key, value in by_name.items()}).architectures  # `--set` takes them all
    assert changed_settings(spec) == {}
    assert all(setting.title and setting.value for setting in tell_settings([spec]).same)


def test_a_run_of_an_architecture_that_is_gone_still_tells_the_rest() -> None:
    told = tell_settings([RunSpec(dataset="hash", architecture="perceptron")])
    assert "epochs" in {setting.name for setting in told.same}


def test_a_file_of_word_vectors_is_told_by_name_size_and_whether_it_is_frozen() -> None:
    vectors = WordVectors("glove.txt", ("good", "bad"), np.ones((2, 6), np.float32), 2)
    chosen = Choices(architectures=("lstm", "bag_of_words")).with_vectors(vectors)
    lstm, bag = specs(chosen.with_values({"vectors_training": "frozen"}))
    told = tell_settings([lstm, bag], {vectors.content_hash: "glove.txt"})
    file = next(each for each in told.changed if each.title == "File of word vectors")
    assert dict(file.said) == {0: "glove.txt, 6 numbers a word, frozen"}
    (tuned, _) = specs(chosen)
    assert beginnings_by_name(tuned)["vectors"] == f"{vectors.content_hash[:8]}, 6 numbers a word, fine-tuned"
    assert beginnings_by_name(bag) == {}


def test_an_encoder_is_told_by_name_size_and_what_is_trained_of_it(tmp_path) -> None:
    tiny = read_folder(put_folder(tmp_path / "tiny"), "tiny", MOST)
    begins = Choices(architectures=("pretrained",)).with_pretrained(tiny.content_hash, tiny.config)
    head, whole = (specs(begins.with_values({"pretrained.train": train}))[0] for train in ("head", "all"))
    told = tell_settings([head, whole], {tiny.content_hash: "tiny"})
    encoder = next(each for each in told.differing if each.title == "Encoder")
    assert dict(encoder.said) == {
        0: "tiny, 2 blocks, 8 numbers a token, trained: the head only",
        1: "tiny, 2 blocks, 8 numbers a token, trained: all of it",
    }
