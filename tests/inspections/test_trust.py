"""Whether a map can be trusted: models set by hand, of which it is known what they answer by."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection
from seqcore.inspections.trust import METHODS, TrustAnswer, log_odds_of
from seqcore.worker.runtime.finished_model import FinishedModel
from tests.inspections.hand_built import LOGIT, model_that
from tests.inspections.tiny_models import fresh_model

TEXT = "cold and a lovely film warm and cold film a lovely cold and a film lovely and cold a film"
FIRST = "warm and cold film a lovely cold and a lovely cold and a"
LOOKS = model_that(answers_by="warm", looks_at="warm")
DECOUPLED = model_that(answers_by="warm", looks_at="film", remembers=True)


def ask(model: FinishedModel, text: str, **values: object) -> TrustAnswer:
    inspection = get_inspection("trust")
    return inspection.compute(model, inspection.validated({"text": text, **values}))


@pytest.mark.parametrize("method", [method for method in METHODS if method not in ("gradient_input", "rollout")])
def test_every_map_of_a_model_that_looks_at_one_word_is_trusted(method: str):
    found = ask(LOOKS, TEXT, method=method)
    assert (found.prediction, found.label) == ("good", "good")
    assert found.comprehensiveness == pytest.approx(found.whole - (1 - found.whole), abs=0.01)
    assert found.comprehensiveness > 2 * found.random_comprehensiveness
    assert found.sufficiency == pytest.approx(0, abs=0.01)
    assert found.bottom_comprehensiveness == pytest.approx(0, abs=0.01)
    assert found.trust > 0.9
    assert found.word == "trust it"


def test_slopes_of_units_that_are_at_their_limit_say_nothing_and_are_not_trusted():
    assert ask(LOOKS, TEXT, method="gradient_input").word == "don't"


def test_attention_that_the_answer_does_not_depend_on_is_not_trusted():
    assert DECOUPLED.look(FIRST)[1][0][3] > 0.9  # "film"
    found = ask(DECOUPLED, FIRST, method="attention")
    assert found.prediction == "good"
    assert found.attention.moved == pytest.approx(0, abs=1e-4)
    assert found.attention.uniform == pytest.approx(found.whole, abs=1e-4)
    assert found.trust == pytest.approx(0, abs=0.01)
    assert found.word == "don't"


@pytest.mark.parametrize("method", ["integrated_gradients", "occlusion"])
def test_a_map_of_what_that_answer_does_depend_on_is_trusted(method: str):
    assert ask(DECOUPLED, FIRST, method=method).trust > 0.9


def test_weights_that_matter_move_the_answer_as_far_as_the_best_word_does():
    found = ask(LOOKS, TEXT, method="attention").attention
    assert found.matter == pytest.approx(1, abs=0.05)
    assert found.moved > 0.9
    assert found.permuted < 0.1


def test_the_same_question_has_the_same_answer():
    once, again = (ask(fresh_model("gru"), TEXT).model_dump(mode="json") for _ in range(2))
    assert once == again


def test_its_json_has_the_names_that_were_agreed_on():
    written = ask(LOOKS, TEXT).model_dump(mode="json")
    assert written.keys() >= {"comprehensiveness", "sufficiency", "random_comprehensiveness", "trust", "word", "class"}
    assert written["method"] == "integrated_gradients"


def test_the_other_class_can_be_asked_about():
    found = ask(LOOKS, TEXT, label="bad", method="occlusion")
    assert found.label == "bad"
    assert found.whole == pytest.approx(1 / (1 + np.exp(LOGIT)), abs=0.001)
    assert found.comprehensiveness < 0.01  # nothing speaks for it that could go


def test_attention_of_a_model_without_any_is_refused_with_those_that_have_it():
    with pytest.raises(InspectionError, match=r"rnn has no attention to show. Choose a run of one of: lstm_attention"):
        ask(fresh_model("rnn"), TEXT, method="attention")


def test_a_map_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(InspectionError, match=r"'attention', 'rollout', 'integrated_gradients', .* or 'occlusion'"):
        ask(LOOKS, TEXT, method="stare")


def test_attention_of_many_heads_is_shuffled_in_all_of_them():
    found = ask(fresh_model("transformer", longest=60), TEXT, method="attention").attention
    assert 0 < found.moved < 1 and 0 < found.matter <= 1


@pytest.mark.parametrize("outputs", [1, 3])
def test_log_odds_are_of_the_class_against_all_others(outputs: int):
    logits = np.array([[0.5, -1.0, 2.0][:outputs]])
    odds = np.exp(logits[0]) if outputs == 3 else np.array([1.0, np.exp(0.5)])
    for code in range(max(2, outputs)):
        share = odds[code] / odds.sum()
        assert log_odds_of(logits, code) == pytest.approx(np.log(share / (1 - share)))
