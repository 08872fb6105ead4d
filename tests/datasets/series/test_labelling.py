"""From files of series to labels, a split, and an account of what was left out."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from seqcore.datasets.series.apart import look_into, read_labelled, read_to_answer
from seqcore.datasets.series.chosen import SeriesColumns
from seqcore.datasets.series.given_files import are_of_archive, in_order
from seqcore.datasets.series.guess import Likeness
from seqcore.errors import DataError
from seqcore.kinds import get_kind
from seqcore.settings import Settings
from seqcore.workroom.child import do_alone
from tests.kinds.series.made import as_long_csv, as_ts, as_wide_csv, rising_and_falling

LIMITS = Settings()
ROWS = "label,a,b,c\nu,1,2,3\nv,4,5,6\nu,1,2,4\nv,4,5,7\n"


def _read(*files: tuple[str, str], **said):
    return read_labelled(
        [(name, text.encode()) for name, text in files], limits=LIMITS, do=do_alone, chosen=SeriesColumns(**said)
    )


@pytest.mark.parametrize(("write", "name"), [(as_wide_csv, "a.csv"), (as_long_csv, "a.csv"), (as_ts, "a.ts")])
@pytest.mark.parametrize("channels", [1, 3])
def test_series_that_were_written_are_read_again(write, name, channels) -> None:
    data = rising_and_falling(20, channels)
    found = _read((name, write(data)))
    assert found.labels == data.labels
    assert len(found.channels) == channels
    for one, other in zip(found.series, data.series, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4)


def test_a_second_file_is_the_test_and_its_unknown_classes_are_left_out() -> None:
    found = _read(("a.csv", ROWS), ("b.csv", "label,a,b,c\nu,9,9,9\nw,8,8,8\n"))
    assert found.given_split == ("train",) * 4 + ("test",)
    assert [(one.reason, one.count) for one in found.dropped] == [("a class that no training row has", 1)]
    assert any("“w”" in note for note in found.notes)


def test_a_split_column_is_kept() -> None:
    text = "label,split,a,b,c\nu,train,1,2,3\nv,train,4,5,6\nu,test,1,2,4\nv,oops,4,5,7\n"
    found = _read(("a.csv", text), split="split")
    assert found.given_split == ("train", "train", "test")
    assert found.dropped[0].reason.startswith("not train, validation or test")


def test_series_without_label_or_value_are_left_out_and_counted_with_their_rows() -> None:
    found = _read(("a.csv", ROWS + ",1,2,3\nu,,,\n"), label="label")
    assert [(one.reason, one.rows) for one in found.dropped] == [("no label", (6,)), ("no moment", (7,))]
    assert len(found) == 4


def test_labels_that_are_numbers_have_one_spelling() -> None:
    lines = [f"  {label}   {value}   1.5e-01   2.5e+00\n" for value in ("0.5", "0.75") for label in ("1.0e+00", "-1")]
    assert set(_read(("a.txt", "".join(lines))).labels) == {"1", "-1"}


BAD = {
    "One series is not enough": ("label,a,b,c\nu,1,2,3\n", {"label": "label"}),
    "All rows have the same label": ("label,a,b,c\nu,1,2,3\nu,1,2,4\n", {"label": "label"}),
    "The series have no labels": ("a,b,c,d\n0.5,1.5,2.5,3\n1.5,2,3,4\n", {}),
    "No labelled series are left": ("label,a,b,c\n,1,2,3\n,1,2,4\n", {"label": "label"}),
}  # fmt: skip


@pytest.mark.parametrize("sentence", BAD)
def test_what_cannot_be_learned_from_gets_one_clear_sentence(sentence) -> None:
    text, said = BAD[sentence]
    with pytest.raises(DataError, match=sentence):
        _read(("a.csv", text), **said)


def test_a_test_file_of_other_channels_is_refused() -> None:
    with pytest.raises(DataError, match=r"another number of channels.*1 in b\.ts, 2 in a\.ts"):
        _read(("a.ts", as_ts(rising_and_falling(8, 2))), ("b.ts", as_ts(rising_and_falling(8, 1))))


def test_names_say_which_file_is_learned_from() -> None:
    assert in_order(["Gun_TEST.tsv", "Gun_TRAIN.tsv"]) == [1, 0]
    assert in_order(["Gun.tsv"]) == [0]
    assert in_order(["a.tsv", "b.tsv"]) is None


def test_an_archive_of_a_problem_is_read_with_its_test() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("Made/Made_TRAIN.ts", as_ts(rising_and_falling(10)))
        archive.writestr("Made/Made_TEST.ts", as_ts(rising_and_falling(6)))
        archive.writestr("Made/README.md", "words")
    kind = get_kind("series")
    assert kind.recognises(["Made/Made_TRAIN.ts", "Made/Made_TEST.ts", "Made/README.md"])
    assert not are_of_archive(["reviews.csv", "page.ts"])
    found = kind.read_files([("Made.zip", sink.getvalue())], "Made.zip", LIMITS)
    assert (found.name, found.given_split.count("train"), found.given_split.count("test")) == ("Made.zip", 10, 6)


def test_an_archive_of_several_problems_is_refused() -> None:
    files = [(f"{name}_TRAIN.ts", as_ts(rising_and_falling(6)).encode()) for name in "AB"]
    with pytest.raises(DataError, match=r"not one file.*A_TRAIN\.ts, B_TRAIN\.ts"):
        get_kind("series").read_files(files, "both", LIMITS)


def test_a_parquet_file_is_looked_into_and_read_by_a_child() -> None:
    data = rising_and_falling(12).to_parquet()
    assert look_into(data, "a.parquet", limits=LIMITS, do=do_alone).likeness is Likeness.SERIES
    found = read_labelled([("a.parquet", data)], limits=LIMITS, do=do_alone)
    np.testing.assert_array_equal(found.series[3], rising_and_falling(12).series[3])


def test_series_to_be_answered_keep_every_row_and_the_labels_that_there_are() -> None:
    text = "label,a,b,c\nU,1,2,3\n,,,\nw,1,2,\n"
    chosen, classes = SeriesColumns(label="label"), ("U", "v")
    asked = read_to_answer(text.encode(), "a.csv", limits=LIMITS, do=do_alone, chosen=chosen, classes=classes)
    assert asked.there() == [True, False, True]
    assert asked.labels(["U", "v"]) == ("U", None, "")
    assert asked.shown()[1] == ""
    assert asked.frame()["row"].tolist() == [2, 3, 4]
    with pytest.raises(DataError, match="another number of channels"):
        asked.refuse_other_channels(2)


def test_a_first_column_that_holds_no_class_of_the_model_is_a_value() -> None:
    data = b"1,2.5,3.5,4\n7,5.5,6,7\n"
    unlabelled = read_to_answer(data, "b.csv", limits=LIMITS, do=do_alone, classes=("U", "v"))
    assert unlabelled.labels(["U"]) is None
    assert [len(one) for one in unlabelled.kept.series] == [4, 4]
    labelled = read_to_answer(data, "b.csv", limits=LIMITS, do=do_alone, classes=("1", "7"))
    assert labelled.labels(["1", "7"]) == ("1", "7")
