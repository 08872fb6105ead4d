"""`catalogue`: what there is, and a set as a file."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from seqcore.cli import cataloguing
from seqcore.datasets import read_path
from seqcore.datasets.catalogue import KNOWN
from seqcore.errors import NotFoundError, OptionError
from seqcore.settings import get_settings
from seqcore.store import Store
from tests.hub import Hub, give_reviews, running_hub


@pytest.fixture
def hub(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with running_hub() as found:
        monkeypatch.setenv("SEQLAB_HUB", found.url)
        get_settings.cache_clear()
        yield found


def test_the_list_says_of_every_set_how_large_it_is_and_whose(capsys: pytest.CaptureFixture[str]) -> None:
    cataloguing.list_sets(as_json=True)
    sets = json.loads(capsys.readouterr().out)["sets"]
    assert [each["name"] for each in sets] == ["imdb", "20newsgroups", "ag_news", "trec", "sst2", "sms_spam"]
    assert all(each["licence"] and each["citation"] and each["megabytes"] > 0 for each in sets)
    assert sets[4]["columns"] == {"text": "sentence", "label": "label", "split": "split"}
    cataloguing.list_sets(as_json=False)
    shown = capsys.readouterr().out
    assert all(each.name in shown for each in KNOWN)


def test_a_set_of_the_hub_becomes_a_file_that_every_command_reads(
    hub: Hub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give_reviews(hub)
    file = tmp_path / "mine.parquet"
    cataloguing.fetch_set("somebody/reviews", file, remove="", config="plain", as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert (said["file"], said["rows"], said["licence"]) == (str(file), 42, "cc-by-4.0")
    table = read_path(file, limits=get_settings())
    assert list(table.frame.columns) == ["text", "label", "split"]
    assert table.frame["label"].tolist()[:2] == ["bad", "good"]


def test_a_known_set_is_fetched_from_where_it_is(hub: Hub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    give_reviews(hub, "stanfordnlp/imdb")
    hub.files["stanfordnlp/imdb"] = {
        path.replace("plain/", "plain_text/"): data for path, data in hub.files["stanfordnlp/imdb"].items()
    }
    cataloguing.fetch_set("imdb", tmp_path / "imdb.parquet", remove="", config="", as_json=False)
    said = capsys.readouterr()
    assert "Maas et al. 2011" in said.out
    assert "--text text --label label" in said.err


def test_options_that_do_not_fit_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="Only posts have headers"):
        cataloguing.fetch_set("imdb", None, remove="headers", config="", as_json=False)
    with pytest.raises(OptionError, match="one configuration"):
        cataloguing.fetch_set("imdb", None, remove="", config="plain", as_json=False)
    with pytest.raises(OptionError, match="cannot be removed"):
        cataloguing.fetch_set("20newsgroups", None, remove="names", config="", as_json=False)
    with pytest.raises(NotFoundError, match="no set of that name"):
        cataloguing.fetch_set("imbd", None, remove="", config="", as_json=False)
