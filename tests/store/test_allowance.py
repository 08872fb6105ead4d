import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import LimitError
from seqcore.settings import Settings
from seqcore.store import Limits, RunState, Usage


def test_a_workspace_has_what_it_stored_and_nothing_of_others(store, dataset, run_ids, text, reach):
    assert store.allowance.usage("me") == Usage(3, len(text.to_parquet()))
    reach(run_ids[0], RunState.EVALUATING)
    store.artifacts.write(run_ids[0], "model.keras", bytes(1000))
    store.progress.finish(run_ids[0], state=RunState.FINISHED)
    assert store.runs.find(run_ids[0]).bytes == 1000
    assert store.allowance.usage("me") == Usage(2, len(text.to_parquet()) + 1000)
    assert store.allowance.usage("other") == Usage(0, 0)


def test_what_is_deleted_makes_room(store, run_ids, reach):
    before = store.allowance.usage("me").storage
    reach(run_ids[0], RunState.EVALUATING)
    store.artifacts.write(run_ids[0], "model.keras", bytes(1000))
    store.progress.finish(run_ids[0], state=RunState.FINISHED)
    store.runs.delete("me", [run_ids[0]])
    assert store.allowance.usage("me").storage == before


def test_too_many_runs_in_flight_are_refused_in_words_and_nothing_is_queued(store, dataset, run_ids, spec):
    store.allowance.limits = Limits(4, 10**9)
    with pytest.raises(LimitError, match="Got 2 more, with 3 there and 4 allowed"):
        store.experiments.add("me", dataset.id, [spec(seed=7), spec(seed=8)])
    assert len(store.runs.all("me")) == 3
    store.experiments.add("me", dataset.id, [spec(seed=7)])
    store.progress.request_cancel(run_ids)
    store.experiments.add("me", dataset.id, [spec(seed=8)])


def test_the_limit_of_one_workspace_is_not_touched_by_another(store, run_ids, text, spec):
    store.allowance.limits = Limits(3, 10**9)
    other = store.datasets.add("other", text)
    assert store.experiments.add("other", other.id, [spec()])


def test_a_full_storage_takes_neither_data_nor_runs(store, dataset, text, spec):
    store.allowance.limits = Limits(10, len(text.to_parquet()))
    assert store.datasets.add("me", text) == dataset  # there already
    more = LabelledText("more.csv", ("good", "bad"), ("1", "0"), None, ())
    with pytest.raises(LimitError, match="storage is full"):
        store.datasets.add("me", more)
    assert [each.name for each in store.datasets.all("me")] == ["reviews.csv"]
    store.allowance.limits = Limits(10, 10)
    with pytest.raises(LimitError, match="storage is full"):
        store.experiments.add("me", dataset.id, [spec()])


def test_the_limits_are_settings(tmp_path):
    settings = Settings(home=tmp_path, max_runs_in_flight=7, max_storage_mb=3)
    assert Limits.of(settings) == Limits(7, 3 * 1024 * 1024)
