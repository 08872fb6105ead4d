"""What goes on inside a model, printed: a row a token, and the numbers of a step beneath each other."""

import pytest

from seqcore.cli.answer_tables import print_answer
from seqcore.inspections import get_inspection
from tests.inspections.tiny_models import fresh_model

TEXT = "a cold film"


def printed(capsys, inspection: str, architecture: str, **values: object) -> str:
    return printed_with_notes(capsys, inspection, architecture, **values)[0]


def printed_with_notes(capsys, inspection: str, architecture: str, **values: object) -> tuple[str, str]:
    asked, model = get_inspection(inspection), fresh_model(architecture)
    about = {"text": TEXT} if "text" in asked.request.model_fields else {}
    print_answer(asked.compute(model, asked.validated({**about, **values})), [])
    found = capsys.readouterr()
    return found.out, found.err


@pytest.mark.parametrize("architecture", ["rnn", "bigru", "lstm_attention"])
def test_gates_are_a_table_each_with_a_row_a_token(capsys, architecture: str):
    found = printed(capsys, "gates", architecture)
    headings = [line for line in found.splitlines() if line.endswith(("hidden", "update", "forget"))]
    assert len([line for line in found.splitlines() if line.startswith("cold")]) >= len(headings) >= 1
    assert "unit 2" in found


def test_a_step_shows_the_sum_of_every_gate_and_the_states_before_and_after(capsys):
    found = printed(capsys, "cell_step", "lstm", steps=[2])
    assert found.startswith("step 2: cold\n")
    assert [name in found for name in ("forget: x·W", "forget: h·U", "cell before", "hidden after")] == [True] * 4
    assert "b of h·U" not in found and "b of h·U" in printed(capsys, "cell_step", "gru")


def test_the_sum_of_an_attention_stands_under_what_is_weighed(capsys):
    lines = printed(capsys, "attention_step", "transformer").splitlines()
    assert lines[-1].startswith("sum")
    assert len([line for line in lines if line.startswith(("a ", "cold ", "film "))]) == 3


def test_reading_along_has_a_column_a_class(capsys):
    found = printed(capsys, "reading_along", "cnn")
    assert all(word in found for word in ("bad", "good", "so-so", "cold"))


def test_memory_has_a_row_a_distance_and_says_the_half_lives(capsys):
    asked = get_inspection("memory")
    print_answer(asked.compute(fresh_model("rnn"), asked.validated({})), [])
    found = capsys.readouterr()
    assert "steps back" in found.out and "leaving out" in found.out
    assert "half-life" in found.err and "of these texts" in found.err


def test_units_are_listed_with_the_texts_of_one(capsys):
    found = printed(capsys, "units", "lstm", unit=2)
    assert found.startswith("unit") and "unit 2\n" in found and "a warm film" in found


def test_words_over_the_test_set_are_a_table_a_class(capsys):
    asked = get_inspection("drawn_words")
    print_answer(asked.compute(fresh_model("rnn"), asked.validated({"by": "truth"})), [])
    found = capsys.readouterr()
    assert "good: 1 text, 3 different words" in found.out and "warm" in found.out and "<OOV>" in found.out
    assert "gradient_input over 3 test texts, by the class that they are of" in found.err


def test_texts_that_maps_see_differently_are_a_row_each(capsys):
    asked = get_inspection("maps_disagree")
    print_answer(asked.compute(fresh_model("lstm_attention"), asked.validated({"least": 3})), [])
    found = capsys.readouterr()
    assert "a warm film" in found.out and "greatest" in found.out
    assert "the median of 1 text is" in found.err
