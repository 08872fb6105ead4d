"""What drives a unit, under Inside the cell: words, and test texts that one click opens."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.inspections.units import DrivenText
from seqcore.store import Store
from seqcore.ui.pages.look.cell.driving import in_context
from seqcore.ui.session import results
from tests.pages.conftest import words
from tests.pages.finished import AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened

MODELS = [("lstm", 0), ("bigru", 0)]
TAB = "Inside the cell"


def asked_for(lab: AppTest, store: Store, unit: int = 5) -> AppTest:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB, text="not a good film")
    page.selectbox(key="look-unit").set_value(unit).run()
    page.toggle(key="look-driving").set_value(True).run()
    assert not page.exception
    assert not page.error
    return page


def test_no_text_is_read_before_it_is_wanted(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB)
    assert "What drives unit 9?" in words(page)
    assert not [name for name, _, _ in engine.asked if name == "units"]


def test_the_chosen_unit_is_asked_about_and_said_in_words(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = asked_for(lab, store)
    assert [request.unit for name, _, request in engine.asked if name == "units"] == [5]
    said = words(page)
    assert "Over 24 test texts unit 5 is \N{MINUS SIGN}0.10 on average" in said
    assert "It goes with **spam**: correlation 0.00, number 2 of 3 units" in said
    table = page.dataframe[0].value
    assert list(table["Word"]) == ["hello", "of"]
    assert list(table["Moves the unit by"]) == ["0.60", "\N{MINUS SIGN}0.40"]


def test_a_text_with_its_word_is_one_click_from_being_looked_at(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = asked_for(lab, store)
    page.button(key="look-driven-Furthest down-3").click().run()
    assert not page.exception
    (asked,) = {run_id for name, run_id, _ in engine.asked if name == "units"}
    assert page.selectbox(key="look-row").value == int(results.predictions_of(asked).rows[3])
    assert page.segmented_control(key="look-tab").value == TAB
    assert page.selectbox(key="look-unit").value == 5
    assert "What drives unit 5?" in words(page)


@pytest.mark.parametrize(
    ("text", "start", "end", "wanted"),
    [
        ("not a good film", 6, 10, "not a **good** film"),
        ("good", 0, 4, "**good**"),
        ("x" * 100 + " good", 101, 105, "…" + "x" * 69 + " **good**"),
        ("*a* [good](x)", 5, 9, "\\*a\\* \\[**good**\\]\\(x\\)"),
        ("  good", 2, 6, " **good**"),
    ],
)
def test_a_word_stands_in_its_context(text: str, start: int, end: int, wanted: str) -> None:
    each = DrivenText(
        row=0, text=text, label="a", prediction="a", position=1, token=text[start:end], start=start, end=end, value=0.5
    )
    assert in_context(each) == wanted
