"""What somebody types into a box is never replaced by what the box began with."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from tests.pages.finished import AnsweringEngine, finished_experiment

BOXES = {"lab/attention.py": "look-text", "lab/predict.py": "predict-text"}
MODELS = [("rnn", 0)]


def opened(lab: AppTest, store: Store, page: str, **shown: str) -> AppTest:
    lab.run()
    lab.query_params.update({"experiment": finished_experiment(store, MODELS).id, **shown})
    found = lab.switch_page(page).run()
    assert not found.exception
    return found


@pytest.mark.parametrize("page", BOXES)
@pytest.mark.parametrize("shown", [{}, {"text": "brought by a link"}], ids=["no link", "a link"])
def test_the_server_sets_no_text_when_one_arrives(
    lab: AppTest, store: Store, engine: AnsweringEngine, page: str, shown: dict[str, str]
) -> None:
    key, found = BOXES[page], opened(lab, store, page, **shown)
    box = found.text_area(key=key)
    assert not box.proto.set_value  # a text that is set comes after the box, and would replace what was typed meanwhile
    assert box.value == box.proto.default
    assert shown.get("text", box.value) == box.value


def test_the_server_sets_no_text_when_a_tab_is_opened(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, store, "lab/attention.py")
    page.segmented_control(key="look-tab").set_value("Reading along").run()
    assert not page.text_area(key="look-text").proto.set_value


@pytest.mark.parametrize("page", BOXES)
def test_what_was_typed_is_there_again_when_one_comes_back(
    lab: AppTest, store: Store, engine: AnsweringEngine, page: str
) -> None:
    key, found = BOXES[page], opened(lab, store, page)
    found.text_area(key=key).set_value("my own words").run()
    found.switch_page("lab/compare.py").run()
    back = found.switch_page(page).run()
    assert back.text_area(key=key).value == "my own words"
    assert not back.text_area(key=key).proto.set_value
