"""What mattered: signed scores of every architecture, of a chosen class, with known values where there are some."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from seqcore.architectures import Architecture, architectures
from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection
from seqcore.inspections.contracts import StepScores
from seqcore.inspections.integrated_gradients import INCOMPLETE
from seqcore.inspections.occlusion import left_out
from seqcore.inspections.text_said import NO_KNOWN_WORD, nothing_read
from seqcore.worker.runtime.finished_model import FinishedModel
from tests.inspections.hand_built import LOGIT, TWO, model_that
from tests.inspections.tiny_models import CLASSES, fresh_model

TEXT = "a warm and lovely film, a cold film and a warm film"
METHODS = ("occlusion", "gradient_input", "integrated_gradients")
by_method = pytest.mark.parametrize("method", METHODS)
by_architecture = pytest.mark.parametrize(
    "architecture", list(architectures("tokens")), ids=lambda architecture: architecture.name
)


def ask(method: str, model: FinishedModel, text: str = TEXT, **values: object) -> StepScores:
    inspection = get_inspection(method)
    return inspection.compute(model, inspection.validated({"text": text, **values}))


def scores(found: StepScores) -> np.ndarray:
    return np.array([step.score for step in found.tokens])


@by_architecture
def test_integrated_gradients_sum_to_the_difference_of_logits(architecture: Architecture):
    spread = 1.0 if architecture.name == "pretrained" else 2.0  # weights so large that it bends, but can be followed
    found = ask("integrated_gradients", fresh_model(architecture, CLASSES, spread, 60))
    assert found.sum_of_scores == pytest.approx(scores(found).sum())
    assert found.completeness_error <= INCOMPLETE
    assert found.difference_of_logits != 0


@by_method
@pytest.mark.parametrize("name", ["lstm", "cnn", "bag_of_words"])
def test_the_scores_of_two_classes_are_each_others_negatives(name: str, method: str):
    model = fresh_model(name, TWO)
    for_one, for_other = (scores(ask(method, model, label=label)) for label in TWO)
    np.testing.assert_allclose(for_one, -for_other, atol=1e-5)
    np.testing.assert_allclose(scores(ask(method, model)), for_other if ask(method, model).label == "good" else for_one)


@pytest.mark.parametrize("method", ["occlusion", "integrated_gradients"])
def test_the_word_that_a_model_answers_by_has_the_score(method: str):
    found = ask(method, model_that(answers_by="warm", looks_at="warm"), "a cold film warm and lovely", label="good")
    sizes = np.abs(scores(found))
    best = int(scores(found).argmax())
    assert found.tokens[best].token == "warm"
    assert sizes[best] > 10 * np.delete(sizes, best).max()


def test_leaving_out_is_the_logit_that_goes_with_the_word():
    found = ask("occlusion", model_that(answers_by="warm", looks_at="warm"), "a cold film warm and lovely")
    np.testing.assert_allclose(scores(found), [0, 0, 0, 2 * LOGIT, 0, 0], atol=0.01)
    assert found.together == 1


def test_a_word_that_stands_twice_has_two_scores_and_can_be_left_out_once():
    found = ask("occlusion", model_that(answers_by="warm", looks_at="warm"), "warm film warm")
    assert [step.token for step in found.tokens] == ["warm", "film", "warm"]
    assert scores(found)[[0, 2]] == pytest.approx(0, abs=0.01)


def test_the_only_word_leaves_the_empty_text_behind():
    model = fresh_model("lstm", TWO)
    (score,) = scores(ask("occlusion", model, "warm", label="good"))
    with_it, without = model.logits([*model.encoder.encode(["warm"]), model.encoder.empty])[:, 0]
    assert score == pytest.approx(with_it - without, abs=1e-6)


@pytest.mark.parametrize(("most", "together"), [(100, 1), (5, 1), (4, 2), (2, 3), (1, 5)])
def test_neighbours_are_left_out_together_where_one_at_a_time_takes_too_long(most: int, together: int):
    weights = np.array([0.0, 1.0, -2.0, 3.0, 0.5, 4.0])
    model = SimpleNamespace(
        most_passes=lambda steps: most, logits=lambda arrays: np.array([[weights[ids].sum()] for ids in arrays])
    )
    array = np.array([1, 2, 3, 4, 5])
    found, went = left_out(model, array, np.ones(1))
    assert went == together
    whole = [weights[array[start : start + together]] for start in range(0, 5, together)]
    np.testing.assert_allclose(found, np.concatenate([np.full(len(part), part.mean()) for part in whole]))


def test_a_bag_of_words_is_told_exactly_under_both_names():
    model = fresh_model("bag_of_words", TWO)
    exact, slopes = ask("integrated_gradients", model), ask("gradient_input", model)
    np.testing.assert_allclose(scores(exact), scores(slopes))
    assert exact.points == 0
    assert exact.completeness_error < 1e-4


@by_method
def test_a_class_that_does_not_exist_is_refused_with_those_that_do(method: str):
    with pytest.raises(InspectionError, match=r"no such class. Got 'ugly'. Choose from: bad, good, so-so"):
        ask(method, fresh_model("gru"), label="ugly")


@by_method
def test_the_class_that_was_chosen_is_spoken_of_whatever_the_answer_is(method: str):
    model = fresh_model("gru")
    for label in CLASSES:
        written = ask(method, model, label=label).model_dump(mode="json")
        assert written["class"] == label
        assert written["prediction"] == ask(method, model).prediction


@by_method
@pytest.mark.parametrize(
    ("text", "tokens", "notes"),
    [("", 0, [nothing_read()]), ("\x00", 0, [nothing_read()]), ("🎉 zounds", 2, [NO_KNOWN_WORD]), ("a film", 2, [])],
)
def test_what_has_to_be_known_first_is_said(method: str, text: str, tokens: int, notes: list[str]):
    found = ask(method, fresh_model("rnn"), text)
    assert (len(found.tokens), list(found.notes)) == (tokens, notes)


@by_method
def test_a_text_that_is_cut_says_so(method: str):
    found = ask(method, fresh_model("rnn"), "a warm film " * 1667)
    assert found.notes == ("The model reads 5 of the 5,001 tokens of this text; the others change nothing.",)
    assert len(found.tokens) == 5


@by_method
@pytest.mark.parametrize("name", ["bilstm", "cnn", "bag_of_words"])
@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("wa\u0308rm  e\u0301tude, warm film", "warm"),
        ("a 👩\u200d👩\u200d👧 warm 🎬 film", "warm"),
        ("سلام warm \u202eשלום film\u202c", "film"),
    ],
    ids=["combining marks", "emoji", "right to left"],
)
def test_offsets_are_those_of_the_text_as_given(method: str, name: str, text: str, token: str):
    found = ask(method, fresh_model(name, CLASSES, 0.5, 60), text)
    assert all(text[step.start : step.end] == step.token for step in found.tokens)
    assert token in [step.token for step in found.tokens]
    assert [step.start for step in found.tokens] == sorted(step.start for step in found.tokens)
