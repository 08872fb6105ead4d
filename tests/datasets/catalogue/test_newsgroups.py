"""20 Newsgroups: the archive that scikit-learn fetches, read without a pickle, stripped as it strips."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import _twenty_newsgroups as reference

from seqcore.datasets.catalogue import fetch, get_known
from seqcore.datasets.catalogue.newsgroups import NEWSGROUPS, REMOVABLE, Newsgroups, read_archive, without
from seqcore.errors import DataError, OptionError
from seqcore.settings import Settings
from tests.hub import posts_archive

POST = "From: a@b\nSubject: cars\n\nSomebody wrote:\n> I like it\nSo do I, caf\xe9.\n\n--\nA signature\n"
POSTS = {
    "20news-bydate-train/alt.atheism/49960": POST,
    "20news-bydate-train/rec.autos/1": "From: c\n\nA car.\n",
    "20news-bydate-test/rec.autos/2": "From: d\n\nAnother car.\n",
}
LINES = st.lists(
    st.sampled_from(["", "--", "> quoted", "x writes:", "In article 5", "a line", "| bar", " - ", "From: x"])
)


def served(tmp_path: Path, archive: bytes) -> Newsgroups:
    file = tmp_path / "20news-bydate.tar.gz"
    file.write_bytes(archive)
    return Newsgroups(file.as_uri(), hashlib.sha256(archive).hexdigest())


def test_the_archive_is_the_one_of_scikit_learn() -> None:
    assert (NEWSGROUPS.address, NEWSGROUPS.sha256) == (reference.ARCHIVE.url, reference.ARCHIVE.checksum)
    assert get_known("20newsgroups").source == NEWSGROUPS


@given(LINES)
def test_headers_footers_and_quotes_are_those_of_scikit_learn(lines: list[str]) -> None:
    post = "\n".join(lines)
    assert without(post, ["headers"]) == reference.strip_newsgroup_header(post)
    if post.strip():
        assert without(post, ["footers"]) == reference.strip_newsgroup_footer(post)
    assert without(post, ["quotes"]) == reference.strip_newsgroup_quoting(post)
    assert without(post, []) == post
    bare = reference.strip_newsgroup_header(post)
    if bare.strip():
        expected = reference.strip_newsgroup_quoting(reference.strip_newsgroup_footer(bare))
        assert without(post, reversed(REMOVABLE)) == expected


def test_posts_have_their_group_and_the_part_that_their_folder_says(tmp_path: Path) -> None:
    rows = read_archive(posts_archive(POSTS), [], Settings(home=tmp_path))
    assert [(group, part) for _, group, part in rows] == [
        ("alt.atheism", "train"), ("rec.autos", "train"), ("rec.autos", "test"),
    ]  # fmt: skip
    assert rows[0][0] == POST
    assert read_archive(posts_archive(POSTS), REMOVABLE, Settings(home=tmp_path))[0][0] == "So do I, café.\n"


def test_it_is_fetched_compared_and_kept_apart_by_what_was_removed(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    whole = served(tmp_path, posts_archive(POSTS))
    bare = Newsgroups(whole.address, whole.sha256, remove=("headers",))
    assert fetch(whole, settings).rows == 3
    assert fetch(bare, settings).sha256 != fetch(whole, settings).sha256


def test_another_archive_is_refused_by_its_checksum(tmp_path: Path) -> None:
    other = Newsgroups(served(tmp_path, posts_archive(POSTS)).address, "0" * 64)
    with pytest.raises(DataError, match="checksum is another"):
        fetch(other, Settings(home=tmp_path / "home"))


def test_a_place_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    gone = Newsgroups("http://127.0.0.1:9/20news-bydate.tar.gz", "0" * 64)
    with pytest.raises(DataError, match=r"cannot be reached.*upload it"):
        fetch(gone, Settings(home=tmp_path / "home"))


def test_bad_archives_are_one_sentence_each(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(DataError, match="not the archive of 20 Newsgroups"):
        read_archive(posts_archive({"somewhere/else/1": "x"}), [], settings)
    with pytest.raises(DataError):
        read_archive(posts_archive(POSTS)[:60], [], settings)
    with pytest.raises(OptionError, match="Choose: headers, footers, quotes"):
        read_archive(posts_archive(POSTS), ["names"], settings)
