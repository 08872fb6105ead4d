"""Generated files in every format: a clear error or a correct table, never anything else, never a hang.

`make fuzz` runs the nightly profile, which generates more than two thousand files.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from seqcore.datasets import Columns, LabelledText, Table, label_table, read_pasted, read_table, report_on, split_rows
from seqcore.errors import DataError, SeqlabError
from seqcore.settings import Settings
from seqcore.spec import SplitOptions
from tests import conftest
from tests.datasets.conftest import rows_of
from tests.datasets.formats import generated_files as made_up
from tests.datasets.formats.generated_files import Cells, Made

SECONDS = 300  # a hang takes for ever; a loaded machine is slow, not wrong
LIMITS = Settings(max_file_mb=2, max_rows=200, max_classes=20, max_text_characters=1000)
Answer = TypeVar("Answer")


@contextmanager
def no_hang() -> Iterator[None]:
    """End what takes too long, where the system has alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise TimeoutError(f"no answer after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def answer_or_sentence(ask: Callable[[], Answer]) -> Answer | None:
    """The answer; None when it was a clear error. Anything else fails the test."""
    with no_hang():
        try:
            return ask()
        except SeqlabError as error:
            said = str(error)
            assert 10 < len(said) < 800 and said[-1] in ".!?…" and "\n" not in said, said
            assert error.remedy, said
            assert "Traceback" not in said
            said.encode()
            return None


def assert_sound(table: Table, limits: Settings = LIMITS) -> None:
    """Within the limits, and nothing in it that later steps stumble over."""
    assert 0 < len(table.frame) <= limits.max_rows
    assert table.frame.columns.is_unique and all(str(name).strip() for name in table.frame.columns)
    cells = [cell for row in rows_of(table) for cell in row]
    assert all(cell is None or (isinstance(cell, str) and cell and "\0" not in cell) for cell in cells)
    assert sum(len(cell) for cell in cells if cell) <= limits.max_file_mb * 1024**2
    "".join(cell or "" for cell in cells).encode()
    " ".join(table.notes).encode()
    assert table.frame.index.is_monotonic_increasing and table.frame.index.is_unique
    assert 0 < len(table.name) <= 80 and not set(table.name) & set("/\\\0<>\n\r\u202e")


def assert_cells(made: Made, expected: Cells) -> None:
    """A valid file must be read, and say what was written into it."""
    with no_hang():
        table = read_table(made.data, made.name, limits=LIMITS)
    assert_sound(table)
    assert list(table.frame.columns) == ["text", "label"]
    assert [tuple(row) for row in rows_of(table)] == expected


@given(made_up.delimited())
def test_a_delimited_file_gives_the_cells_that_were_written(made: Made) -> None:
    assert_cells(made, made.cells)


@given(made_up.json_files())
def test_json_of_any_shape_gives_the_cells_that_were_written(made: Made) -> None:
    assert_cells(made, made.cells)


@given(st.one_of(made_up.parquet_files(), made_up.sheets()))
def test_a_binary_table_gives_the_cells_that_were_written(made: Made) -> None:
    assert_cells(made, made.cells)


@given(made_up.damaged(), made_up.names())
def test_a_damaged_file_gives_a_sound_table_or_a_clear_error(made: Made, name: str) -> None:
    table = answer_or_sentence(lambda: read_table(made.data, name, limits=LIMITS))
    if table is not None:
        assert_sound(table)


@given(made_up.scribbles())
def test_scribbles_give_a_sound_table_or_a_clear_error(made: Made) -> None:
    table = answer_or_sentence(lambda: read_table(made.data, made.name, limits=LIMITS))
    if table is not None:
        assert_sound(table)


@given(made_up.scribbles())
def test_pasted_scribbles_give_a_sound_table_or_a_clear_error(made: Made) -> None:
    table = answer_or_sentence(lambda: read_pasted(made.data.decode("utf-8", "replace"), limits=LIMITS))
    if table is not None:
        assert_sound(table)
        assert list(table.frame.columns) == ["text", "label"]


@given(made_up.any_file(), st.integers(2, 12), st.integers(2, 4), st.integers(100, 120))
def test_no_limit_is_ever_passed(made: Made, rows: int, classes: int, characters: int) -> None:
    limits = LIMITS.model_copy(update={"max_rows": rows, "max_classes": classes, "max_text_characters": characters})
    table = answer_or_sentence(lambda: read_table(made.data, made.name, limits=limits))
    assert (table is None) == (len(made.cells) > rows)
    if table is None:
        return
    data = answer_or_sentence(lambda: label_table(table, Columns("text", "label"), limits=limits))
    distinct = {label for _, label in made.cells}
    assert (data is None) == (not 2 <= len(distinct) <= classes)
    if data is not None:
        assert max(map(len, data.texts)) <= characters and len(data) == len(made.cells)


@given(made_up.scribbles(), st.one_of(st.none(), made_up.scribbles()), st.data())
def test_labelling_and_splitting_any_table_works_or_says_why(
    made: Made, test: Made | None, data: st.DataObject
) -> None:
    table = answer_or_sentence(lambda: read_table(made.data, made.name, limits=LIMITS))
    if table is None:
        return
    names = [*map(str, table.frame.columns), "missing"]
    columns = Columns(data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names)),
                      data.draw(st.sampled_from([None, None, *names])))  # fmt: skip
    held_out = None if test is None else answer_or_sentence(lambda: read_table(test.data, test.name, limits=LIMITS))
    labelled = answer_or_sentence(lambda: label_table(table, columns, test=held_out, limits=LIMITS))
    if labelled is None:
        return
    assert LabelledText.from_parquet(labelled.to_parquet()) == labelled
    split = answer_or_sentence(lambda: split_rows(labelled, SplitOptions()))
    if split is not None:
        assert sorted([*split.train, *split.validation, *split.test]) == list(range(len(labelled)))
        report_on(labelled, split)


def test_the_profiles_generate_as_many_files_as_promised() -> None:
    fuzzers = [test for test in globals().values() if hasattr(test, "hypothesis")]
    assert len(fuzzers) == conftest.FUZZERS
    promised = {"ci": 200, "nightly": 2000}
    for name, files in promised.items():
        assert conftest.settings.get_profile(name).max_examples * len(fuzzers) >= files


def test_a_hang_and_a_stray_exception_would_be_seen() -> None:
    def stray() -> None:
        raise KeyError("column")

    for ask in (stray, lambda: _raise(DataError("no sentence\nbut lines"))):
        try:
            answer_or_sentence(ask)
        except (KeyError, AssertionError):
            continue
        raise AssertionError("the fuzzers see nothing")


def _raise(error: Exception) -> None:
    raise error
