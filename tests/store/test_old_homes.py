"""A home folder of an older version opens, is brought up to date, and every run in it can be read."""

import pytest

from seqcore.architectures import get_architecture
from seqcore.spec.run import VERSION
from seqcore.store import RunState
from seqcore.store.artifacts import CHECKPOINT
from tests.old_homes.opening import KEPT, WORKSPACE, answers, copy_home, left_alone_and_interrupted

pytestmark = pytest.mark.sqlite


@pytest.fixture(params=sorted(KEPT))
def version(request):
    return request.param


@pytest.fixture
def old(version, tmp_path):
    store = copy_home(version, tmp_path / "home")
    yield store
    store.close()


def test_every_run_reads_as_its_version_listed_it(version, old):
    listed = {run["run"]: run for run in answers(version)["runs"]}
    runs = old.runs.all(WORKSPACE)
    assert len(runs) == len(listed) == 6
    for run in runs:
        said = listed[run.id]
        assert run.problem == ""
        assert (run.architecture, run.seed, run.state.value, run.parameters) == (
            said["architecture"], said["seed"], said["state"], said["parameters"],
        )  # fmt: skip
        assert (run.scores.accuracy if run.scores else None) == (said["test"] or {}).get("accuracy")


def test_settings_are_todays_and_the_model_can_be_built(old):
    for run in old.runs.all(WORKSPACE):
        assert (run.spec.version, run.spec.input.kind) == (VERSION, "text")
        get_architecture(run.architecture).validate_options(run.spec.model)
        small = {"units", "embedding_size"} & run.spec.model.keys()
        assert all(run.spec.model[name] == 2 for name in small)


def test_data_numbers_and_files_are_there(old):
    (dataset,) = old.datasets.all(WORKSPACE)
    data = old.datasets.load(dataset)
    assert (len(data), dataset.kind, data.classes) == (80, "text", ("bad", "good"))
    for run in old.runs.all(WORKSPACE):
        assert old.datasets.of_run(run.id) == dataset
        assert old.artifacts.has(run.id, "model.keras") == (run.state is RunState.FINISHED)
    undisturbed, interrupted = left_alone_and_interrupted(old)
    assert len(old.measurements.rows([undisturbed.id])) > len(old.measurements.rows([interrupted.id])) > 0
    assert old.artifacts.has(interrupted.id, CHECKPOINT)
    assert undisturbed.identity == interrupted.identity


def test_what_is_old_can_be_resumed_renamed_and_deleted(old):
    _, interrupted = left_alone_and_interrupted(old)
    assert old.queue.resume(WORKSPACE, [interrupted.id]) == [interrupted.id]
    old.progress.request_cancel([interrupted.id])
    old.runs.rename(WORKSPACE, interrupted.id, "Another name")
    assert old.runs.find(interrupted.id).name == "Another name"
    for experiment in old.experiments.all(WORKSPACE):
        old.experiments.delete(WORKSPACE, experiment.id)
    (dataset,) = old.datasets.all(WORKSPACE)
    old.datasets.delete(WORKSPACE, dataset.id)
    assert old.allowance.usage(WORKSPACE).storage == 0
