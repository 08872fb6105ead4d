"""A report is unzipped where nothing of ours is, and its script and notebook train every architecture again."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from seqcore.architectures import Architecture, architectures
from seqcore.datasets.labelled_text import LabelledText
from seqcore.export.report.archive import write_report
from seqcore.lab.plan import Choices
from seqcore.spec import RunSpec, TrainingOptions
from seqcore.store import Experiment, Store
from seqcore.worker.train import train_run
from tests.reports.clean_environment import CleanEnvironment

pytestmark = pytest.mark.report

WORDS = ("warm", "lovely", "fine", "great"), ("cold", "dreadful", "poor", "awful")
ABLE = [each for each in architectures("tokens") if not Choices().lacks(each.name)]  # with nothing beside the texts
RUNS_NOTEBOOKS = ("nbclient==0.11.0", "ipykernel==7.4.0")


def labelled(rows: int = 90) -> LabelledText:
    """Texts whose class can be learned, some of them with what a CSV file and a spreadsheet stumble over."""
    awkward = ("=1+1", "'quoted", 'say "so"', "two\nlines", "Straße, ﬁne", "")
    texts = [
        f"{awkward[n % 6]} a {WORDS[n % 2][n // 2 % 4]} film number {n % 7}, {'and long ' * (n % 5)}"
        for n in range(rows)
    ]
    return LabelledText("=films", tuple(texts), tuple(("good", "-bad")[n % 2] for n in range(rows)))


def options_of(architecture: Architecture) -> dict[str, int]:
    fields = architecture.options.model_fields
    return {name: 4 for name in ("embedding_size", "units") if name in fields}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Experiment]:
    folder = tmp_path_factory.mktemp("home")
    store, data = Store(f"sqlite:///{folder / 'lab.db'}", str(folder / "artifacts")), labelled()
    training = TrainingOptions(epochs=2, batch_size=16, learning_rate=0.01)
    unclipped = training.model_copy(update={"gradient_clipping": 0.0, "batches": "shuffled", "keep": "last"})
    specs = [
        RunSpec(
            dataset=data.content_hash, architecture=each.name, seed=3,
            training=unclipped if each.name in ("lstm", "transformer") else training,
            model=each.validate_options(options_of(each)).model_dump(),
        )
        for each in ABLE
    ]  # fmt: skip
    experiment = store.experiments.add("personal", store.datasets.add("personal", data).id, specs)
    for run_id in experiment.run_ids:
        train_run(run_id, store, "here")
    return store, experiment


@pytest.fixture(scope="module")
def unzipped(trained: tuple[Store, Experiment], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, file = tmp_path_factory.mktemp("elsewhere"), io.BytesIO()
    write_report(*trained, file)
    zipfile.ZipFile(file).extractall(folder)
    return folder


@pytest.fixture(scope="module")
def environment(unzipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CleanEnvironment]:
    root = tmp_path_factory.mktemp("environment")
    made = CleanEnvironment(root / "env", unzipped)
    made.install("-r", "requirements.txt")
    yield made
    shutil.rmtree(root)  # two gigabytes where files cannot be shared with the cache


def test_the_report_names_every_package_that_it_needs(unzipped: Path, environment: CleanEnvironment) -> None:
    lines = (unzipped / "requirements.txt").read_text().splitlines()
    assert environment.installed() == dict(line.split("==") for line in lines if not line.startswith("#"))


def test_the_script_gives_the_numbers_of_every_architecture_again(
    unzipped: Path, environment: CleanEnvironment
) -> None:
    said = environment.run("python", "train.py")
    runs = json.loads((unzipped / "experiment.json").read_text())["runs"]
    assert {run["architecture"] for run in runs} == {each.name for each in ABLE}
    assert f"{len(runs)} of {len(runs)} trainings gave the numbers of the report again." in said
    assert "data.csv is the report's, to the last byte" in said
    assert said.count("the same as the saved one") == len(runs) and "NOT" not in said
    losses = re.findall(r"  loss (\d\.\d+) in the report, (\d\.\d+) here", said)
    assert len(losses) == len(runs)
    assert all(abs(float(then) - float(now)) < 0.005 for then, now in losses)  # so the first weights were the same


def test_the_models_answer_by_themselves(environment: CleanEnvironment) -> None:
    assert "good" in environment.run("python", "runs/cnn-seed-3/predict.py", "a lovely film")


def test_a_kernel_runs_the_notebook_as_it_is(unzipped: Path, environment: CleanEnvironment) -> None:
    environment.install(*RUNS_NOTEBOOKS)
    two = "runs/gru-seed-3 runs/bag_of_words-seed-3"
    environment.run("jupyter", "execute", "notebook.ipynb", "--output", "executed", only=two)
    cells = json.loads((unzipped / "executed.ipynb").read_text(encoding="utf-8"))["cells"]
    said = "".join("".join(each.get("text", "")) for cell in cells for each in cell.get("outputs", ()))
    assert "2 of 2 trainings gave the numbers of the report again." in said
