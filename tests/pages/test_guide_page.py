"""How models read: every architecture, with the sizes of a run or of the defaults, and what was measured."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.architectures import Architecture, architectures
from seqcore.learn import WHEN_IT_WINS, symbols_in
from seqcore.store import Store
from seqcore.ui import compat
from tests.pages.conftest import opened, words
from tests.pages.finished import HOSTILE, finished_experiment

by_name = pytest.mark.parametrize("architecture", list(architectures()), ids=lambda each: each.name)


def guide(lab: AppTest, model: str, **more: str) -> AppTest:
    page = opened(lab, "learn/guide.py", **more)
    if model != page.pills(key="guide-model").value:
        page.pills(key="guide-model").set_value(model).run()
    assert not page.exception
    assert not page.error
    return page


def html(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


@by_name
def test_every_architecture_has_its_idea_picture_sizes_equations_and_when_it_wins(
    lab: AppTest, architecture: Architecture
) -> None:
    page = guide(lab, architecture.name)
    assert architecture.label in [element.value for element in page.header]
    assert f"No {architecture.label} has been trained here yet" in words(page)
    assert WHEN_IT_WINS[architecture.name].url in words(page)
    assert [element.value for element in page.latex] == [f"$$\n{line}\n$$" for line in architecture.equations]
    assert all(f"${name}$" in words(page) for line in architecture.equations for name in symbols_in(line))
    pictured = 'class="seqlab-reading" src="data:image/svg+xml' in html(page)
    assert pictured == ("tokens" in architecture.reads)
    assert 'class="seqlab-stages"' in html(page)


def test_the_sizes_are_those_of_the_last_run(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("lstm", 0)])
    page = guide(lab, "lstm", experiment=experiment.id)
    assert re.search(r"your last run of it: \*\*LSTM.*in \*\*mails\*\*", words(page))
    shapes = re.findall(r'class="shape">([^<]*)<', html(page))
    assert [shape.replace("\u202f", " ") for shape in shapes] == [
        "32 × 10", "32 × 10 × 32", "32 × 32", "32 × 1", "32 × 1",
    ]  # fmt: skip
    assert "1,600 parameters" in html(page)  # 50 known tokens, 32 numbers each


def test_an_address_names_the_model_and_the_sentence(lab: AppTest) -> None:
    page = opened(lab, "learn/guide.py", model="gru", text="not good at all")
    assert page.pills(key="guide-model").value == "gru"
    assert "GRU reads “not”, “good”, “all” and 1 word between" in html(page)


def test_back_takes_the_model_and_the_sentence_from_the_address(lab: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(lab, "learn/guide.py", model="gru", text="not good at all")
    page.pills(key="guide-model").set_value("lstm").run()
    assert page.pills(key="guide-model").value == "lstm"  # whatever its address still says
    monkeypatch.setattr(compat, "came_by_history", lambda: True)
    page.run()
    assert page.pills(key="guide-model").value == "gru"
    assert "GRU reads “not”, “good”, “all” and 1 word between" in html(page)


def test_what_was_measured_stands_beside_what_is_known(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0)])
    page = guide(lab, "lstm", experiment=experiment.id)
    assert "Measured here, in **mails**" in words(page)
    assert re.search(r"RNN.*?\d+\.\d\xa0%: (worse than|not told apart from|equal to) LSTM", html(page))
    assert "With fewer than three" in words(page)


@pytest.mark.parametrize("name", ["cnn", "bag_of_words"])
def test_what_has_no_cell_says_so_and_leads_to_reading_along(lab: AppTest, store: Store, name: str) -> None:
    experiment = finished_experiment(store, [(name, 0)])
    page = guide(lab, name, experiment=experiment.id, text="not good at all")
    assert "so there is nothing to step through" in words(page)
    (link,) = [each.proto for each in page.get("page_link") if "word by word" in each.proto.label]
    assert link.query_string == (
        f"experiment={experiment.id}&tab=Reading+along&models={experiment.run_ids[0]}&text=not+good+at+all"
    )


def test_every_architecture_can_be_stepped_through_or_says_why_not(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [(each.name, 0) for each in architectures("tokens")])
    page = opened(lab, "learn/guide.py", experiment=experiment.id, text="not good at all")
    for each in architectures("tokens"):
        page.pills(key="guide-model").set_value(each.name).run()
        assert "Step through it" in [element.value for element in page.header]
        offered = [toggle.key for toggle in page.toggle] == ["guide-stepping"]
        assert offered != ("so there is nothing to step through" in words(page))


def test_other_peoples_text_stays_text(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("bilstm_attention", 0), ("rnn", 0)])
    page = guide(lab, "bilstm_attention", experiment=experiment.id, text=HOSTILE)
    assert "<img src=x" not in html(page)
