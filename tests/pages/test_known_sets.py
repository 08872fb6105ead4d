"""Public data sets on the Data page: fetched by a press, from a hub of our own."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.datasets.catalogue import KNOWN
from seqcore.settings import get_settings
from tests.hub import Hub, give_reviews, parquet, running_hub
from tests.pages.conftest import NotingRoom, words


@pytest.fixture
def hub(room: NotingRoom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with running_hub() as found:
        monkeypatch.setenv("SEQLAB_HUB", found.url)
        get_settings.cache_clear()
        yield found


def public(lab: AppTest, name: str) -> AppTest:
    lab.run().segmented_control(key="data-source").set_value("known").run()
    page = lab.selectbox(key="known-set").set_value(name).run()
    assert not page.exception
    return page


def test_the_list_has_every_set_and_nothing_is_fetched_before_a_press(lab: AppTest, hub: Hub) -> None:
    lab.run().segmented_control(key="data-source").set_value("known").run()
    assert lab.selectbox(key="known-set").options == [
        *(each.title for each in KNOWN), "Another one of the Hugging Face hub",
    ]  # fmt: skip
    assert "Until then this stays in use: **Sample" in words(lab)
    page = public(lab, "trec")
    assert page.button(key="fetch-set").label == "Fetch about 0.4 MB"
    assert "Li & Roth 2002" in words(page)
    assert "bring it by **Upload**" in words(page)
    assert not hub.asked


def test_a_press_fetches_it_and_the_next_visit_finds_it_here(lab: AppTest, hub: Hub) -> None:
    texts: list[object] = [f"win prize {n}" if n % 2 else f"see you at {n}" for n in range(60)]
    labels: list[object] = [n % 2 for n in range(60)]
    hub.files["ucirvine/sms_spam"] = {
        "plain_text/train/0000.parquet": parquet({"sms": texts, "label": labels}, ["ham", "spam"])
    }
    page = public(lab, "sms_spam").button(key="fetch-set").click().run()
    assert not page.exception
    assert not page.error
    assert "SMS spam" in words(page)
    asked = len(hub.asked)
    again = AppTest.from_file(lab._script_path, default_timeout=120)
    assert "stays in use" not in words(public(again, "sms_spam"))
    assert len(hub.asked) == asked


def test_without_a_network_it_says_what_to_do_and_what_stays_in_use(
    lab: AppTest, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQLAB_HUB", "http://127.0.0.1:9")
    get_settings.cache_clear()
    page = public(lab, "imdb").button(key="fetch-set").click().run()
    assert not page.exception
    (error,) = page.error
    assert "The Hugging Face hub cannot be reached from here" in error.value
    assert "upload it" in error.value
    assert "Until then this stays in use: Sample" in words(page)


def test_any_set_of_the_hub_is_looked_up_by_name_and_its_columns_can_be_chosen(lab: AppTest, hub: Hub) -> None:
    give_reviews(hub)
    page = public(lab, "")
    page.text_input(key="hub-name").set_value("somebody/reviews")
    page = next(each for each in page.button if each.label == "Look it up").click().run()
    assert not page.exception
    assert not page.error
    assert "Licence: cc" in words(page)
    fetch = page.button(key="fetch-set")
    assert fetch.label.startswith("Fetch 0.0 MB")
    page = fetch.click().run()
    assert not page.exception
    assert not page.error
    assert any(str(each.key).startswith("upload-text-") for each in page.multiselect)


def test_a_name_that_is_none_is_a_sentence(lab: AppTest, hub: Hub) -> None:
    page = public(lab, "")
    page.text_input(key="hub-name").set_value("../../etc/passwd")
    page = next(each for each in page.button if each.label == "Look it up").click().run()
    assert not page.exception
    (error,) = page.error
    assert "no name of a data set" in error.value
    assert not hub.asked


def test_a_server_that_fetches_nothing_offers_nothing(
    lab: AppTest, room: NotingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQLAB_CATALOGUE_MB", "0")
    get_settings.cache_clear()
    assert len(lab.run().segmented_control(key="data-source").options) == 5
