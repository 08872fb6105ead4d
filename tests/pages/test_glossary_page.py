"""The glossary page, and the links to it wherever its words stand."""

import re

from streamlit.testing.v1 import AppTest

from seqcore.architectures import architectures
from seqcore.learn import GLOSSARY
from seqcore.store import Store
from seqcore.ui.session import shared
from tests.pages.conftest import opened, words
from tests.pages.finished import AnsweringEngine, finished_experiment


def test_all_words_stand_there(lab: AppTest) -> None:
    page = opened(lab, "learn/glossary.py")
    assert [each.value for each in page.header] == [term.name for term in GLOSSARY.values()]


def test_a_search_leaves_what_it_finds(lab: AppTest) -> None:
    page = opened(lab, "learn/glossary.py")
    page.text_input(key="glossary-search").set_value("dropout").run()
    found = [each.value for each in page.header]
    assert found[0] == "Dropout"
    assert len(found) < 5
    page.text_input(key="glossary-search").set_value("<b>zzz</b>").run()
    assert not page.header
    assert "None of these words says" in words(page)


def test_a_link_opens_its_word_above_all_others(lab: AppTest) -> None:
    page = opened(lab, "learn/glossary.py", term="over-fitting")
    assert page.header[0].value == "Over-fitting"
    assert len(page.header) == len(GLOSSARY)


def test_a_word_that_is_not_there_is_said(lab: AppTest) -> None:
    page = opened(lab, "learn/glossary.py", term="<b>quark</b>")
    assert "is not among these words" in words(page)
    assert len(page.header) == len(GLOSSARY)


def test_every_word_is_linked_from_where_it_stands(lab: AppTest, store: Store, monkeypatch) -> None:
    monkeypatch.setattr(shared, "get_engine", lambda: AnsweringEngine(store))
    linked = terms_linked(opened(lab, "lab/train.py"))
    lab.session_state["every-pair"] = True
    experiment = finished_experiment(store, [("lstm_attention", 0), ("rnn", 0)])
    linked |= terms_linked(opened(lab, "lab/compare.py", experiment=experiment.id), experiment.id)
    for path in ("lab/race.py", "lab/data.py", "lab/compare.py", "lab/attention.py", "learn/guide.py"):
        page = opened(lab, path, experiment=experiment.id, tab="ROC and precision–recall")
        linked |= terms_linked(page, experiment.id)
        if path.endswith("guide.py"):
            for architecture in architectures():
                page.pills(key="guide-model").set_value(architecture.name).run()
                linked |= terms_linked(page, experiment.id)
    assert not (missing := set(GLOSSARY) - linked), sorted(missing)


def terms_linked(page: AppTest, experiment: str = "") -> set[str]:
    """Keys of the terms to which the page leads, in its texts and in the help of its controls."""
    said = [str(element.value) for kind in ("markdown", "caption") for element in page.get(kind)]
    helped = [getattr(element.proto, "help", "") for element in page.main if hasattr(element, "proto")]
    links = re.findall(r"\(glossary\?([^)]*)\)", "\n".join([*said, *helped]))
    assert all(f"experiment={experiment}" in link for link in links if experiment)
    return {match[1] for link in links if (match := re.search(r"term=([\w-]+)", link))}
