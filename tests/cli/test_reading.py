"""The options that say how a file is read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from seqcore.cli.app import app
from seqcore.cli.reading import with_reading_options
from seqcore.datasets.formats.read_as import AS_FOUND, ReadAs
from seqcore.errors import OptionError

OPTIONS = ("--encoding", "--delimiter", "--quote", "--header", "--sheet", "--member", "--multi-label")


@pytest.fixture
def told() -> tuple[typer.Typer, list[tuple[Path, bool, ReadAs]]]:
    """A command line of one command, and what its function was called with."""
    calls: list[tuple[Path, bool, ReadAs]] = []
    line = typer.Typer()

    @line.command()
    @with_reading_options
    def read(
        file: Annotated[Path, typer.Argument()],
        loud: Annotated[bool, typer.Option("--loud")] = False,
        *,
        read_as: ReadAs = AS_FOUND,
    ) -> None:
        """Read a file."""
        calls.append((file, loud, read_as))

    return line, calls


def test_a_command_is_told_what_was_decided(told) -> None:
    line, calls = told
    decided = ["--encoding", "cp1250", "--delimiter", "tab", "--quote", "none", "--header", "2", "--sheet"]
    done = CliRunner().invoke(line, ["a.csv", *decided, "My sheet", "--member", "a/b.csv", "--multi-label", "x"])
    assert done.exit_code == 0, done.output
    assert calls == [(Path("a.csv"), False, ReadAs("cp1250", "\t", "", 2, "My sheet", "a/b.csv", "x"))]


def test_what_is_not_said_is_found_out(told) -> None:
    line, calls = told
    assert CliRunner().invoke(line, ["a.csv", "--loud"]).exit_code == 0
    assert calls == [(Path("a.csv"), True, AS_FOUND)]


@pytest.mark.parametrize(("said", "meant"), [("Comma", ","), ("pipe", "|"), (r"\t", "\t"), ("none", ""), ("@", "@")])
def test_a_delimiter_is_named_or_written(told, said: str, meant: str) -> None:
    line, calls = told
    assert CliRunner().invoke(line, ["a.csv", "--delimiter", said]).exit_code == 0
    assert calls[0][2].delimiter == meant


@pytest.mark.parametrize(("option", "said"), [("--delimiter", "::"), ("--quote", "curly"), ("--delimiter", "\n")])
def test_what_is_no_single_character_is_refused(told, option: str, said: str) -> None:
    error = CliRunner().invoke(told[0], ["a.csv", option, said]).exception
    assert isinstance(error, OptionError)
    assert "There is no such" in str(error)
    assert "give a single character" in str(error)


@pytest.mark.parametrize("command", ["train", "preprocess"])
def test_commands_that_read_a_file_have_all_of_them(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).output
    assert all(option in shown for option in OPTIONS)
