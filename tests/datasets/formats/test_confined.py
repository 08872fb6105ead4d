"""What a hostile file of a binary format breaks is the child that reads it."""

import gzip

import pytest

from seqcore.datasets import read_table
from seqcore.datasets.formats import confined, get_format
from seqcore.datasets.formats.content import Content
from seqcore.errors import DataError
from seqcore.settings import Settings
from seqcore.workroom import child
from tests.datasets.conftest import Read, parquet
from tests.datasets.formats.generated_files import opendocument
from tests.datasets.formats.test_fuzz import no_hang

LIMITS = Settings()
SHEET = get_format("spreadsheet")


def test_a_repeated_cell_that_would_take_hundreds_of_gigabytes_is_refused(read: Read) -> None:
    bomb = opendocument([("text", "label"), ("word " * 1000, "x")], repeated=6000)
    assert len(bomb) < 2000
    with pytest.raises(DataError, match="cannot be read"):
        read(bomb, "a.ods", max_file_mb=1)


def at_first(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let a child run this before it does what it is told."""
    monkeypatch.setattr(child, "_CHILD", child._CHILD.replace("in_child.work()", f"{code}; in_child.work()"))


READER = "from seqcore.datasets.formats import confined"


def test_a_child_that_ends_without_an_answer_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    at_first(monkeypatch, "import os; os.abort()")
    with pytest.raises(DataError, match="unpacks to far more"):
        read_table(parquet(text=["a"], label=["b"]), "a.parquet", limits=LIMITS)


def test_a_reader_that_gives_up_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    at_first(monkeypatch, f"{READER}; confined._read_here = lambda *given: 1 / 0")
    with pytest.raises(DataError, match="cannot be read as Parquet"):
        read_table(parquet(text=["a"], label=["b"]), "a.parquet", limits=LIMITS)


def test_reading_that_takes_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    at_first(monkeypatch, "import threading; threading.Event().wait()")
    with pytest.raises(DataError, match="too long to read as a spreadsheet"):
        confined.read_confined(SHEET, Content(b""), limits=LIMITS, seconds=0.2)


def test_the_child_knows_neither_our_environment_nor_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEQLAB_DATABASE_URL", "postgresql://somebody:secret@host/db")
    known = "import os, sys; from seqcore.datasets.table import RawTable"
    told = "lambda *given: RawTable({'a': ['x']}, [1], [*os.environ, *sys.argv])"
    at_first(monkeypatch, f"{READER}; {known}; confined._read_here = {told}")
    notes = confined.read_confined(SHEET, Content(b""), limits=LIMITS).notes
    assert notes
    assert not any("SEQLAB" in note or "secret" in note or "postgres" in note for note in notes)


def test_an_abort_after_the_answer_does_not_lose_it(monkeypatch: pytest.MonkeyPatch) -> None:
    at_first(monkeypatch, "import atexit, os; atexit.register(os.abort)")
    data = Content(parquet(text=["a"], label=["b"]))
    assert confined.read_confined(get_format("parquet"), data, limits=LIMITS).columns == {
        "text": ["a"],
        "label": ["b"],
    }


def test_the_memory_of_the_child_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource")
    eaten = "RawTable({'a': ['x']}, [1], [str(len(bytearray(2 * 1024**3)))])"
    known = "from seqcore.datasets.table import RawTable"
    at_first(monkeypatch, f"{READER}; {known}; confined._read_here = lambda *given: {eaten}")
    assert confined.read_confined(SHEET, Content(b""), limits=LIMITS).notes == [str(2 * 1024**3)]
    with pytest.raises(DataError, match="cannot be read"):
        confined.read_confined(SHEET, Content(b""), limits=LIMITS.model_copy(update={"max_file_mb": 1}))


def refused(data: bytes, name: str = "a.csv") -> str:
    """The error of a file that once took hours or all memory; a hang fails."""
    with no_hang(), pytest.raises(DataError) as error:
        read_table(data, name, limits=LIMITS)
    return str(error.value)


def test_a_name_repeated_a_hundred_thousand_times_is_refused_at_once() -> None:
    assert "more than 1,000 columns" in refused(b"text," * 100_000 + b"label\n" + b"a,b\n" * 3)


def test_short_rows_are_not_filled_up_to_a_giant_width() -> None:
    data = b"text,label," + b",".join(b"c%d" % n for n in range(50_000)) + b"\n" + b"a,b\n" * 100_000
    assert "more than 1,000 columns" in refused(data)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_wide_and_long_table_of_almost_nothing_is_refused(name: str) -> None:
    columns = [f"c{n}" for n in range(900)]
    data = {
        "a.jsonl": "\n".join(f'{{"{column}":1,"text":"a"}}' for column in columns) + '\n{"text":"a"}' * 50_000,
        "a.csv": "text," + ",".join(columns) + "\n" + "a,b\n" * 50_000,
    }[name]
    assert "more than 20,000,000 cells" in refused(data.encode(), name)


def test_a_line_of_nothing_but_delimiters_is_refused() -> None:
    assert "more than 20,000,000 cells" in refused(b"text,label\n" + b"," * 21_000_000)


def test_json_of_nothing_but_brackets_is_refused() -> None:
    assert "too many values" in refused(b'[{"text":' + b"[]," * 11_000_000 + b"0}]", "a.json")


def test_a_million_empty_gzip_members_are_refused() -> None:
    assert "cannot be read" in refused(gzip.compress(b"", mtime=0) * 1_000_000, "a.csv.gz")


def test_a_gzip_file_of_several_members_is_read_whole(read: Read) -> None:
    rows = b"".join(gzip.compress(b"text %d,x\n" % n * 5000) for n in range(30))
    table = read(gzip.compress(b"text,label\n") + rows, "a.csv.gz")
    assert len(table.frame) == 150_000
    assert table.frame["text"].iloc[-1] == "text 29"


@pytest.mark.parametrize("mark", [b'"', b"\r", b"\n", b" "])
def test_a_declared_delimiter_that_divides_nothing_is_no_delimiter(read: Read, mark: bytes) -> None:
    assert len(read(b"sep=" + mark + b"\r\ntext,label\na,b\n").frame)
