"""Over the test set: the word that a model is set to look at comes first with its counts, and so does a quarrel."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection, maps_of_many
from seqcore.inspections.attention import step_weights
from seqcore.inspections.drawn_words import UNKNOWN, DrawnWords, DrawnWordsRequest, WordsOfClass, drawn_words
from seqcore.inspections.gradient_input import slopes
from seqcore.inspections.maps_disagree import MapsDisagreeRequest, maps_disagree
from seqcore.inspections.maps_of_many import MOST, within_reach
from seqcore.inspections.text_said import direction_of
from seqcore.worker.runtime.finished_model import FinishedModel
from tests.inspections.hand_built import model_that
from tests.inspections.tiny_models import fresh_model

TEXTS = [
    "a warm film",
    "Warm WARM and cold",
    "a lovely warm film",
    "cold film",
    "a cold film and zebra",
    "",
    "zebra yak",
    "warm and cold and film and a",
    "lovely warm",
]
LABELS = np.array([1, 1, 0, 0, 0, 0, 1, 1, 1])
MANY = ["a warm film", "warm", "a lovely and cold and warm and cold film", "film " * 30, "cold 🎬 yak", "a a a a a"]


@dataclass
class Asked:
    found: DrawnWords

    def of(self, label: str) -> WordsOfClass:
        (each,) = [each for each in self.found.classes if each.label == label]
        return each


def about(model: FinishedModel, texts: list[str], labels: np.ndarray) -> FinishedModel:
    """The same model of a run with these test texts."""
    return FinishedModel(
        model.architecture, "text", model.model, model.encoder, model.classes, model._footprint,
        lambda: (texts, labels),
    )  # fmt: skip


@cache
def looker() -> FinishedModel:
    """Answers by "warm", looks at "warm"."""
    return about(model_that(answers_by="warm", looks_at="warm"), TEXTS, LABELS)


def asked(**values: object) -> Asked:
    return Asked(drawn_words(looker(), DrawnWordsRequest.model_validate(values)))


@pytest.mark.parametrize("method", ["attention", "integrated_gradients", "occlusion"])  # slopes vanish: it is sure
def test_the_word_that_a_model_looks_at_and_answers_by_comes_first(method: str):
    first = asked(method=method).of("good").words[0]
    assert (first.token, first.known, first.times, first.texts) == ("warm", True, 6, 5)
    assert first.mean > 0 and first.error is not None and first.at_least is not None
    assert first.total == pytest.approx(6 * first.mean)


def test_attention_is_told_in_times_an_even_share():
    words = {word.token: word for word in asked(method="attention").of("good").words}
    assert words["warm"].mean == pytest.approx((3 + 2 + 2 + 4 + 7 + 2) / 6, rel=1e-3)
    assert words["film"].mean == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(("by", "good", "bad"), [("answer", 5, 3), ("truth", 5, 3)])
def test_texts_count_to_the_class_that_is_asked_for(by: str, good: int, bad: int):
    found = asked(by=by)
    assert (found.of("good").texts, found.of("bad").texts) == (good, bad)
    assert (found.found.asked, found.found.drawn) == (8, 9)
    times = {word.token: word.times for word in found.of("bad").words}
    assert times["film"] == (2 if by == "answer" else 3)
    assert found.of("bad").different == len(times)


def test_what_is_not_known_is_one_word_and_named_beside():
    found = asked()
    (unknown,) = [word for word in found.of("bad").words if not word.known]
    assert (unknown.token, unknown.times, unknown.texts) == (UNKNOWN, 3, 2)
    assert found.found.unknown == ("zebra", "yak")
    assert all(word.known for word in found.of("good").words)


def test_a_class_without_a_text_has_no_words():
    found = drawn_words(about(fresh_model("rnn"), ["a warm film"], np.array([0])), DrawnWordsRequest(by="truth"))
    assert [(each.texts, len(each.words)) for each in found.classes] == [(1, 3), (0, 0), (0, 0)]
    nothing = drawn_words(about(fresh_model("rnn"), ["", "🎉" * 0], np.array([0, 1])), DrawnWordsRequest())
    assert (nothing.asked, nothing.drawn, nothing.unknown) == (0, 2, ())
    json.dumps(nothing.model_dump(mode="json"), allow_nan=False)


def test_a_score_speaks_of_the_class_that_the_text_counts_to():
    by_truth = {word.token: word for word in asked(by="truth", method="occlusion").of("bad").words}
    assert by_truth["warm"].mean < 0, "row 2 is bad, and warm speaks for good"


def test_no_more_words_are_told_than_asked_for_and_their_number_stays():
    found = asked(top=2).of("bad")
    assert len(found.words) == 2 and found.different > 2


def test_attention_of_a_model_without_is_refused_with_who_has_some():
    with pytest.raises(InspectionError, match=r"rnn has no attention to show\. Choose a run of one of: .*transformer"):
        drawn_words(fresh_model("rnn"), DrawnWordsRequest(method="attention"))


@pytest.mark.parametrize("name", ["rnn", "bilstm_attention", "transformer", "cnn", "bag_of_words"])
def test_many_texts_at_once_get_what_each_gets_alone(name: str):
    model = fresh_model(name)
    encoded = model.encoder.encode(MANY)
    codes = model.answers(encoded)
    found = maps_of_many.maps_of_many(model, encoded, codes, "gradient_input")
    for array, code, scores in zip(encoded, codes, found, strict=True):
        alone = slopes(model, array, direction_of(int(code), len(model.classes)))
        np.testing.assert_allclose(scores, alone, atol=1e-5)


@pytest.mark.parametrize("name", ["lstm_attention", "bilstm_attention", "transformer"])
def test_many_texts_at_once_are_looked_at_as_each_alone(name: str):
    model = fresh_model(name, layers=2) if name == "transformer" else fresh_model(name)
    encoded = model.encoder.encode(MANY)
    found = maps_of_many.maps_of_many(model, encoded, np.zeros(len(MANY), int), "attention")
    for text, weights in zip(MANY, found, strict=True):
        np.testing.assert_allclose(weights, step_weights(model, text), atol=1e-5)


def test_where_texts_are_too_long_together_fewer_are_asked_about_the_same_each_time(monkeypatch: pytest.MonkeyPatch):
    arrays = [np.ones(size, np.int32) for size in (4, 0, 5, 6, 3)]
    assert within_reach(arrays, "occlusion") == within_reach(arrays, "attention") == [0, 2, 3, 4]
    monkeypatch.setitem(MOST, "integrated_gradients", 10)
    fewer = within_reach(arrays, "integrated_gradients")
    assert fewer == within_reach(arrays, "integrated_gradients") and sum(len(arrays[row]) for row in fewer) <= 10
    monkeypatch.setitem(MOST, "occlusion", 41)
    assert sum(len(arrays[row]) ** 2 for row in within_reach(arrays, "occlusion")) <= 41, "each word is left out once"
    monkeypatch.setitem(MOST, "occlusion", 1)
    assert len(within_reach(arrays, "occlusion")) == 1
    assert within_reach([np.ones(0, np.int32)], "occlusion") == []


# The model answers by "warm" and looks at "cold": where only one of them is far from all others, both ranks differ.
QUARREL = ["a lovely film and a warm film", "warm a and cold lovely film a and", "cold", "", "and a lovely film"]


def test_the_text_in_which_maps_quarrel_comes_first():
    model = about(model_that(answers_by="warm", looks_at="cold", remembers=True), QUARREL, np.array([1, 1, 0, 0, 0]))
    found = maps_disagree(model, MapsDisagreeRequest(least=4, method="occlusion"))
    assert (found.asked, found.least) == (4, 4)
    correlations = [each.correlation for each in found.texts]
    assert correlations == sorted(correlations)
    first = found.texts[0]
    assert first.correlation < 0.9 and all(text.row in {0, 1, 4} for text in found.texts)
    (planted,) = [text for text in found.texts if text.row == 1]
    assert planted.attended[0] == "cold" and planted.attributed[0] == "warm"
    assert (planted.text, planted.label, planted.words) == (QUARREL[1], "good", 8)


def test_a_planted_quarrel_among_texts_that_agree_is_found(monkeypatch: pytest.MonkeyPatch):
    model = about(looker(), ["a warm film and cold"] * 5, np.ones(5, int))
    shares = np.array([0.1, 0.5, 0.2, 0.15, 0.05])
    looked, scores = [shares] * 5, [shares, shares, -shares, shares[::-1], np.zeros(5)]
    maps = {"attention": looked, "occlusion": scores}
    target = "seqcore.inspections.maps_disagree.maps_of_many"
    monkeypatch.setattr(target, lambda _model, _encoded, _codes, method: maps[method])
    found = maps_disagree(model, MapsDisagreeRequest(method="occlusion", least=3))
    assert [text.row for text in found.texts] == [3, 0, 1, 2], "a map that is the same everywhere is not compared"
    assert (found.asked, found.compared, found.median) == (5, 4, pytest.approx(1.0))
    assert found.texts[-1].correlation == pytest.approx(1), "shares have no sign: sizes are compared"
    assert found.texts[0].attended == ("warm", "film", "and") and found.texts[0].attributed == ("and", "film", "warm")


def test_texts_of_few_words_say_nothing():
    found = maps_disagree(looker(), MapsDisagreeRequest())
    assert (found.asked, found.compared, found.median, found.texts) == (8, 0, None, ())
    json.dumps(found.model_dump(mode="json"), allow_nan=False)


def test_a_model_without_attention_says_why_not():
    with pytest.raises(InspectionError, match="gru has no attention to show"):
        get_inspection("maps_disagree").refuse_others(fresh_model("gru").architecture, "text")
