"""`planted`: the texts go where they were asked to go, and come back with what matters in them."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from seqcore.cli.planting import list_tasks, planted_csv, write_planted
from seqcore.datasets import guess_columns, label_table, read_path
from seqcore.datasets.evidence import evidence_of
from seqcore.datasets.planted import PlantedOptions, PlantedSeriesOptions, plant, planted_tasks
from seqcore.errors import NotFoundError, OptionError
from seqcore.settings import Settings

SMALL = {"distance": 12, "rows": 60, "seed": 3}


@pytest.mark.parametrize("name", [task.name for task in planted_tasks("text")])
def test_a_file_of_it_is_read_as_it_was_made(name: str, tmp_path, capsys) -> None:
    file, made = tmp_path / "made.csv", plant(name, PlantedOptions(**SMALL))
    write_planted(name, SMALL, file, as_csv=False, as_json=False)
    table = read_path(file, limits=Settings())
    read = label_table(table, guess_columns(table), limits=Settings())
    assert (read.texts, read.labels) == (made.texts, made.labels)
    assert evidence_of(read) == evidence_of(made)
    assert "60 rows" in capsys.readouterr().err


def test_csv_on_standard_output_is_that_of_the_file(capsys) -> None:
    write_planted("order", SMALL, None, as_csv=True, as_json=False)
    printed = capsys.readouterr().out
    assert printed == planted_csv(plant("order", PlantedOptions(**SMALL))).decode("utf-8-sig")
    assert printed.startswith("text,label,evidence")


def test_the_words_that_matter_stand_in_brackets(capsys) -> None:
    write_planted("needle", SMALL, None, as_csv=False, as_json=False)
    printed = capsys.readouterr().out
    assert "[north]" in printed and "[south]" in printed


def test_json_tells_the_task_its_settings_and_the_first_texts(capsys) -> None:
    write_planted("needle", SMALL, None, as_csv=False, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["settings"] == SMALL
    assert told["first"][0]["text"].split()[told["first"][0]["evidence"][0]] == told["first"][0]["label"]


def test_without_a_name_all_tasks_are_listed(capsys) -> None:
    list_tasks(as_json=True)
    assert [task["name"] for task in json.loads(capsys.readouterr().out)["tasks"]] == [t.name for t in planted_tasks()]


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(NotFoundError, match="needle"):
        write_planted("haystack", {}, None, as_csv=True, as_json=False)
    with pytest.raises(OptionError, match="distance"):
        write_planted("needle", {"distance": 0}, None, as_csv=True, as_json=False)


SERIES = {"length": 30, "rows": 20, "seed": 3, "channels": 2}


@pytest.mark.parametrize("name", [task.name for task in planted_tasks("series")])
def test_series_are_written_a_row_each_with_a_column_for_each_moment_of_each_channel(name: str, capsys) -> None:
    made = plant(name, PlantedSeriesOptions(**SERIES))
    write_planted(name, SERIES, None, as_csv=True, as_json=False)
    header, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert header[:2] == ["label", "channel1_1"]
    assert header[-1] == "channel2_30"
    assert len(rows) == 20
    for row, label, one in zip(rows, made.labels, made.series, strict=True):
        assert row[0] == label
        np.testing.assert_allclose(np.array(row[1:], float).reshape(2, 30).T, one, atol=5e-5)


def test_the_first_series_are_told_with_the_moments_that_matter(capsys) -> None:
    write_planted("spike", SERIES, None, as_csv=False, as_json=False)
    assert "moments that matter" in capsys.readouterr().out
    write_planted("spike", SERIES, None, as_csv=False, as_json=True)
    first = json.loads(capsys.readouterr().out)["first"][0]
    assert first["evidence"][1] - first["evidence"][0] == 5
    assert len(first["series"]) == 30


def test_a_setting_of_texts_is_refused_by_a_task_of_series() -> None:
    with pytest.raises(OptionError, match="distance"):
        write_planted("trend", {"distance": 5}, None, as_csv=True, as_json=False)
