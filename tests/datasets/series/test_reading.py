"""Files of series in each form and layout, read whole; and the sentence that each bad one gets."""

from __future__ import annotations

import gzip
import io

import numpy as np
import pandas as pd
import pytest

from seqcore.datasets.series.chosen import SeriesColumns
from seqcore.datasets.series.guess import Likeness
from seqcore.datasets.series.outline import outline_of
from seqcore.datasets.series.reading import read_series
from seqcore.errors import DataError
from seqcore.settings import Settings

LIMITS = Settings()

WIDE = "class,t0,t1,t2,t3\nup,0.5,1,1.5,2\ndown,2,1.5,1,0.5\nup,0,1,2,\n"
CHANNELS = "x_1,x_2,x_10,y_1,y_2,y_10,label\n1,2,3,10,20,30,a\n4,5,6,40,50,60,b\n"
LONG = "series,time,x,y,label\nA,2,3,30,up\nA,1,2,20,up\nB,1,7,70,down\nA,0,1,10,up\nB,2,8,80,down\n"
UCR = "1\t0.5\t0.25\t1e-2\t-1\n2\t1.5\t2\t3\t4.5\n1\t0\t0.1\t0.2\tNaN\n"
UCR_SPACES = "  1.0000000e+00   5.0e-01   2.5e-01   1.0\n  2.0000000e+00   1.5e+00  -2.5e-01   2.0\n"
TS = """# a comment
@problemName Two
@timeStamps false
@univariate false
@classLabel true a b
@data
1,2,?:10,20,30:a
4,5:40,50:b
"""
ARFF = """% a comment
@relation Gun
@attribute att1 numeric
@attribute att2 real
@attribute att3 numeric
@attribute target {1,2}
@data
0.5,?,1.5,1
1,2,3,2
"""
RELATIONAL = r"""@relation Basic
@attribute relationalAtt relational
  @attribute t1 numeric
  @attribute t2 numeric
  @attribute t3 numeric
@end relationalAtt
@attribute classAtt {run,'stand still'}
@data
'1,2,3\n10,20,30',run
'4,5,6\n40,50,?','stand still'
"""


def _parquet(**columns) -> bytes:
    sink = io.BytesIO()
    pd.DataFrame(columns).to_parquet(sink, index=False)
    return sink.getvalue()


FILES = {
    "wide.csv": (WIDE, 3, 1, ["up", "down", "up"], [0.5, 1, 1.5, 2]),
    "wide.tsv": (WIDE.replace(",", "\t"), 3, 1, ["up", "down", "up"], [0.5, 1, 1.5, 2]),
    "comma.csv": (WIDE.replace(",", ";").replace(".", ","), 3, 1, ["up", "down", "up"], [0.5, 1, 1.5, 2]),
    "channels.csv": (CHANNELS, 2, 2, ["a", "b"], [1, 10, 2, 20, 3, 30]),
    "dims.csv": (
        "dim_0__0,dim_0__1,dim_1__0,dim_1__1,target\n1,2,3,4,u\n5,6,7,8,v\n5,6,7,9,v\n",
        3, 2, ["u", "v", "v"], [1, 3, 2, 4],
    ),
    "long.csv": (LONG, 2, 2, ["up", "down"], [1, 10, 2, 20, 3, 30]),
    "Gun_TRAIN.tsv": (UCR, 3, 1, ["1", "2", "1"], [0.5, 0.25, 0.01, -1]),
    "Gun_TRAIN.txt": (UCR_SPACES, 2, 1, ["1.0000000e+00", "2.0000000e+00"], [0.5, 0.25, 1]),
    "counted.csv": ("label,0,1,2\nu,7,8,9\nv,1,2,3\nv,1,2,4\n", 3, 1, ["u", "v", "v"], [7, 8, 9]),
    "two.ts": (TS, 2, 2, ["a", "b"], [1, 10, 2, 20, np.nan, 30]),
    "gun.arff": (ARFF, 2, 1, ["1", "2"], [0.5, np.nan, 1.5]),
    "basic.arff": (RELATIONAL, 2, 2, ["run", "stand still"], [1, 10, 2, 20, 3, 30]),
    "lists.parquet": (
        _parquet(x=[[1.0, 2, 3], [4, 5, 6, 7]], y=[[10, 20, 30], [40, 50, 60, 70]], label=["u", "v"]),
        2, 2, ["u", "v"], [1, 10, 2, 20, 3, 30],
    ),
    "wide.parquet": (
        _parquet(t1=[1.5, 2, 3], t2=[3, 4, 5.5], t3=[5, 6, 6.5], y=[0, 1, 1]), 3, 1, ["0", "1", "1"], [1.5, 3, 5]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_each_form_is_known_for_series_and_read_as_such(name) -> None:
    written, rows, channels, labels, first = FILES[name]
    data = written if isinstance(written, bytes) else written.encode()
    outline = outline_of(data, name)
    assert outline is not None
    assert outline.likeness is Likeness.SERIES
    found = read_series(data, name, limits=LIMITS)
    assert (len(found.series), len(found.channels), list(found.labels)) == (rows, channels, labels)
    np.testing.assert_allclose(found.series[0].ravel(), np.float32(first))


def test_a_compressed_file_is_read_like_any_other() -> None:
    data = gzip.compress(WIDE.encode())
    assert outline_of(data, "wide.csv.gz").likeness is Likeness.SERIES
    assert len(read_series(data, "wide.csv.gz", limits=LIMITS).series) == 3


def test_empty_cells_at_the_end_of_a_row_are_no_moments_and_those_inside_are_missing() -> None:
    found = read_series(b"label,a,b,c,d\nu,1,,3,\nv,1,2,3,4\nv,1,2,3,5\n", "x.csv", limits=LIMITS)
    np.testing.assert_array_equal(found.series[0][:, 0], [1, np.nan, 3])
    assert any("1 series ends before the last column" in note for note in found.notes)
    assert any("between 3 and 4 moments" in note for note in found.notes)


def test_moments_of_a_long_table_are_ordered_by_their_times_and_the_times_are_kept() -> None:
    found = read_series(LONG.encode(), "long.csv", limits=LIMITS)
    assert [times.tolist() for times in found.times] == [[0, 1, 2], [1, 2]]
    assert found.channels == ("x", "y")
    assert found.numbers == [2, 4]


def test_dates_are_times_in_seconds() -> None:
    table = "id,timestamp,value,label\n" + "".join(
        f"{one},2024-01-01T00:00:{10 * moment:02d},{moment},{'uv'[one]}\n" for one in (0, 1) for moment in range(3)
    )
    found = read_series(table.encode(), "dates.csv", limits=LIMITS)
    assert np.diff(found.times[0]).tolist() == [10, 10]


def test_infinite_values_count_as_missing_and_this_is_said() -> None:
    found = read_series(b"label,a,b,c\nu,1,inf,3\nv,1,2,-inf\nv,1,2,4\n", "x.csv", limits=LIMITS)
    assert np.isnan(found.series[0][1, 0])
    assert any("2 infinite values were read as missing" in note for note in found.notes)


def test_what_a_person_says_of_the_columns_counts() -> None:
    data = b"id,a,b,c,grade\n1,5,6,7,2\n1,8,9,9,2\n2,5,6,1,3\n"
    assert len(read_series(data, "x.csv", limits=LIMITS).series) == 2
    chosen = SeriesColumns(layout="wide", label="grade", values=("c", "a"))
    wide = read_series(data, "x.csv", limits=LIMITS, chosen=chosen)
    assert [one[:, 0].tolist() for one in wide.series] == [[7, 5], [9, 8], [1, 5]]


BAD = {
    "word.csv": (b"label,a,b,c\n" + b"u,1,2,3\n" * 9 + b"v,1,oh,3\n", "“oh” in row 11, column “b”"),
    "word.ts": (TS.replace("5:40", "oh:40").encode(), "“oh” in line 8, channel 1"),
    "word.arff": (ARFF.replace("1,2,3,2", "1,oh,3,2").encode(), "“oh” in line 9, value 2"),
    "channels.ts": (TS.replace("4,5:40,50:b", "4,5:b").encode(), "different numbers of channels"),
    "lengths.ts": (TS.replace("4,5:40,50:b", "4,5:40:b").encode(), "different lengths.*1 and 2 moments in line 8"),
    "stamped.ts": (TS.replace("timeStamps false", "timeStamps true").encode(), "time stamps.*series, time, value"),
    "header.ts": (b"@problemName Two\n@classLabel true a b\n", "no @data line"),
    "nothing.ts": (TS.split("1,2")[0].encode(), "no series"),
    "row.arff": (ARFF.replace("1,2,3,2", "1,2,2").encode(), "3 in line 9, where there are 4"),
    "twice.csv": (
        b"id,time,v,label\nA,0,1,u\nA,1,2,u\nB,0,3,u\nB,1,4,w\n", "A series has two labels.*“B” has “u” and “w”"
    ),
    "untimed.csv": (b"id,time,v,label\nA,0,1,u\nA,,2,u\nB,0,3,w\nB,1,4,w\n", "A moment has no time.*row 3"),
    "words.csv": (b"a,b\nhello,you\nhi,me\n", "No column holds numbers|no table of numbers"),
    "image.csv": (b"\x89PNG\r\n\x1a\n" + bytes(40), "no table of numbers|not"),
    "broken.parquet": (b"PAR1" + bytes(50) + b"PAR1", "damaged"),
    "one.csv": (b"value\n1\n2\n3\n", "no table of numbers|one column"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_clear_sentence(name) -> None:
    data, sentence = BAD[name]
    chosen = SeriesColumns(layout="long", series="id", time="time", label="label") if name == "twice.csv" else None
    with pytest.raises(DataError, match=sentence):
        read_series(data, name, limits=LIMITS, **({"chosen": chosen} if chosen else {}))


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(DataError, match=r"no column “mood”.*“class”, “t0”"):
        read_series(WIDE.encode(), "w.csv", limits=LIMITS, chosen=SeriesColumns(label="mood"))
    with pytest.raises(DataError, match="must be different columns"):
        read_series(WIDE.encode(), "w.csv", limits=LIMITS, chosen=SeriesColumns(label="class", split="class"))


def test_more_series_than_the_limit_are_refused() -> None:
    with pytest.raises(DataError, match="more than 2 series"):
        read_series(WIDE.encode(), "w.csv", limits=Settings(max_rows=2))


TEXTS = {
    "reviews.csv": "text,label\nWhat a film,good\nSo bad,bad\nI liked it,good\n",
    "numbers_too.csv": "review,stars,votes,helpful,year\nWhat a film,5,1,2,2001\nSo bad,1,2,3,2002\nFine,3,2,3,2002\n",
    "short.csv": "text,a,b,c\nok,1,2,3\nno,2,3,4\nok,1,2,4\n",
    "ids.csv": "tweet_id,user_id,tweet,sentiment\n1,7,so nice,1\n2,7,oh no,0\n",
    "lines.txt": "What a film\nSo bad\n",
    "labelled.txt": "good What a film\nbad So bad it is\n",
    "fast.txt": "__label__good What a film\n__label__bad So bad\n",
    "two_numbers.csv": "a,b\n1,0\n2,1\n3,0\n",
    "rows.json": '[{"text": "fine", "label": 1}]',
    "text.arff": "@relation r\n@attribute text string\n@attribute class {a,b}\n@data\n'so nice',a\n'so bad',b\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_never_taken_for_series(name) -> None:
    outline = outline_of(TEXTS[name].encode(), name)
    assert outline is None or outline.likeness is not Likeness.SERIES
