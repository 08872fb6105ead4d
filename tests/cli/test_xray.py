"""`xray` prints what was found with rows as the file counts them, and writes a new version when it is asked to."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from seqcore.cli.app import app
from seqcore.datasets import read_path
from seqcore.errors import DataError, OptionError
from seqcore.settings import get_settings
from tests.datasets.sounds.files import sound_file, zipped
from tests.kinds.series.made import as_ts, rising_and_falling


@pytest.fixture
def file(tmp_path: Path) -> Path:
    qualities, colours = ("bad", "good"), ("red", "blue", "green")
    rows = [(f"a {qualities[row % 2]} thing numbered {row}", row % 2, colours[row % 3]) for row in range(40)]
    rows += [rows[3], (rows[4][0].upper() + "!", *rows[4][1:])]
    path = tmp_path / "things.csv"
    with path.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([("text", "label", "colour"), *rows])
    return path


def xray(*arguments: object) -> str:
    found = CliRunner().invoke(app, ["xray", *map(str, arguments)], catch_exceptions=False)
    assert found.exit_code == 0
    return found.stdout


def test_json_has_the_word_and_every_list_with_rows_of_the_file(file: Path) -> None:
    found = json.loads(xray(file, "--json"))
    assert found["trust"] in ("yes", "with care", "no")
    assert (found["duplicates"]["count"], found["duplicates"]["rows"]) == (1, [42])
    assert (found["near_duplicates"]["count"], found["near_duplicates"]["rows"]) == (1, [43])
    assert found["across_splits"]["count"] == 0
    assert found["read"]["file"] == "things.csv"


def test_people_read_the_word_and_a_line_for_each_finding(file: Path) -> None:
    said = xray(file)
    assert said.startswith("Can a result be trusted? ")
    assert "- Duplicates: 1 row repeats an earlier row exactly; none stands in two parts. Rows 42" in said


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_new_version_is_written_without_what_was_named(file: Path, tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"new{ending}"
    found = json.loads(xray(file, "--drop", "duplicates, near_duplicates", "--output", output, "--json"))
    assert found["changes"][-1] == f"Wrote new{ending}: 40 rows"
    written = read_path(output, limits=get_settings()).frame
    assert (len(written), list(written.columns)) == (40, ["text", "label", "colour"])
    assert written["text"].iloc[3] == "a good thing numbered 3"


@pytest.mark.parametrize("arguments", [("--drop", "typos", "--output", "x.csv"), ("--mend",), ("--output", "x.csv")])
def test_half_an_order_is_refused_before_anything_is_read(arguments: tuple[str, ...]) -> None:
    with pytest.raises(OptionError):
        CliRunner().invoke(app, ["xray", "no such file", *arguments], catch_exceptions=False)


def test_series_are_looked_through_for_what_needs_no_words(tmp_path: Path) -> None:
    data = rising_and_falling(40)
    series = (*data.series[:-2], data.series[0], np.zeros((8, 1), np.float32))
    path = tmp_path / "trends.ts"
    path.write_text(as_ts(replace(data, series=series)), encoding="utf-8")  # the first but one is the first once more
    found = json.loads(xray(path, "--json"))
    by_name = {each["name"]: each for each in found["findings"]}
    assert by_name["duplicates"]["count"] == 1
    assert "1 series never changes" in by_name["reading"]["sentence"]
    assert "word" not in json.dumps(found)
    assert xray(path).startswith("Can a result be trusted?")


def test_sounds_with_two_labels_and_silent_ones_are_named(tmp_path: Path) -> None:
    files = {f"yes/{n}.wav": sound_file(seed=n) for n in range(12)} | {"yes/quiet.wav": sound_file(loud=0)}
    files |= {f"no/{n}.wav": sound_file(seed=100 + n) for n in range(12)} | {"no/again.wav": files["yes/0.wav"]}
    path = tmp_path / "sounds.zip"
    path.write_bytes(zipped(files))
    said = xray(path)
    assert "1 sound has several labels (2 rows)" in said
    assert "1 sound is silent" in said
    with pytest.raises(DataError, match="A new version is written of texts only"):
        xray(path, "--drop", "duplicates", "--output", tmp_path / "new.csv")
