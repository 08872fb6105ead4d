"""Commands with files of series: found out, said otherwise, trained on, answered."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from seqcore.cli.app import app
from seqcore.cli.loading import GivenData, GivenSeries, load_data
from seqcore.datasets.series.chosen import SeriesColumns
from seqcore.errors import DataError, OptionError
from seqcore.settings import get_settings
from seqcore.store import Store
from tests.kinds.series.made import as_long_csv, as_ts, as_wide_csv, rising_and_falling

DATA = rising_and_falling(40)


def _written(folder: Path, **files: str) -> list[Path]:
    paths = [folder / name.replace("__", ".") for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    return paths


def test_a_table_of_numbers_is_a_series_unless_a_person_says_that_it_is_text(tmp_path: Path) -> None:
    (file,) = _written(tmp_path, a__csv=as_wide_csv(DATA))
    found = load_data(GivenData([file]))
    assert (found.kind, len(found)) == ("series", 40)
    assert load_data(GivenData([file], series=GivenSeries("text"))).kind == "text"


def test_two_files_named_after_the_parts_of_a_split_are_one_data_set(tmp_path: Path) -> None:
    test, train = _written(tmp_path, A_TEST__ts=as_ts(rising_and_falling(10)), A_TRAIN__ts=as_ts(DATA))
    for given in (GivenData([test, train]), GivenData([train], test=test)):
        found = load_data(given)
        assert (found.name, found.given_split.count("train"), found.given_split.count("test")) == ("A_TRAIN.ts", 40, 10)


def test_columns_that_were_named_are_taken(tmp_path: Path) -> None:
    (file,) = _written(
        tmp_path, a__csv="k;v;w;kind\n" + "".join(f"{n // 3};{n};{n};{'ab'[n // 3 % 2]}\n" for n in range(18))
    )
    chosen = SeriesColumns(layout="long", series="k", values=("w",))
    found = load_data(GivenData([file], label="kind", series=GivenSeries(columns=chosen)))
    assert (len(found), found.series[1][:, 0].tolist()) == (6, [3, 4, 5])


def test_what_is_said_wrongly_gets_one_sentence(tmp_path: Path) -> None:
    (file,) = _written(tmp_path, a__csv="text,label\nso nice,good\nso bad,bad\n")
    with pytest.raises(DataError, match="No column holds numbers"):
        load_data(GivenData([file], series=GivenSeries("series")))
    done = CliRunner().invoke(app, ["preprocess", str(file), "--layout", "tall"])
    assert isinstance(done.exception, OptionError)
    assert "--layout is one of wide, long" in str(done.exception)


def test_preprocess_shows_frames_without_their_padding(tmp_path: Path) -> None:
    (file,) = _written(tmp_path, a__csv=as_long_csv(DATA))
    done = CliRunner().invoke(app, ["preprocess", str(file), "--json", "--set", "standardise=none"])
    found = json.loads(done.stdout)
    longest = max(map(len, DATA.series))
    first = found["frames"][0]
    assert len(first) == longest
    assert first[len(DATA.series[0]) :] == [None] * (longest - len(DATA.series[0]))
    np.testing.assert_allclose(first[0], DATA.series[0][0], rtol=1e-4)


@pytest.mark.engine
def test_from_a_file_to_a_model_and_to_its_answers(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQLAB_INSPECTION_TIMEOUT", "300")  # on a loaded machine a worker takes long to start
    get_settings.cache_clear()
    train, test = _written(tmp_path, A_TRAIN__ts=as_ts(DATA), A_TEST__ts=as_ts(rising_and_falling(12)))
    settings = ["--architectures", "rnn", "--epochs", "5", "--units", "4", "--set", "learning_rate=0.02"]
    done = CliRunner().invoke(app, ["train", str(train), str(test), *settings, "--json"])
    assert done.exit_code == 0, done.exception
    (run,) = json.loads(done.stdout)["runs"]
    assert run["test"]["accuracy"] > 0.7
    out = tmp_path / "out.csv"
    done = CliRunner().invoke(app, ["predict", run["run"], str(test), "--output", str(out), "--json"])
    assert done.exit_code == 0, done.exception
    found = json.loads(done.stdout)
    assert len(found["predictions"]) == 12
    assert found["scores"]["accuracy"] == run["test"]["accuracy"]
    with out.open(encoding="utf-8-sig") as file:
        assert [row["label (model)"] for row in csv.DictReader(file)] == [one["label"] for one in found["predictions"]]
    done = CliRunner().invoke(app, ["predict", run["run"], "a text"])
    assert "This model reads series" in str(done.exception)


def test_labels_that_look_alike_are_merged_when_that_is_wanted(tmp_path: Path) -> None:
    content = as_wide_csv(DATA)
    (file,) = _written(tmp_path, a__csv=content.replace("rises", "Rises", 3))
    assert len(load_data(GivenData([file])).classes) == 3
    assert load_data(GivenData([file], merge_labels=True)).classes == DATA.classes
