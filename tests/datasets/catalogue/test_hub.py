"""Sets of the hub, fetched by the real library from a hub of our own."""

import pytest

from seqcore.datasets import Columns, guess_columns, label_table, read_table
from seqcore.datasets.catalogue import HubSet, fetch, fetch_job, look_job, look_up
from seqcore.errors import DataError, NotFoundError
from seqcore.settings import Settings
from seqcore.workroom import WorkRoom
from tests.hub import COMMIT, Hub, give_reviews, parquet

REVIEWS = "somebody/reviews"


@pytest.fixture
def reviews(hub: Hub) -> Hub:
    give_reviews(hub, REVIEWS)
    return hub


def test_a_listing_says_what_there_is(reviews: Hub, settings: Settings) -> None:
    found = look_up(REVIEWS, settings)
    assert {config: sorted(splits) for config, splits in found.configs.items()} == {
        "plain": ["test", "train", "unsupervised"]
    }
    assert (found.licence, found.commit) == ("cc-by-4.0", COMMIT)
    assert [file.path for file in found.configs["plain"]["train"]] == [
        "plain/train/0000.parquet", "plain/train/0001.parquet",
    ]  # fmt: skip


def test_a_set_becomes_one_table_with_its_official_split_and_the_names_of_its_classes(
    reviews: Hub, settings: Settings
) -> None:
    told: list[str] = []
    kept = fetch(HubSet(REVIEWS, "plain", (("train", "train"), ("test", "test"))), settings, told.append)
    assert (kept.rows, kept.licence, kept.revision) == (42, "cc-by-4.0", COMMIT)
    table = read_table(kept.read(), kept.file.name, limits=settings)
    assert guess_columns(table) == Columns("text", "label", "split")
    data = label_table(table, Columns("text", "label", "split"), limits=settings)
    assert (data.texts[0], data.labels[0], data.labels[1]) == ("a poor film, number 0", "bad", "good")
    assert data.given_split is not None
    assert [str(part) for part in table.frame["split"]] == ["train"] * 40 + ["test"] * 2
    assert told[0] == "looking it up"


def test_what_was_fetched_once_is_not_asked_for_again(reviews: Hub, settings: Settings) -> None:
    first = fetch(HubSet(REVIEWS), settings)
    asked = len(reviews.asked)
    assert fetch(HubSet(REVIEWS), settings) == first
    assert len(reviews.asked) == asked
    assert not list((settings.home / "catalogue").glob(".fetching-*"))


def test_a_file_with_another_checksum_is_refused_and_nothing_of_it_is_kept(reviews: Hub, settings: Settings) -> None:
    reviews.promised["plain/test/0000.parquet"] = "0" * 64
    with pytest.raises(DataError, match="checksum is another"):
        fetch(HubSet(REVIEWS), settings)
    assert list((settings.home / "catalogue").iterdir()) == []


def test_what_was_changed_on_the_disk_is_not_read(reviews: Hub, settings: Settings) -> None:
    kept = fetch(HubSet(REVIEWS), settings)
    kept.file.write_bytes(kept.file.read_bytes()[:-1] + b"\0")
    with pytest.raises(DataError, match="checksum is another"):
        kept.read()
    kept.file.unlink()
    with pytest.raises(DataError, match="no longer kept"):
        kept.read()


@pytest.mark.parametrize("name", ["", "../etc", "a/b/c", "a b", "owner/..", "-x", "owner/name?x=1", "x" * 200])
def test_what_is_no_name_is_never_asked_for(hub: Hub, settings: Settings, name: str) -> None:
    with pytest.raises(DataError, match="no name of a data set"):
        look_up(name, settings)
    assert not hub.asked


def test_a_set_that_there_is_not(hub: Hub, settings: Settings) -> None:
    with pytest.raises(NotFoundError, match="no data set of that name"):
        look_up("nobody/nothing", settings)


def test_a_set_without_parquet_files(hub: Hub, settings: Settings) -> None:
    hub.files["somebody/pictures"] = {"a.png": b"x"}
    with pytest.raises(DataError, match="no complete Parquet files"):
        look_up("somebody/pictures", settings)


def test_without_a_network_it_says_so_and_what_to_do(tmp_path) -> None:
    offline = Settings(home=tmp_path, hub="http://127.0.0.1:9")
    with pytest.raises(DataError, match=r"cannot be reached from here.*upload it"):
        look_up(REVIEWS, offline)


def test_of_several_configurations_one_has_to_be_chosen(reviews: Hub, settings: Settings) -> None:
    reviews.files[REVIEWS]["short/train/0000.parquet"] = parquet({"text": ["a"], "label": [0]})
    with pytest.raises(DataError, match=r"several configurations.*plain, short"):
        fetch(HubSet(REVIEWS), settings)
    assert fetch(HubSet(REVIEWS, "short"), settings).rows == 1
    with pytest.raises(DataError, match="no configuration of that name"):
        fetch(HubSet(REVIEWS, "long"), settings)
    with pytest.raises(DataError, match="has no part “dev”"):
        fetch(HubSet(REVIEWS, "plain", (("dev", "test"),)), settings)


def test_more_rows_or_bytes_than_allowed_are_refused_before_they_are_kept(reviews: Hub, settings: Settings) -> None:
    few = settings.model_copy(update={"max_rows": 10})
    with pytest.raises(DataError, match="more than 10 rows"):
        fetch(HubSet(REVIEWS), few)
    reviews.files[REVIEWS]["plain/train/0000.parquet"] += b"\0" * (2 * 1024 * 1024)
    small = settings.model_copy(update={"max_file_mb": 1})
    with pytest.raises(DataError, match="larger than a file may be here"):
        fetch(HubSet(REVIEWS), small)
    assert not any("0000.parquet" in each for each in reviews.asked[-1:])


def test_parts_with_other_columns_are_one_sentence(reviews: Hub, settings: Settings) -> None:
    reviews.files[REVIEWS]["plain/test/0000.parquet"] = parquet({"question": ["what"]})
    with pytest.raises(DataError, match="not the same columns"):
        fetch(HubSet(REVIEWS), settings)


def test_a_damaged_file_is_one_sentence(reviews: Hub, settings: Settings) -> None:
    reviews.files[REVIEWS]["plain/test/0000.parquet"] = b"PAR1 and nothing more"
    with pytest.raises(DataError, match="damaged"):
        fetch(HubSet(REVIEWS), settings)


def test_a_child_finds_and_fetches_the_same(reviews: Hub, settings: Settings) -> None:
    room = WorkRoom(1, 4 * 1024**3)
    try:
        assert room.submit(look_job(REVIEWS, settings), "me").result() == look_up(REVIEWS, settings)
        wanted = HubSet(REVIEWS, "plain", (("train", "train"), ("test", "test")))
        kept = room.submit(fetch_job(wanted, settings), "me").result()
        assert kept == fetch(wanted, settings)
        with pytest.raises(DataError, match="no name of a data set"):
            room.submit(look_job("a b", settings), "me").result()
    finally:
        room.close()
