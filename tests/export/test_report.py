"""A report: everything of an experiment in one zip that needs nothing else, whatever people wrote into it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.analysis.predictions import VALIDATION_FILE, write_predictions
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.split import split_rows
from seqcore.errors import NotFoundError
from seqcore.export.report.archive import write_report
from seqcore.export.tables import write_exact_csv
from seqcore.spec import RunSpec, SplitOptions
from seqcore.store import Experiment, Store
from tests.kinds.waves import labelled_waves
from tests.pages.finished import HOSTILE, WORKSPACE, finish, finished_experiment, labelled

MODELS = [("lstm", 0), ("lstm", 1), ("bag_of_words", 0), ("transformer", 3)]
NAME = f"{HOSTILE}\\input{{/etc/passwd}} $x_1$ & 100% ~ \ue000<b>"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("home")
    return Store(f"sqlite:///{folder / 'lab.db'}", str(folder / "artifacts"))


def report_of(store: Store, experiment: Experiment) -> zipfile.ZipFile:
    file = io.BytesIO()
    write_report(store, experiment, file)
    return zipfile.ZipFile(file)


@pytest.fixture(scope="module")
def hostile(store: Store) -> zipfile.ZipFile:
    """Of an experiment whose every name is an attack; one of its runs never ended."""
    texts = tuple(f"{('=1+1', HOSTILE, chr(39) + '=2', 'a fine film')[n % 4]} number {n}" for n in range(120))
    data = LabelledText(NAME, texts, tuple(("=<script>", NAME)[n % 2] for n in range(120)), notes=(NAME,))
    experiment = finished_experiment(store, MODELS, data=data)
    specs = [RunSpec(dataset=data.content_hash, architecture="gru", seed=7)]
    with_unfinished = store.experiments.add(WORKSPACE, experiment.dataset_id, [*map(_spec(data), MODELS), *specs], NAME)
    runs = store.runs.of(WORKSPACE, with_unfinished.id)
    for number, run in enumerate(runs[:-1]):
        finish(store, run, data, skill=2.0 + number)
    store.runs.rename(WORKSPACE, runs[0].id, NAME)
    return report_of(store, with_unfinished)


def _spec(data: LabelledText):
    return lambda model: RunSpec(dataset=data.content_hash, architecture=model[0], seed=model[1])


class Tags(HTMLParser):
    """Every element of a page, with the names of its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


def test_the_page_has_every_part_of_a_report(hostile: zipfile.ZipFile) -> None:
    page = hostile.read("report.html").decode()
    parts = re.findall(r"<h2>(.*?)</h2>", page)
    assert parts == [
        "Verdict", "Accuracy", "How they learned", "What is taken for what", "F1 of each class", "Settings",
        "Data card", "What is not shown", "What lies beside this page", "Environment",
    ]  # fmt: skip


def test_the_page_fetches_nothing_and_runs_nothing_whatever_people_wrote(hostile: zipfile.ZipFile) -> None:
    page = hostile.read("report.html").decode()
    assert "default-src 'none'" in page
    for tag, attributes in Tags(page).found:
        if tag == "img":  # ours, which are whole in the page
            assert attributes.pop("src").startswith("data:image/svg+xml,%3Csvg")
        assert tag not in {"script", "a", "link", "iframe", "object", "form", "input", "image", "use", "b"}
        assert not any(name.startswith("on") or name in {"src", "href", "xlink:href"} for name in attributes)
        assert "url(" not in (attributes.get("style") or "")


def test_the_page_says_what_it_tells_nothing_of(hostile: zipfile.ZipFile) -> None:
    page = hostile.read("report.html").decode()
    assert re.search(r"of which nothing is told.*GRU \(seed 7\).*queued when this report was made", page)


def test_an_experiment_without_a_score_has_no_report(store: Store) -> None:
    data = LabelledText("none", ("a b", "b c", "c d", "d e"), ("x", "y", "x", "y"))
    dataset = store.datasets.add(WORKSPACE, data)
    experiment = store.experiments.add(WORKSPACE, dataset.id, [RunSpec(dataset=data.content_hash, architecture="rnn")])
    with pytest.raises(NotFoundError, match="No model of this experiment has a score yet"):
        write_report(store, experiment, io.BytesIO())


def test_the_data_come_back_to_the_letter_with_their_parts(hostile: zipfile.ZipFile) -> None:
    about = json.loads(hostile.read("experiment.json"))
    stored = hostile.read("data.csv")
    assert hashlib.sha256(stored).hexdigest() == about["data"]["sha256"]
    rows = list(csv.DictReader(io.StringIO(stored.decode("utf-8-sig"), newline="")))
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 121)]
    assert {row["part"] for row in rows} == {"train", "validation", "test"}
    assert as_it_was(rows[0]["text"]) == "=1+1 number 0"
    assert as_it_was(rows[2]["text"]) == "'=2 number 2"
    assert {as_it_was(row["label"]) for row in rows} == set(about["classes"])


def test_every_run_has_its_model_its_answers_and_its_settings(hostile: zipfile.ZipFile) -> None:
    names = set(hostile.namelist())
    runs = json.loads(hostile.read("experiment.json"))["runs"]
    assert [run["folder"] for run in runs] == [
        "runs/lstm-seed-0", "runs/lstm-seed-1", "runs/bag_of_words-seed-0", "runs/transformer-seed-3",
    ]  # fmt: skip
    for run in runs:
        for file in ("model.keras", "tokenizer.json", "run.json", "evaluation.json", "predictions.csv", "predict.py"):
            assert f"{run['folder']}/{file}" in names
        RunSpec.model_validate(run["spec"])


def test_a_text_file_says_how_to_begin_and_what_each_file_is(hostile: zipfile.ZipFile) -> None:
    said = hostile.read("readme.txt").decode()
    assert "python -m pip install -r requirements.txt" in said and "python train.py" in said
    for name in hostile.namelist():
        assert f"\n{name.split('/')[0]}" in said or name == "report.html"


def test_the_requirements_are_exact(hostile: zipfile.ZipFile) -> None:
    about = json.loads(hostile.read("experiment.json"))["environment"]
    lines = hostile.read("requirements.txt").decode().splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert pinned.items() >= {name: number for name, number in about.items() if name != "Python"}.items()
    assert {"protobuf", "ml-dtypes", "huggingface-hub", "joblib"} <= pinned.keys()  # what those need in turn


def test_all_names_in_the_zip_are_ours(hostile: zipfile.ZipFile) -> None:
    assert all(re.fullmatch(r"[a-z0-9_./-]+", name) and ".." not in name for name in hostile.namelist())


def test_the_latex_table_holds_no_command_of_others(hostile: zipfile.ZipFile) -> None:
    table = hostile.read("table.tex").decode().partition("\\begin{table}")[2]
    assert "\\input" not in table and "<img" not in table
    assert table.count("\\\\") == 1 + 3  # the heading, and a line for each model
    assert r"\textbackslash{}input\{/etc/passwd\}" in table
    assert "\\caption[Models on 24 test texts]{" in table  # nothing of others in a list of tables


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.integers()), max_size=6))
def test_every_cell_of_the_exact_csv_comes_back(rows: list[tuple[str, int]]) -> None:
    file = io.BytesIO()
    write_exact_csv(file, ("=text", "number"), rows)
    head, *read = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert head == ["'=text", "number"]
    assert [(as_it_was(text), int(number)) for text, number in read] == rows
    assert not any(cell.lstrip(" \0\u200b\ufeff").startswith(tuple("=@\t\r\n|%")) for cell, _ in read)


def as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def test_other_kinds_of_data_leave_as_parquet(store: Store) -> None:
    data = labelled_waves()
    dataset = store.datasets.add(WORKSPACE, data)
    spec = RunSpec(dataset=data.content_hash, architecture="gru", input={"kind": "waves"})
    experiment = store.experiments.add(WORKSPACE, dataset.id, [spec])
    (run,) = store.runs.of(WORKSPACE, experiment.id)
    finish(store, run, data, skill=2.0)
    archive = report_of(store, experiment)
    assert archive.read("data.parquet") == data.to_parquet()
    assert "waves" in archive.read("report.html").decode()


def test_the_parts_are_those_that_a_run_was_trained_on_whatever_is_drawn_today(store: Store) -> None:
    data = labelled(name="kept")
    experiment = finished_experiment(store, [("rnn", 0)], data=data)
    (run,) = store.runs.of(WORKSPACE, experiment.id)
    drawn = split_rows(data, run.spec.drawn_split)
    kept = drawn.train[:5]
    told = np.full((5, 2), 0.5), data.classes
    table = write_predictions(kept, [data.texts[row] for row in kept], data.codes()[kept], *told)
    store.artifacts.write(run.id, VALIDATION_FILE, table)
    stored = report_of(store, experiment).read("data.csv").decode("utf-8-sig")
    parts = [row["part"] for row in csv.DictReader(io.StringIO(stored, newline=""))]
    assert [row for row, part in enumerate(parts) if part == "validation"] == kept.tolist()
    assert [row for row, part in enumerate(parts) if part == "test"] == drawn.test.tolist()


def test_rows_that_a_share_of_the_training_part_leaves_out_are_in_no_part(store: Store) -> None:
    data, split = labelled(name="shared"), SplitOptions(training_share=0.25)
    archive = report_of(store, finished_experiment(store, [("rnn", 0)], data=data, split=split))
    stored = archive.read("data.csv").decode("utf-8-sig")
    parts = [row["part"] for row in csv.DictReader(io.StringIO(stored, newline=""))]
    drawn = split_rows(data, split)
    assert [row for row, part in enumerate(parts) if part == "train"] == drawn.train.tolist()
    assert parts.count("unused") == len(data) - sum(map(len, (drawn.train, drawn.validation, drawn.test)))
    assert "learn from 25\u00a0% of the other rows" in archive.read("report.html").decode()


def test_runs_that_each_drew_a_split_of_their_own_have_their_parts_in_columns_of_their_own(store: Store) -> None:
    data, split = labelled(name="anew"), SplitOptions(split_each_seed=True)
    models = [("rnn", 0), ("rnn", 1), ("lstm", 0), ("lstm", 1)]
    archive = report_of(store, finished_experiment(store, models, data=data, split=split))
    rows = list(csv.DictReader(io.StringIO(archive.read("data.csv").decode("utf-8-sig"), newline="")))
    told = json.loads(archive.read("experiment.json"))["runs"]
    assert {(run["seed"], run["part"]) for run in told} == {(0, "part_1"), (1, "part_2")}
    for run in told:
        test = split_rows(data, split.drawn_for(run["seed"])).test.tolist()
        assert [row for row, parts in enumerate(rows) if parts[run["part"]] == "test"] == test


def test_made_again_on_the_same_day_it_is_the_same_to_the_byte(store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    days = [datetime(2026, 11, 29, hour, tzinfo=UTC) for hour in (1, 23)]
    files = [io.BytesIO(), io.BytesIO()]
    for day, file in zip(days, files, strict=True):
        write_report(store, experiment, file, made=day)
    assert files[0].getvalue() == files[1].getvalue()


def test_the_zip_is_written_to_what_can_only_be_written(store: Store, tmp_path: Path) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])

    class Pipe(io.RawIOBase):
        written = b""

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    write_report(store, experiment, pipe)
    assert "report.html" in zipfile.ZipFile(io.BytesIO(pipe.written)).namelist()
