"""Files of word vectors: every form is read alike, only what is wanted is kept, and what is none says so."""

from __future__ import annotations

import gzip
import io
import zipfile

import numpy as np
import pytest

from seqcore.errors import DataError
from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.vectors import WordVectors, read_vectors, words_of
from seqcore.kinds.text.vectors.coverage import coverage

ROWS = {"the": [0.5, -1.25, 2.0], "film": [1.0, 0.0, -0.5], "Paris": [3.0, 1.0, 1.0], "été": [0.25, 0.25, 0.25]}
WANTED = {"film", "été", "the", "missing", "paris"}
GLOVE = "".join(f"{word} {' '.join(map(str, numbers))}\n" for word, numbers in ROWS.items()).encode()
HEADER = b"4 3\n"


def binary(rows=ROWS, header=HEADER, end=b"\n") -> bytes:
    return header + b"".join(
        word.encode() + b" " + np.array(numbers, "<f4").tobytes() + end for word, numbers in rows.items()
    )


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return file.getvalue()


def read(data: bytes, wanted=WANTED, name="vectors.txt") -> WordVectors:
    return read_vectors(io.BytesIO(data), name, wanted)


FORMS = {
    "glove": GLOVE,
    "vec": HEADER + GLOVE,
    "with spaces at the ends of lines": HEADER + GLOVE.replace(b"\n", b" \n"),
    "with carriage returns": GLOVE.replace(b"\n", b"\r\n"),
    "with tabs": GLOVE.replace(b" ", b"\t"),
    "without a last line feed": GLOVE.rstrip(),
    "binary": binary(),
    "binary without line feeds": binary(end=b""),
    "gzip": gzip.compress(GLOVE),
    "binary gzip": gzip.compress(binary()),
    "zip": zipped(vectors__txt=GLOVE, README__txt=b"hello"),
    "binary zip": zipped(vectors__bin=binary()),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_vectors_of_the_wanted_words(form: str) -> None:
    found = read(FORMS[form])
    assert found.words == ("the", "film", "été")
    np.testing.assert_array_equal(found.values, np.array([ROWS[word] for word in found.words], np.float32))
    assert (found.size, found.in_file, found.capitals) == (3, 4, {"paris"})


@pytest.mark.parametrize("data", [GLOVE, binary()], ids=["text", "binary"])
def test_a_file_that_comes_in_many_blocks_is_read_alike(data, monkeypatch) -> None:
    for form in ("text_form", "binary_form"):
        monkeypatch.setattr(f"seqcore.kinds.text.vectors.{form}._BLOCK", 7)
    monkeypatch.setattr("seqcore.kinds.text.vectors.reading._OPENING", 64)
    assert read(data).words == ("the", "film", "été")


def test_a_word_with_spaces_is_no_error() -> None:
    assert read(GLOVE + b"the . the 1 2 3\n").words == ("the", "film", "été")


def test_of_a_word_that_stands_twice_the_first_vector_counts() -> None:
    found = read(GLOVE + b"film 9 9 9\n")
    np.testing.assert_array_equal(found.values[1], np.float32(ROWS["film"]))
    assert "1 words stand in the file more than once" in found.notes[0]


def test_fewer_lines_than_the_header_promises_are_told() -> None:
    assert "promises 9 words; it has 4" in read(b"9 3\n" + GLOVE).notes[0]


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n", "empty"),
    "prose": (b"It was a dark night.\nAnd so on.\n", "no word vectors"),
    "a word a line": (b"the\nfilm\n", "no word vectors"),
    "another dimension than the header says": (b"4 5\n" + GLOVE, "3 numbers behind “the”, where 5 were promised"),
    "another dimension in the middle": (GLOVE.replace(b"-0.5", b""), "2 numbers behind “film”"),
    "more dimensions in the middle": (GLOVE.replace(b"-0.5", b"1 2"), "4 numbers behind “film”"),
    "no number": (GLOVE.replace(b"-0.5", b"x"), "no word vectors"),
    "not a number": (GLOVE.replace(b"-0.5", b"nan"), "not a finite number"),
    "infinity in binary": (binary({"film": [1.0, np.inf, 0.0]}, b"1 3\n"), "not a finite number"),
    "huge header": (b"99999999999999999999 50\n" + GLOVE, "promises what no file"),
    "huge dimension": (b"4 1000000000\n" + GLOVE, "promises what no file"),
    "no words at all": (b"0 3\n", "promises what no file"),
    "a header alone": (b"4 3\n", "0 of 4 words"),
    "truncated binary": (binary()[:-9], "3 of 4 words"),
    "binary of fewer words": (binary(header=b"400 3\n"), "4 of 400 words"),
    "truncated gzip": (gzip.compress(GLOVE * 50)[:-20], "damaged"),
    "truncated zip": (zipped(a__txt=GLOVE)[:-30], "damaged"),
    "zip of pictures": (zipped(a__png=b"x"), "no file of word vectors"),
    "zip of several": (zipped(a__txt=GLOVE, b__txt=GLOVE), "several files"),
    "a pickle": (b"\x80\x04\x95abc", "pickle"),
    "an array alone": (b"\x93NUMPY\x01\x00", "without their words"),
    "fastText's model": (b"\xba\x16\x4f\x2f\x0c\x00\x00\x00", ".vec file"),
    "one endless line": (b"the " + b"1 " * 200_000, "no word vectors"),
    "no overlap": (b"le 1 2 3\nla 1 2 3\n", "None of the words"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_is_refused_in_a_sentence(case: str) -> None:
    data, says = BAD[case]
    with pytest.raises(DataError) as caught:
        read(data)
    assert says in str(caught.value)
    assert caught.value.remedy


def test_vectors_are_kept_in_a_file_of_ours_without_loss() -> None:
    found = read(GLOVE + b"film 9 9 9\n", name="C:\\my\\glove.txt")
    again = WordVectors.from_bytes(found.to_bytes())
    assert (again.name, again.words, again.in_file, again.capitals, again.notes) == (
        "glove.txt", found.words, found.in_file, found.capitals, found.notes,
    )  # fmt: skip
    np.testing.assert_array_equal(again.values, found.values)
    assert again.content_hash == found.content_hash != read(GLOVE.replace(b"2.0", b"2.5")).content_hash


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", zipped(a__npy=b"x")], ids=["empty", "zip", "no array"])
def test_a_damaged_file_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match="damaged"):
        WordVectors.from_bytes(data)


def test_words_of_texts_stand_as_they_are_and_in_lower_case_cut_in_every_way() -> None:
    assert words_of(["Don't stop, Paris!"]) >= {"Don't", "don't", "stop", "Paris", "paris", ",", "!"}


TEXTS = ["the Film was the film", "the end", "zebra film"]


def covered(lowercase: bool, data: bytes = GLOVE, texts=TEXTS):
    encoder = TextEncoder.fit(texts, TextOptions(lowercase=lowercase))
    return coverage(read(data, words_of(texts)), encoder, texts)


def test_coverage_counts_the_vocabulary_and_the_running_words() -> None:
    found = covered(lowercase=True)  # the ×3, film ×3 of was, end, zebra
    assert (found.found, found.words, found.running_found, found.running) == (2, 5, 6, 9)
    assert dict(found.missing) == {"was": 1, "end": 1, "zebra": 1}
    assert found.notes == ()
    assert "2 of the 5 words" in found.sentences()[1] and "66.7 %" in found.sentences()[1]


def test_words_that_are_missing_for_their_capitals_alone_are_told() -> None:
    assert "switch on Lower case" in covered(lowercase=False).notes[0]


def test_words_that_the_file_has_with_capitals_only_are_told() -> None:
    texts = ["we saw paris", "paris again the film"]
    assert "switch off Lower case" in covered(lowercase=True, texts=texts).notes[0]
