import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import LimitError
from seqcore.settings import Settings
from seqcore.store import Limits, RunState, Usage
from seqcore.store.turns import places_of


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
    assert Limits.of(settings) == Limits(7, 3 * 1024 * 1024, 0, 400)


@pytest.fixture
def from_one_address(store, monkeypatch, text):
    """Workspaces whose visitors come from one address; `start(name)` queues a run of one of them."""
    monkeypatch.setattr(store.allowance, "_place_of", lambda name: "address-1" if name.startswith("cookie") else "")

    def start(name, *specs):
        dataset = store.datasets.add(name, text)
        return store.experiments.add(name, dataset.id, list(specs)).run_ids

    return start


def test_cookies_of_one_address_are_bounded_together_and_others_are_not(store, from_one_address, spec):
    store.allowance.limits = Limits(10, 10**9, runs_per_address=3)
    first = from_one_address("cookie 1", spec(), spec(seed=1))
    from_one_address("cookie 2", spec())
    with pytest.raises(LimitError, match=r"at your internet address\. Got 1 more, with 3 there and 3 allowed"):
        from_one_address("cookie 3", spec())
    assert store.runs.all("cookie 3") == []
    from_one_address("account", spec(), spec(seed=1), spec(seed=2), spec(seed=3))
    store.progress.request_cancel(first)
    assert from_one_address("cookie 3", spec())


def test_cookies_of_one_address_share_one_place_in_the_queue(store, from_one_address, spec):
    greedy = [run for number in range(11) for run in from_one_address(f"cookie {number}", spec(), spec(seed=1))]
    mine = from_one_address("me", spec())
    store.queue.claim([*greedy, *mine], "engine")
    assert store.queue.waiting("engine").index(mine[0]) == 1


def test_a_place_is_forgotten_when_nothing_of_its_workspace_waits_any_more(store, from_one_address, spec, clock):
    store.progress.request_cancel(from_one_address("cookie 1", spec()))
    from_one_address("cookie 2", spec())
    clock.forward(2 * 86_400)
    from_one_address("cookie 3", spec())
    with store.database.reading() as connection:
        found = places_of(connection, ["cookie 1", "cookie 2", "cookie 3"])
    assert set(found) == {"cookie 2", "cookie 3"}
