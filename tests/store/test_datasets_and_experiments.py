import re

import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import DataError, NotFoundError, SeqlabError
from seqcore.store import RunState


def test_a_data_set_comes_back_as_it_was(store, dataset, text):
    found = store.datasets.get("me", dataset.id)
    assert found == dataset
    assert (found.rows, found.classes, found.content_hash) == (3, ("0", "1"), text.content_hash)
    assert found.created.utcoffset().total_seconds() == 0
    again = store.datasets.load(found)
    assert (again.texts, again.labels) == (text.texts, text.labels)


def test_the_same_content_under_the_same_name_is_kept_once(store, dataset, text):
    assert store.datasets.add("me", text) == dataset
    assert len(store.datasets.all("me")) == 1


def test_the_same_content_in_another_workspace_is_another_data_set(store, dataset, text):
    assert store.datasets.add("you", text).id != dataset.id


def test_adding_again_brings_a_lost_file_back(store, dataset, text):
    store.files.remove(f"datasets/{dataset.id}")
    store.datasets.add("me", text)
    assert store.datasets.load(dataset).texts == text.texts


def test_a_damaged_file_is_said_to_be_damaged(store, dataset):
    store.files.write(f"datasets/{dataset.id}", "data.parquet", b"junk")
    with pytest.raises(DataError, match="damaged"):
        store.datasets.load(dataset)


def test_a_file_with_other_content_is_said_to_be_damaged(store, dataset):
    other = LabelledText("reviews.csv", ("evil", "bad"), ("1", "0"), None, ())
    store.files.write(f"datasets/{dataset.id}", "data.parquet", other.to_parquet())
    with pytest.raises(DataError, match="damaged"):
        store.datasets.load(dataset)


@pytest.mark.parametrize("name", ["../../etc/passwd", "nul\x00.csv", "\ud800", "x" * 5000, "<img src=x onerror=1>", ""])
def test_any_name_of_a_data_set_can_be_kept(store, name):
    kept = store.datasets.add("me", LabelledText(name, ("a", "b"), ("1", "0"), None, ()))
    assert 0 < len(kept.name) <= 200
    assert store.datasets.get("me", kept.id) == kept


def test_an_experiment_queues_its_runs_in_order(store, dataset, spec):
    specs = [spec("lstm", 1), spec("lstm", 0), spec("rnn", 0)]
    experiment = store.experiments.add("me", dataset.id, specs)
    runs = store.runs.of("me", experiment.id)
    assert [run.spec for run in runs] == specs
    assert [run.id for run in runs] == list(experiment.run_ids)
    assert [run.name for run in runs] == ["lstm, seed 1", "lstm, seed 0", "rnn"]
    assert {run.state for run in runs} == {RunState.QUEUED}
    assert experiment.name == "reviews.csv"


def test_experiments_are_listed_newest_first(store, dataset, spec, clock):
    first = store.experiments.add("me", dataset.id, [spec()], "first")
    clock.forward(1)
    second = store.experiments.add("me", dataset.id, [spec()], "second")
    assert store.experiments.all("me") == [second, first]
    assert [run.experiment_id for run in store.runs.all("me")] == [second.id, first.id]


def test_another_workspace_finds_nothing(store, dataset, run_ids):
    experiment_id = store.runs.find(run_ids[0]).experiment_id
    for look_up in (
        lambda: store.datasets.get("you", dataset.id),
        lambda: store.experiments.get("you", experiment_id),
        lambda: store.runs.get("you", run_ids[0]),
        lambda: store.runs.rename("you", run_ids[0], "mine"),
        lambda: store.experiments.rename("you", experiment_id, "mine"),
        lambda: store.runs.delete("you", [run_ids[0]]),
        lambda: store.experiments.delete("you", experiment_id),
        lambda: store.experiments.add("you", dataset.id, [store.runs.find(run_ids[0]).spec]),
    ):
        with pytest.raises(NotFoundError):
            look_up()
    assert store.datasets.all("you") == store.experiments.all("you") == store.runs.all("you") == []
    assert len(store.runs.all("me")) == 3


def test_workers_find_the_data_set_of_a_run(store, dataset, run_ids):
    assert store.datasets.of_run(run_ids[0]) == store.datasets.find(dataset.id) == dataset


def test_ids_are_safe_on_a_command_line_and_in_a_path(store, dataset, spec):
    specs = [spec(seed=seed) for seed in range(300)]
    experiment = store.experiments.add("me", dataset.id, specs)
    assert all(re.fullmatch(r"[A-Za-z0-9][\w-]{15}", run.id, re.ASCII) for run in store.runs.of("me", experiment.id))


def test_names_can_be_changed_but_not_emptied(store, run_ids):
    run = store.runs.find(run_ids[0])
    store.runs.rename("me", run.id, " my\nrun ")
    store.runs.rename("me", run.id, "  ")
    store.experiments.rename("me", run.experiment_id, "Monday")
    assert store.runs.get("me", run.id).name == "my run"
    assert store.experiments.get("me", run.experiment_id).name == "Monday"


def test_a_data_set_in_use_cannot_be_deleted(store, dataset, run_ids, reach):
    with pytest.raises(SeqlabError, match="used"):
        store.datasets.delete("me", dataset.id)
    for run_id in run_ids:
        reach(run_id, RunState.CANCELLED)
    store.experiments.delete("me", store.runs.find(run_ids[0]).experiment_id)
    store.datasets.delete("me", dataset.id)
    assert store.datasets.all("me") == []
    assert not store.files.has(f"datasets/{dataset.id}", "data.parquet")


def test_an_experiment_without_runs_is_refused(store, dataset):
    with pytest.raises(ValueError, match="at least one"):
        store.experiments.add("me", dataset.id, [])


def test_an_experiment_is_found_by_its_id_alone(store, dataset, spec):
    mine = store.experiments.add("me", dataset.id, [spec("rnn")])
    assert store.experiments.find(mine.id) == mine
    with pytest.raises(NotFoundError):
        store.experiments.find("nosuchexperiment")
