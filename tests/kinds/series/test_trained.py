"""A model of series, from its data to a bundle that answers without us."""

from __future__ import annotations

import importlib.util
import io
import zipfile

import numpy as np
import pytest

from seqcore.export.bundle import bundle
from seqcore.kinds import get_kind
from seqcore.lab.plan import Choices
from seqcore.store import RunState, Store
from seqcore.worker.runtime.finished_model import load_finished
from seqcore.worker.train import train_run
from tests.kinds.series.made import as_long_csv, as_ts, as_wide_csv, rising_and_falling

DATA = rising_and_falling(60, channels=2)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    home = tmp_path_factory.mktemp("series")
    return Store(f"sqlite:///{home / 'lab.db'}", str(home / "artifacts"))


@pytest.fixture(scope="module")
def run(store):
    """A model of series whose missing values are marked."""
    chosen = Choices(architectures=("rnn",)).for_kind("series")
    chosen = chosen.with_values(
        {"epochs": 6, "units": 6, "embedding_size": 6, "learning_rate": 0.02, "missing": "indicate", "resample": 8}
    )
    dataset = store.datasets.add("me", DATA)
    experiment = store.experiments.add("me", dataset.id, chosen.specs(DATA.content_hash, max_epochs=500))
    (run,) = store.runs.of("me", experiment.id)
    train_run(run.id, store, "here")
    return store.runs.of("me", experiment.id)[0]


@pytest.fixture(scope="module")
def script(store, run, tmp_path_factory):
    """`predict.py` of its bundle, as a module."""
    folder = tmp_path_factory.mktemp("bundle")
    zipfile.ZipFile(io.BytesIO(bundle(store, run))).extractall(folder)
    spec = importlib.util.spec_from_file_location("predict_of_bundle", folder / "predict.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _asked(script, monkeypatch, capsys, *arguments: object) -> list[list[str]]:
    monkeypatch.setattr("sys.argv", ["predict.py", *map(str, arguments)])
    script.main()
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_it_learns_far_better_than_chance(run) -> None:
    assert (run.state, run.message) == (RunState.FINISHED, "")
    assert run.results["test"]["accuracy"] > 0.8


def test_examples_travel_to_the_model_as_text_and_answer_alike(store, run) -> None:
    kind, model = get_kind("series"), load_finished(store, run.id)
    gaps = np.where(np.arange(18).reshape(9, 2) % 5 == 0, np.nan, 1).astype(np.float32)
    asked = [*DATA.series[:3], gaps]
    again = [kind.from_text(kind.to_text(one)) for one in asked]
    np.testing.assert_array_equal(model.probabilities(again), model.probabilities(asked))


def test_the_bundle_answers_as_the_model_does_whatever_form_the_file_has(
    store, run, script, tmp_path, monkeypatch, capsys
) -> None:
    expected = load_finished(store, run.id).probabilities(list(DATA.series))
    np.testing.assert_allclose(script.predict(list(DATA.series)), expected, atol=1e-5)
    for name, write in (("wide.csv", as_wide_csv), ("long.csv", as_long_csv), ("made.ts", as_ts)):
        (tmp_path / name).write_text(write(DATA))
        lines = _asked(script, monkeypatch, capsys, tmp_path / name)
        assert [line[0] for line in lines] == [str(number + 1) for number in range(len(DATA))]
        assert [line[1] for line in lines] == [DATA.classes[code] for code in expected.argmax(axis=1)]
        assert (
            lines[0][2] == "(" + ", ".join(f"{n} {p:.4f}" for n, p in zip(DATA.classes, expected[0], strict=True)) + ")"
        )


def test_the_bundle_reads_lists_and_says_what_it_cannot_use(script, tmp_path, monkeypatch, capsys) -> None:
    import pandas as pd

    columns = {"x": [one[:, 0].tolist() for one in DATA.series], "y": [one[:, 1].tolist() for one in DATA.series]}
    pd.DataFrame({**columns, "label": DATA.labels}).to_parquet(tmp_path / "lists.parquet")
    lines = _asked(script, monkeypatch, capsys, tmp_path / "lists.parquet", "--output", tmp_path / "out.csv")
    assert len(lines) == len(DATA)
    assert list(pd.read_csv(tmp_path / "out.csv")["prediction"]) == [line[1] for line in lines]
    (tmp_path / "one.csv").write_text(as_wide_csv(rising_and_falling(4, 1)))
    with pytest.raises(SystemExit, match="Series 1 has 1 channels, and the model reads 2"):
        _asked(script, monkeypatch, capsys, tmp_path / "one.csv")
    with pytest.raises(SystemExit, match="There is no column mood"):
        _asked(script, monkeypatch, capsys, tmp_path / "one.csv", "--label", "mood")
