"""The smallest change of one word that flips an answer: true answers to real texts, in a stated order."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.analysis.flips import KINDS
from seqcore.architectures import Architecture, architectures
from seqcore.inspections import get_inspection
from seqcore.inspections.flips import FlipsAnswer
from seqcore.worker.runtime.finished_model import FinishedModel
from tests.inspections.hand_built import TWO, model_that
from tests.inspections.tiny_models import CLASSES, fresh_model

TEXT = "A warm and lovely film, so cold a film"
by_architecture = pytest.mark.parametrize(
    "architecture", list(architectures("tokens")), ids=lambda architecture: architecture.name
)


def ask(model: FinishedModel, text: str = TEXT, **values: object) -> FlipsAnswer:
    inspection = get_inspection("flips")
    found = inspection.compute(model, inspection.validated({"text": text, **values}))
    assert isinstance(found, FlipsAnswer)
    return found


@by_architecture
def test_every_change_told_is_the_models_own_answer_to_the_changed_text(architecture: Architecture):
    model = fresh_model(architecture, CLASSES, 2.0, 60)
    found = ask(model)
    told = [*found.flips, *([found.moves_most] if found.moves_most else [])]
    assert told
    for change in told:
        (row,) = model.probabilities([change.text])
        np.testing.assert_allclose(change.probabilities, row, atol=1e-5)
        assert change.prediction == model.classes[int(row.argmax())]
        assert change.flips == (change.prediction != found.prediction)
        assert TEXT[change.start : change.end] == change.before
        assert change.text != TEXT
        assert change.after in change.text
    assert all(change.flips for change in found.flips)


@by_architecture
def test_flips_come_from_the_smallest_kind_and_a_few_of_each(architecture: Architecture):
    found = ask(fresh_model(architecture, CLASSES, 2.0, 60))
    kinds = [KINDS.index(change.kind) for change in found.flips]
    assert kinds == sorted(kinds)
    for each in found.tried:
        assert each.tried <= each.possible
        assert [change.kind for change in found.flips].count(each.kind) == min(each.flipped, 3)


def test_removing_the_only_word_that_a_model_answers_by_flips_it():
    found = ask(model_that(answers_by="warm", looks_at="warm"), "a cold film warm and lovely")
    smallest = found.flips[0]
    assert (found.prediction, smallest.prediction) == ("good", "bad")
    assert (smallest.kind, smallest.before, smallest.after, smallest.position) == ("remove", "warm", "", 4)
    assert smallest.text == "a cold film and lovely"
    assert found.sentence.startswith("good becomes bad when “warm” (word 4) is removed")


def test_the_word_that_it_answers_by_is_found_in_the_vocabulary():
    found = ask(model_that(answers_by="warm", looks_at="warm"), "a cold film and lovely")
    assert found.prediction == "bad"
    assert {change.after for change in found.flips} == {"warm"}
    assert {change.kind for change in found.flips} == {"insert", "replace"}


def test_where_nothing_flips_it_says_so_with_the_number_tried_and_what_moves_most():
    found = ask(fresh_model("lstm", TWO, 0.01))
    assert found.flips == ()
    assert found.moves_most is not None
    assert not found.moves_most.flips
    number = sum(each.tried for each in found.tried)
    assert f"No single-word change of the {number:,} tried flips the answer {found.prediction}" in found.sentence
    assert "It moves most when" in found.sentence


def test_all_of_a_kind_are_tried_in_a_short_text_and_what_is_missed_is_said_of_a_long_one():
    short = {each.kind: each for each in ask(fresh_model("lstm", TWO, 2.0), "a warm film").tried}
    assert [(short[kind].tried, short[kind].possible) for kind in ("swap", "remove", "mask")] == [
        (2, 2),
        (3, 3),
        (3, 3),
    ]
    assert short["replace"].tried == short["replace"].possible
    long = ask(fresh_model("lstm", TWO, 2.0, 60), "a warm film and " * 15, most=50)
    assert sum(each.tried for each in long.tried) <= 50
    assert "of 60 removals" in long.sentence


@pytest.mark.parametrize("name", ["rnn", "cnn", "bag_of_words", "transformer"])
def test_of_a_short_text_and_a_small_vocabulary_the_smallest_is_that_of_all_there_are(name: str):
    model, text = fresh_model(name, CLASSES, 2.0, 60), "cold lovely film"
    words, known = text.split(), [*list(model.encoder.vocabulary)[2:]]
    swaps = [" ".join([*words[:n], words[n + 1], words[n], *words[n + 2 :]]) for n in range(2)]
    removals = [" ".join([*words[:n], *words[n + 1 :]]) for n in range(3)]
    masks = [" ".join([*words[:n], "unheardof", *words[n + 1 :]]) for n in range(3)]
    insertions = [" ".join([*words[:n], word, *words[n:]]) for n in range(4) for word in known]
    replacements = [
        " ".join([*words[:n], word, *words[n + 1 :]]) for n in range(3) for word in known if word != words[n]
    ]
    found = ask(model, text)
    said = model.classes.index(found.prediction)
    for kind, texts in zip(KINDS, (swaps, removals, masks, insertions, replacements), strict=True):
        rows = model.probabilities(texts)
        flips = rows.argmax(axis=1) != said
        of_kind = [change for change in found.flips if change.kind == kind]
        assert {each.kind: each.flipped for each in found.tried}[kind] == flips.sum()
        if flips.any():
            margins = np.where(flips, np.delete(rows, said, axis=1).max(axis=1) - rows[:, said], -np.inf)
            best = of_kind[0].probabilities
            assert np.delete(best, said).max() - best[said] == pytest.approx(margins.max(), abs=1e-5)


def test_a_text_of_which_nothing_is_read_has_no_word_to_change():
    found = ask(fresh_model("gru"), "!!!")
    assert (found.flips, found.moves_most, found.words) == ((), None, 0)
    assert "no word to change" in found.sentence


def test_words_beyond_the_maximum_length_move_in_when_one_is_removed():
    model = model_that(answers_by="warm", looks_at="warm")
    text = "film " * 60 + "warm"
    found = ask(model, text)
    assert found.prediction == "bad"
    assert found.flips[0].kind == "remove"
    assert found.flips[0].text == "film " * 59 + "warm"


def test_the_same_question_has_the_same_answer():
    model = fresh_model("transformer", CLASSES, 2.0, 60)
    assert ask(model).model_dump_json() == ask(model).model_dump_json()
