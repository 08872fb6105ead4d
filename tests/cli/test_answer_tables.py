"""Answers as tables: every inspection has one that names what it found, with what has to be known first."""

from __future__ import annotations

import pytest

from seqcore.cli.answer_tables import print_answer
from seqcore.inspections import get_inspection
from tests.inspections.hand_built import model_that

TEXT = "a cold film warm and lovely"
MODEL = model_that(answers_by="warm", looks_at="warm")


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "120")

    def printed(name: str, text: str = TEXT, **values: object) -> tuple[str, str]:
        inspection = get_inspection(name)
        print_answer(inspection.compute(MODEL, inspection.validated({"text": text, **values})), [text])
        out, err = capsys.readouterr()
        return " ".join(out.split()), " ".join(err.split())

    return printed


def test_scores_stand_beside_their_tokens_with_the_class_that_they_are_of(printed):
    out, err = printed("occlusion", label="bad")
    assert "score token" in out and "-7.9999 warm" in out
    assert "of the class bad; the answer is good" in err


def test_shares_say_what_they_sum_to_and_what_is_missed(printed):
    _, err = printed("integrated_gradients")
    assert "and the logit moves by +7.99" in err and "are missed" in err


def test_trust_says_what_goes_and_what_it_comes_to(printed):
    out, err = printed("trust", method="attention")
    assert "words that go marked most drawn at random marked least" in out
    assert "everywhere alike" in out
    assert "attention for the class good. Trust it" in err


def test_changed_attention_stands_beside_the_models_own(printed):
    out, _ = printed("attention_changed", weights=[1, 0, 0, 0, 0, 0])
    assert "own weight given token" in out and "class before now" in out


def test_what_has_to_be_known_first_is_told(printed):
    assert "knows none of these words: its answer says nothing" in printed("occlusion", "zounds")[1]


def test_flips_stand_in_rows_and_below_them_what_was_tried(printed):
    out, err = printed("flips")
    assert "change word from to answer then probability text then" in out and "remove" in out
    assert "single-word changes tried" in err
