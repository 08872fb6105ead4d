"""What a command makes of the files that it is given, and says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from seqcore.cli.app import app
from seqcore.cli.loading import GivenData, load_data, text_columns
from seqcore.datasets import split_rows
from seqcore.errors import DataError, OptionError, SeqlabError
from seqcore.spec import SplitOptions

ROWS = "".join(f"text number {n},{'ab'[n % 2]}\n" for n in range(10))


def write(folder: Path, **files: str) -> list[Path]:
    """The files, whose names have an underscore for the dot."""
    paths = [folder / name.replace("__", "/").replace("_", ".") for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    return paths


def preprocess(*arguments: object) -> tuple[dict[str, Any], Result]:
    done = CliRunner().invoke(app, ["preprocess", *map(str, arguments), "--json"])
    assert done.exit_code == 0, done.exception
    return json.loads(done.stdout), done


def test_what_was_read_is_said_in_the_json_and_on_standard_error(tmp_path: Path) -> None:
    (file,) = write(
        tmp_path, a_csv="id,text,label\n1,good film,pos\n2,bad film,neg\n3,,pos\n4,fine thing,\n5,nice,pos\n"
    )
    found, done = preprocess(file)
    read = found["read"]
    assert (read["text"], read["label"], read["rows"], read["encoding"]) == ("text", "label", 3, "utf-8")
    assert [(one["reason"], one["count"]) for one in read["dropped"]] == [("no text", 1), ("no label", 1)]
    assert "“label” was taken as the label" in " ".join(read["notes"])
    for said in ("3 rows", "text “text”", "label “label”", "no text (row 4)", "no label (row 5)", *read["notes"]):
        assert said in done.stderr


def test_nothing_from_a_file_steers_the_terminal(tmp_path: Path) -> None:
    (file,) = write(tmp_path, a_csv='text,"la\x1b[31mbel"\na b,x\nc d,y\n')
    _, done = preprocess(file)
    assert "\x1b" not in done.stderr
    assert "la\ufffd[31mbel" in done.stderr


def test_the_reading_of_the_test_file_stands_in_that_of_the_file(tmp_path: Path) -> None:
    train, test = write(tmp_path, a_csv="text,label\n" + ROWS, b_csv="text,label\nx y,a\ny z,c\n")
    read = load_data(GivenData([train], test=test)).reading
    assert read is not None
    told = read.to_json()["test"]
    assert (read.rows, told["file"], told["rows"]) == (10, "b.csv", 1)
    assert told["dropped"] == [{"reason": "a class that no training row has", "count": 1, "rows": [3]}]
    assert "“c”" in told["notes"][0]


def test_labels_that_look_alike_are_one_when_asked(tmp_path: Path) -> None:
    (file,) = write(tmp_path, a_csv="text,label\na b,yes\nc d,Yes\ne f,yes\ng h,no\n")
    found, _ = preprocess(file)
    assert found["classes"] == ["Yes", "no", "yes"]
    assert "(--merge-labels)" in " ".join(found["read"]["notes"])
    assert preprocess(file, "--merge-labels")[0]["classes"] == ["no", "yes"]


@pytest.mark.parametrize(
    "given", [["--text", "title,text"], ["--text", "title", "--text", "text"], ["--text", "title, text"]]
)
def test_several_text_columns_are_joined(tmp_path: Path, given: list[str]) -> None:
    (file,) = write(tmp_path, a_csv="title,text,label\nGood,It was,x\nBad,It was not,y\n")
    found, _ = preprocess(file, *given)
    assert found["read"]["text"] == ["title", "text"]
    assert len(found["ids"][1]) == 4


def test_a_column_with_a_comma_in_its_name_is_one_column() -> None:
    assert text_columns(["a,b"], ["a,b", "c"]) == "a,b"
    assert text_columns(["a,b"], ["a", "b"]) == ("a", "b")
    assert text_columns([], ["a"]) is None


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (("pos_txt", "neg_txt"), {"pos", "neg"}),
        (("reviews-pos_txt", "reviews-neg_txt"), {"pos", "neg"}),
        (("pos__all_txt", "neg__all_txt"), {"pos", "neg"}),
        (("sport_csv", "world-news_csv"), {"sport", "world-news"}),
    ],
)
def test_files_of_one_class_each_are_one_table(tmp_path: Path, names: tuple[str, str], labels: set[str]) -> None:
    header = "text,id\n" if names[0].endswith("csv") else ""
    tail = ",7" if header else ""
    files = {name: header + "".join(f"{name} number {n}{tail}\n" for n in range(3)) for name in names}
    data = load_data(GivenData(write(tmp_path, **files), label_from_file=True))
    assert set(data.labels) == labels
    assert len(data) == 6
    assert data.texts[0] == f"{names[0]} number 0"


def test_texts_and_labels_of_two_files_are_one_table(tmp_path: Path) -> None:
    texts, labels, tested, answers = write(
        tmp_path,
        x_txt="one, two\n\nthree\r\nfour\n",
        y_txt="a\na\nb\nb\n",
        xt_csv="id,text\n7,five six\n",
        yt_csv="label\nb\n",
    )
    data = load_data(GivenData([texts], labels=labels))
    assert (data.texts, data.labels) == (("one, two", "three", "four"), ("a", "b", "b"))
    assert [(one.reason, one.rows) for one in data.dropped] == [("no text", (2,))]
    data = load_data(GivenData([texts], labels=labels, test=tested, test_labels=answers))
    assert (data.texts[-1], data.labels[-1], data.given_split) == ("five six", "b", ("train",) * 3 + ("test",))


@pytest.mark.parametrize("labels", ["a\nb\n", "a\nb\na\nb\n"])
def test_texts_and_labels_of_different_length_are_refused(tmp_path: Path, labels: str) -> None:
    texts, other = write(tmp_path, x_txt="one\ntwo\nthree\n", y_txt=labels)
    with pytest.raises(DataError, match=r"do not have the same number of lines. Got 3 in x.txt, \d in y.txt"):
        load_data(GivenData([texts], labels=other))


def test_a_blank_line_that_a_table_leaves_out_shifts_no_label(tmp_path: Path) -> None:
    texts, labels = write(tmp_path, x_csv="text\none a\n\ntwo b\nthree c\n", y_csv="label\na\nb\n\nb\n")
    with pytest.raises(DataError, match="do not have the same number of lines"):
        load_data(GivenData([texts], labels=labels))


def test_a_split_column_holds_unless_a_person_says_none(tmp_path: Path) -> None:
    rows = ROWS.replace("\n", ",train\n") + "the last,a,test\n"
    (file,) = write(tmp_path, a_csv="text,label,part\n" + rows)
    data = load_data(GivenData([file], text=["text"], label="label"))
    assert len(split_rows(data, SplitOptions()).test) == 1
    assert load_data(GivenData([file], split="none")).given_split is None
    assert load_data(GivenData([file], split="part")).given_split == data.given_split


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            GivenData([Path("a.csv"), Path("b.csv")]),
            "Several files were given. Got a.csv, b.csv. Add --label-from-file",
        ),
        (GivenData([Path("a.csv")], label_from_file=True), "needs a file of each class"),
        (GivenData([Path("a.csv"), Path("b.csv")], label_from_file=True, label="x"), "Leave out --label"),
        (GivenData([Path("a.csv")], test_labels=Path("b.csv")), "Add --test"),
    ],
)
def test_options_that_do_not_go_together_are_refused(given: GivenData, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        load_data(given)


def test_a_file_of_texts_without_labels_is_not_learned_from(tmp_path: Path) -> None:
    (file,) = write(tmp_path, a_csv="id,text,url\n" + "".join(f"{n},some words,https://e.org/{n}\n" for n in range(9)))
    with pytest.raises(
        SeqlabError, match=r"No column looks like labels. Got “id” with running numbers, “url” with addr"
    ):
        load_data(GivenData([file]))
