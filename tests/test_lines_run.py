"""What is printed of the lines that the tests ran."""

import importlib
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

from scripts.lines_run import not_run, table
from scripts.marks import Marks

CODE = '''"""A docstring stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Color:
    """Of a wall."""

    names = ("red", "blue")


def first(values, otherwise=None):
    """The first of them."""
    global used
    used = True
    for value in values:
        return value
    else:
        if otherwise is None:
            raise ValueError("nothing")
    try:
        return int(otherwise)
    except ValueError:
        return otherwise
    finally:
        used = False


def kind(value):
    match value:
        case int():
            return "number"
        case _:
            pass
    with open(value):
        return "file"
'''


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Marks:
    """A package of one module, which is marked when it is imported."""
    (tmp_path / "painted").mkdir()
    (tmp_path / "painted" / "wall.py").write_text(CODE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(SourceFileLoader, "exec_module", SourceFileLoader.exec_module)  # put back afterwards
    monkeypatch.delitem(sys.modules, "painted.wall", raising=False)
    marks = Marks(tmp_path / "painted")
    marks.install()
    return marks


def missing(marks: Marks) -> list[int]:
    (found,) = marks.lines().values()
    return sorted(line for line, passed in found if not passed)


def test_every_statement_that_did_not_run_is_named_by_its_line(marks: Marks) -> None:
    wall = importlib.import_module("painted.wall")
    assert missing(marks) == [20, 21, 22, 24, 24, 25, 26, 27, 29, 31, 35, 37, 39, 40, 41]
    assert wall.first([7]) == 7
    assert missing(marks) == [24, 24, 25, 26, 27, 29, 31, 35, 37, 39, 40, 41]
    with pytest.raises(ValueError, match="nothing"):
        wall.first([])
    assert missing(marks) == [24, 26, 27, 29, 31, 35, 37, 39, 40, 41]  # 24: never has the condition been false
    assert (wall.first([], "5"), wall.first([], "x"), wall.kind(3)) == (5, "x", "number")
    assert missing(marks) == [39, 40, 41]


def test_marked_code_keeps_its_docstrings_names_and_lines(marks: Marks) -> None:
    wall = importlib.import_module("painted.wall")
    assert (wall.__doc__, wall.first.__doc__, wall.Color.__doc__) == (
        "A docstring stays one.", "The first of them.", "Of a wall.",
    )  # fmt: skip
    assert [name for name in vars(wall.Color) if not name.startswith("__")] == ["names"]
    assert wall.first.__annotations__ == {}
    with pytest.raises(ValueError, match="nothing") as raised:
        wall.first([])
    assert raised.traceback[-1].lineno + 1 == 25


def test_a_file_that_nothing_imported_is_all_missing(marks: Marks) -> None:
    assert len(missing(marks)) == len(next(iter(marks.lines().values()))) > 15


def test_what_another_process_ran_is_added(marks: Marks) -> None:
    importlib.import_module("painted.wall").first([7])
    other = Marks(marks.folder)
    other.add({path: bytes(ran) for path, ran in marks.ran.items()})
    other.add({path: bytes(len(ran)) for path, ran in marks.ran.items()})
    assert other.lines() == marks.lines()


def test_files_are_added_up_by_package_and_all_together() -> None:
    files = {
        Path("seqcore/errors.py"): [(1, True)] * 9 + [(3, False)],
        Path("seqcore/ui/a.py"): [(7, False), (2, False)] * 4 + [(9, True)] * 2,
        Path("seqcore/ui/kit/b.py"): [(1, True)] * 20,
        Path("seqcore/ui/kit/__init__.py"): [],
    }
    assert [line.split() for line in table(files).splitlines()] == [
        ["seqcore", "90.0%", "1", "not", "run"],
        ["seqcore/ui", "73.3%", "8", "not", "run"],
        ["all", "77.5%", "9", "not", "run"],
    ]
    assert not_run(files) == ["seqcore/errors.py: 3", "seqcore/ui/a.py: 2, 7"]
