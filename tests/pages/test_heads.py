"""A transformer on the tab Attention: the grid of its heads, one matrix at a time, files, and long texts."""

import csv
import io
from base64 import b64decode

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from seqcore.inspections.attention_matrix import MOST_SHOWN, MatrixRequest
from seqcore.inspections.heads import HeadsRequest
from seqcore.store import Store
from seqcore.ui.components import head_grid, token_matrix
from seqcore.ui.pages.look.attention import head_files, heads_view
from seqcore.ui.pages.look.attention.head_choice import HeadChoice, choose_heads, chooser
from seqcore.ui.session import questions
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened, typed
from tests.pages.text_answers import answer_about_text


class Noted:
    """Stands for a component: what it was given, and what it gives."""

    def __init__(self, **given: object) -> None:
        self.data: dict[str, object] = {}
        self.__dict__.update(given)

    def __call__(self, *, data: dict[str, object], **_rest: object) -> "Noted":
        self.data = data
        return self


@pytest.fixture
def page(lab: AppTest, store: Store, engine: AnsweringEngine) -> AppTest:
    return opened(lab, finished_experiment(store, [("transformer", 0)]).id)


def matrix_asked(engine: AnsweringEngine) -> MatrixRequest:
    return [request for name, _, request in engine.asked if name == "attention_matrix"][-1]


def control(page: AppTest, name: str):
    return next(each for each in page.segmented_control if each.label.startswith(name))


def test_the_matrices_of_all_heads_are_never_asked_for(page: AppTest, engine: AnsweringEngine) -> None:
    asked = {name for name, _, _ in engine.asked}
    assert asked >= {"heads", "attention_matrix"}
    assert "attention" not in asked
    typed(page, "word " * 3_000)
    assert max(request.first for name, _, request in engine.asked if name == "attention_matrix") == 1


def test_a_head_that_is_chosen_is_asked_for_and_told_in_words(page: AppTest, engine: AnsweringEngine) -> None:
    assert "Mean of all layers and heads" in words(page)
    control(page, "Layer").set_value(2).run()
    assert "Layer 2, mean of its heads" in words(page)
    control(page, "Head").set_value(3).run()
    assert not page.exception
    assert (matrix_asked(engine).layer, matrix_asked(engine).head) == (2, 3)
    assert "**Layer 2, head 3**: Sentence of 2" in words(page)


def test_rollout_is_asked_for_without_layer_and_head(page: AppTest, engine: AnsweringEngine) -> None:
    control(page, "Head").set_value(3).run()
    control(page, "Weights").set_value("Rollout").run()
    assert not page.exception
    found = matrix_asked(engine)
    assert (found.of, found.layer, found.head) == ("rollout", 0, 0)
    assert "Rollout through all layers" in words(page)


def test_of_a_long_text_a_part_is_shown_and_can_be_chosen(page: AppTest, engine: AnsweringEngine) -> None:
    typed(page, "word " * 3_000)
    assert "25.0 % of what these tokens look at lies in the rest of the text" in words(page)
    (slider,) = (each for each in page.slider if "tokens shown" in each.label)
    assert slider.max == 3_000 - MOST_SHOWN + 1
    slider.set_value(100).run()
    assert matrix_asked(engine).first == 100
    typed(page, "a short one")
    assert matrix_asked(engine).first == 1


def test_how_to_read_all_of_it_is_said(page: AppTest) -> None:
    said = words(page)
    assert all(part in said for part in ("Abnar & Zuidema 2020", "Jain & Wallace 2019", "Choose a"))


def test_a_press_in_the_grid_sets_the_controls(page: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {"grid": {"head": [2, 1]}}
    for module in (head_grid, heads_view):
        monkeypatch.setattr(module.st, "session_state", state)
    head_grid._pressed("grid", chooser("run"))
    assert (state["Weights-run"], state["Layer-run"], state["Head-run"]) == ("Attention", 2, 1)


def test_a_token_that_was_chosen_in_another_text_is_not_taken(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    steps = matrix_of("one two three").tokens
    drawn = Noted(step=[1, 2])
    monkeypatch.setattr(token_matrix, "_MATRIX", drawn)

    def chosen() -> int:
        return token_matrix.draw_token_matrix(
            "one two three", steps, 1, np.eye(3), architecture="transformer", title="Mean", passes_on=False, step=0,
            key="m", file="m",
        )  # fmt: skip

    assert chosen() == 0
    drawn.step = [drawn.data["words"], 2]
    assert chosen() == 2


def test_a_share_crosses_in_two_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Noted()
    monkeypatch.setattr(token_matrix, "_MATRIX", drawn)
    found = matrix_of("one two")
    token_matrix.draw_token_matrix(
        "one two", found.tokens, 1, np.array([[0.25, 0.75], [1.0, 0.0]]), architecture="transformer", title="Mean",
        passes_on=False, step=0, key="m", file="m",
    )  # fmt: skip
    bits = np.frombuffer(b64decode(str(drawn.data["bits"])), "<u2")
    np.testing.assert_allclose(bits / 65_535, [0.25, 0.75, 1, 0], atol=1e-5)


def test_the_csv_is_tokens_by_tokens_with_their_numbers() -> None:
    rows = list(csv.reader(io.StringIO(head_files.matrix_csv(matrix_of("so so good")).decode("utf-8-sig"))))
    assert rows[0] == ["", "looks at", "1 so", "2 so", "3 good"]
    assert rows[3][:2] == ["3", "good"]
    assert float(rows[3][2]) == pytest.approx(1 / 3, abs=1e-3)


def test_the_page_of_html_has_both_ways_and_runs_nothing() -> None:
    found = matrix_of(f"x {HOSTILE}")
    page = head_files.both_ways_html(found, 1, "transformer", "Layer 1, head 1").decode()
    assert "looks at" in page and "is looked at by" in page
    assert "<img" not in page


def test_the_only_layer_of_a_transformer_is_not_chosen_but_named() -> None:
    found = answer_about_text(None, HeadsRequest(text="a b"), ("a", "b"), [0.7, 0.3])  # type: ignore[arg-type]
    assert choose_heads("run", "Transformer", found.model_copy(update={"layers": 1})) == HeadChoice(layer=1)


def test_an_answer_is_asked_for_once_however_large(store: Store, engine: AnsweringEngine) -> None:
    (run_id,) = finished_experiment(store, [("transformer", 0)]).run_ids
    asked = [("attention_matrix", MatrixRequest(text="a b", head=head)) for head in range(30)]
    asked += [("heads", HeadsRequest(text=f"a {number}")) for number in range(30)]
    for name, request in [*asked, *asked]:
        questions.ask(name, run_id, request)
    names = [name for name, _, _ in engine.asked]
    assert names.count("heads") == names.count("attention_matrix") == 30


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (HeadChoice(), "Mean of all layers and heads"), (HeadChoice(True), "Rollout through all layers"),
        (HeadChoice(layer=2), "Layer 2, mean of its heads"), (HeadChoice(head=1), "All layers, head 1"),
        (HeadChoice(layer=2, head=1), "Layer 2, head 1"),
    ],
)  # fmt: skip
def test_a_choice_is_told_in_words(choice: HeadChoice, told: str) -> None:
    assert choice.told == told


def matrix_of(text: str):
    return answer_about_text(None, MatrixRequest(text=text), ("a", "b"), [0.7, 0.3])  # type: ignore[arg-type]
