"""What units do: a unit that is set up to follow one word is found, with the texts and the word that drive it."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest

from seqcore.architectures import Sizes, get_architecture
from seqcore.errors import InspectionError
from seqcore.inspections.units import FEWEST, UnitsRequest, units
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.worker.models.build import build_model
from seqcore.worker.runtime.finished_model import FinishedModel
from tests.inspections.tiny_models import CLASSES, fresh_model

TEXTS = ["air brook cloud", "brook storm cloud", "cloud air air", "Storm air", "brook brook storm", ""]
STORMY = [1, 3, 4]


@cache
def follower() -> FinishedModel:
    """A plain RNN without memory whose second unit is high at "storm", whose third is high at every word."""
    architecture = get_architecture("rnn")
    encoder = TextEncoder.fit(TEXTS, TextOptions())
    sizes = Sizes(encoder.sizes, 2)
    model = build_model(architecture, sizes, architecture.validate_options({"embedding_size": 2, "units": 3}))
    table, *_ = (np.zeros(weight.shape) for weight in model.get_weights())
    table[:, 1] = 1
    table[encoder.vocabulary["storm"], 0] = 1
    kernel = np.array([[0.1, 2.0, 0.0], [0.0, 0.0, 1.0]])
    model.set_weights([table, kernel, np.zeros((3, 3)), np.zeros(3), np.array([[0.0], [3.0], [0.0]]), np.zeros(1)])
    footprint = architecture.footprint(sizes, architecture.validate_options({}))
    labels = np.array([int(row in STORMY) for row in range(len(TEXTS))])
    return FinishedModel(architecture, "text", model, encoder, ("calm", "wild"), footprint, lambda: (TEXTS, labels))


def test_the_unit_that_follows_a_word_is_told_with_that_word_and_its_texts():
    found = units(follower(), UnitsRequest(unit=1))
    assert {text.row for text in found.texts[:3]} == set(STORMY)
    assert [text.token.casefold() for text in found.texts[:3]] == ["storm"] * 3
    assert all(text.text[text.start : text.end] == text.token for text in found.texts)
    assert [text.value for text in found.texts[:3]] == pytest.approx([np.tanh(2)] * 3)
    (word, *_) = found.words
    assert (word.token, word.times) == ("storm", 3)
    assert word.change == pytest.approx(np.tanh(2), abs=1e-6)
    assert found.asked == 5


def test_words_that_stand_in_the_texts_too_seldom_are_not_told():
    assert {word.token: word.times for word in units(follower(), UnitsRequest()).words} == {
        "storm": 3, "air": 4, "brook": 4, "cloud": 3,
    }  # fmt: skip
    assert FEWEST == 3


def test_units_that_go_with_the_answer_come_first_and_one_that_never_changes_last():
    found = units(follower(), UnitsRequest())
    assert [each.unit for each in found.units][-1] == 2
    assert found.units[-1].correlation == 0 and found.units[-1].spread == pytest.approx(0, abs=1e-6)
    assert found.unit == found.units[0].unit
    strengths = [abs(each.correlation) for each in found.units]
    assert strengths == sorted(strengths, reverse=True)
    assert min(strengths[:2]) > 0


def test_a_correlation_is_that_of_the_mean_state_with_the_probability():
    model, read = follower(), [row for row, text in enumerate(TEXTS) if text]
    means = [model.states.of(model.read(TEXTS[row])).cells[0].hidden[:, 1].mean() for row in read]
    expected = np.corrcoef(means, model.probabilities([TEXTS[row] for row in read])[:, 1])[0, 1]
    (found,) = [each for each in units(model, UnitsRequest()).units if each.unit == 1]
    assert found.correlation * (1 if found.label == "wild" else -1) == pytest.approx(expected)


@pytest.mark.parametrize("name", ["bigru", "lstm_attention"])
def test_every_direction_can_be_asked_and_who_asks_again_gets_the_same(name: str):
    for direction in {cell.direction for cell in fresh_model(name).states.cells}:
        found, again = (units(fresh_model(name), UnitsRequest(direction=direction)) for _ in range(2))
        assert found == again
        assert len(found.units) == 3
        assert {each.label for each in found.units} <= set(CLASSES)
        json.dumps(found.model_dump(mode="json"), allow_nan=False)


def test_no_more_texts_are_told_than_asked_for():
    found = units(follower(), UnitsRequest(top=2, most=4))
    assert (len(found.texts), found.asked) == (2, 4 - (len(TEXTS) - 1 in sampled_rows(4)))


def sampled_rows(most: int) -> list[int]:
    return np.random.default_rng(0).permutation(len(TEXTS))[:most].tolist()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"unit": 3}, "There is no unit of that number. Got 3. Choose from 0 to 2."),
        ({"layer": 2}, "There is no such recurrent layer. Got 2 forward. Choose from: 1 forward."),
        ({"direction": "backward"}, "There is no such recurrent layer. Got 1 backward. Choose from: 1 forward."),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(values, message):
    with pytest.raises(InspectionError) as error:
        units(follower(), UnitsRequest(**values))
    assert str(error.value) == message
