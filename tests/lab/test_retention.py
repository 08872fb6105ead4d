"""What nobody looked at for some days goes; what somebody looked at, or what goes on, stays."""

from datetime import timedelta

import pytest

from seqcore.errors import LimitError, NotFoundError
from seqcore.lab.daily_round import go_round
from seqcore.lab.retention import ends, let_go, what_is_due
from seqcore.lab.share import Viewer, seen_experiment
from seqcore.settings import Settings
from seqcore.store import Limits, Store, SweepState
from seqcore.store.links import new_token

DAY = 24 * 60 * 60


@pytest.fixture
def finished(store, experiment):
    """The experiment, its runs ended."""
    store.progress.request_cancel(experiment.run_ids)
    return experiment


def kinds(looks):
    return [look.kind for look in looks]


def test_what_nobody_looked_at_goes_with_its_files_and_links(store, finished, clock, tmp_path):
    store.artifacts.write(finished.run_ids[0], "model.keras", b"model")
    store.links.add("me", new_token(), "experiment", finished.id, days=None)
    clock.forward(30 * DAY - 1)
    assert what_is_due(store, 30) == []
    clock.forward(1)
    assert kinds(what_is_due(store, 30)) == ["experiment", "data set"]
    assert kinds(let_go(store, 30)) == ["experiment", "data set"]
    assert not store.erasure.holdings("me")
    assert [file for file in (tmp_path / "artifacts").rglob("*") if file.is_file()] == []


def test_nothing_goes_where_all_is_kept(store, finished, clock):
    clock.forward(36_000 * DAY)
    assert let_go(store, 0) == []
    assert store.experiments.all("me") == [finished]


def test_a_look_of_a_link_holder_keeps_the_experiment_and_its_data(store, finished, clock):
    token = new_token()
    store.links.add("me", token, "experiment", finished.id, days=None)
    clock.forward(29 * DAY)
    seen_experiment(store, Viewer("you", (token,)), finished.id)
    clock.forward(29 * DAY)
    assert let_go(store, 30) == []
    (look, _) = store.last_looks.all("me")
    assert ends(look, 30) == clock.now + timedelta(days=1)


def test_asking_about_a_run_on_the_command_line_is_a_look(store, finished, clock):
    clock.forward(29 * DAY)
    store.runs.get("me", finished.run_ids[0])
    clock.forward(29 * DAY)
    assert let_go(store, 30) == []


def test_what_goes_on_is_never_deleted(store, experiment, clock):
    clock.forward(100 * DAY)
    assert let_go(store, 30) == []
    store.progress.request_cancel(experiment.run_ids)
    clock.forward(29 * DAY)
    assert let_go(store, 30) == []  # it ended 29 days ago


def test_a_sweep_keeps_its_data_while_it_goes_on_and_goes_after_it(store, finished, clock):
    sweep = store.sweeps.add("me", finished.dataset_id, "rnn", {})
    clock.forward(100 * DAY)
    assert kinds(let_go(store, 30)) == ["experiment"]  # the sweep goes on
    store.sweeps.claim(sweep.id, "driver", 60.0)
    store.sweeps.end(sweep.id, "driver", SweepState.FINISHED, "")
    clock.forward(30 * DAY)
    assert kinds(let_go(store, 30)) == ["sweep", "data set"]


def test_of_several_servers_one_goes_round_and_again_a_day_later(store, finished, clock):
    other, settings = Store(store.database_url, store.artifacts_url, clock=clock), Settings(keep_days=30)
    clock.forward(31 * DAY)
    assert [go_round(each, settings, every=timedelta(days=1)) for each in (store, other, store)] == [True, False, False]
    with pytest.raises(NotFoundError):
        other.experiments.get("me", finished.id)
    clock.forward(DAY)
    assert [go_round(each, settings, every=timedelta(days=1)) for each in (other, store)] == [True, False]
    other.close()


def test_all_workspaces_together_have_so_much_room(store, data, specs, caplog):
    full = Store(store.database_url, store.artifacts_url, limits=Limits(100, 10**9, total=500))
    dataset = store.datasets.add("you", data)
    assert dataset.bytes > 500
    with pytest.raises(LimitError, match="tell whoever runs this server"):
        full.datasets.add("me", data)
    with pytest.raises(LimitError, match="all who use it together"):
        full.experiments.add("you", dataset.id, specs)
    assert "SEQLAB_MAX_TOTAL_STORAGE_MB" in caplog.text
    roomy = Store(store.database_url, store.artifacts_url, limits=Limits(100, 10**9, total=100_000))
    roomy.experiments.add("me", roomy.datasets.add("me", data).id, specs)
    for each in (full, roomy):
        each.close()
