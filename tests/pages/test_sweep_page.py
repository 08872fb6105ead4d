"""The Sweep page: a search is set up, watched, stopped, judged and deleted; trials are nowhere compared by the test."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.architectures import architectures
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.drive import Workshop
from seqcore.lab.sweep.room import SweepRoom
from seqcore.lab.sweep.space import searchable_groups
from seqcore.settings import get_settings
from seqcore.store import Store, SweepRecord, SweepState
from seqcore.ui.session import cache
from tests.instant_training import ScoringEngine
from tests.pages.conftest import NotingRoom, opened, words
from tests.pretrained_files import put_folder, zipped

WORKSPACE = "personal"
PAGE = "lab/sweep.py"


@pytest.fixture
def page(lab: AppTest) -> AppTest:
    return lab.run().switch_page(PAGE).run()


def sound(page: AppTest) -> AppTest:
    assert not page.exception
    assert not page.error, words(page)
    return page


def start(page: AppTest, store: Store, trials: int = 4) -> SweepRecord:
    page.selectbox(key="sweep-form-model").set_value("lstm").run()
    page.number_input(key="sweep-form-trials").set_value(trials).run()
    sound(page.button(key="sweep-start").click().run())
    return store.sweeps.all(WORKSPACE)[0]


def look(store: Store, times: int = 100) -> None:
    """As the server's own thread does."""
    engine = ScoringEngine(store, cache.sample("reviews"))
    room = SweepRoom(lambda: Workshop(store, lambda: engine, get_settings()))
    for _ in range(times):
        if not room.look():
            return
    room.close()


def test_units_and_learning_rate_are_ticked_with_the_ranges_that_their_declarations_suggest(page: AppTest) -> None:
    page.selectbox(key="sweep-form-model").set_value("lstm").run()
    ends = {each.label: each.value for each in sound(page).number_input if ": " in each.label}
    assert ends == {
        "Units: from": 8, "Units: to": 128, "Learning rate: from": 0.0001, "Learning rate: to": 0.01,
    }  # fmt: skip
    assert "by ratio" in words(page)
    assert not page.button(key="sweep-start").disabled


@pytest.mark.parametrize("name", [each.name for each in architectures("tokens") if not Choices().lacks(each.name)])
def test_every_declared_setting_of_every_model_can_be_ticked(page: AppTest, name: str) -> None:
    page.selectbox(key="sweep-form-model").set_value(name).run()
    for group, names in searchable_groups(name, Choices(architectures=(name,))).items():
        page.pills(key=f"sweep-form-tick-{name}-{group}").set_value(list(names))
    sound(page.run())
    assert not page.button(key="sweep-start").disabled


def test_a_model_with_an_encoder_from_train_is_searched(page: AppTest, store: Store, tmp_path: Path) -> None:
    assert "needs an encoder" in words(page)
    assert "pretrained" not in page.selectbox(key="sweep-form-model").options
    page.switch_page("lab/train.py").run()
    page.file_uploader(key="encoder-file").upload("tiny.zip", zipped(put_folder(tmp_path / "tiny"))).run()
    page.switch_page(PAGE).run()
    page.selectbox(key="sweep-form-model").set_value("pretrained").run()
    ticked = ["pretrained.train", "pretrained.encoder_rate"]
    page.pills(key="sweep-form-tick-pretrained-model").set_value(ticked).run()
    assert "Encoder tiny, 2 blocks, 8 numbers a token" in words(page)
    sound(page.button(key="sweep-start").click().run())
    (kept,) = store.sweeps.all(WORKSPACE)
    assert [each["name"] for each in kept.search["space"]] == [*ticked, "learning_rate"]
    assert store.datasets.has_pretrained(kept.dataset_id, kept.search["base"]["model"]["encoder"])


def test_what_is_asked_is_kept_and_the_page_shows_it_at_once(page: AppTest, store: Store) -> None:
    page.pills(key="sweep-form-tick-rnn-training").set_value(["optimizer"]).run()
    page.pills(key="sweep-form-values-optimizer").set_value(["adam", "sgd"]).run()
    page.number_input(key="sweep-form-To-rnn.units").set_value(64)
    page.number_input(key="sweep-form-seeds").set_value(2)
    page.toggle(key="sweep-form-prune").set_value(False)
    page.number_input(key="sweep-form-trials").set_value(7).run()
    sound(page.button(key="sweep-start").click().run())
    (kept,) = store.sweeps.all(WORKSPACE)
    assert (kept.architecture, kept.state) == ("rnn", SweepState.GOING)
    assert (kept.search["trials"], kept.search["prune"], kept.search["seeds"]) == (7, False, [0, 1])
    units, optimizer = kept.search["space"]
    assert (units["name"], units["low"], units["high"], units["log"]) == ("rnn.units", 8, 64, True)
    assert (optimizer["name"], optimizer["values"]) == ("optimizer", ["adam", "sgd"])
    assert "0 of 7 trials done" in words(page)


@pytest.mark.parametrize("key", ["training", "model"])
def test_without_a_setting_nothing_can_be_started(page: AppTest, key: str) -> None:
    page.pills(key="sweep-form-tick-rnn-training").set_value([])
    page.pills(key="sweep-form-tick-rnn-model").set_value([]).run()
    assert page.button(key="sweep-start").disabled and "Tick at least one" in words(page)


def test_a_range_that_is_empty_is_said_beside_it(page: AppTest) -> None:
    page.number_input(key="sweep-form-From-rnn.units").set_value(200).run()
    assert "From must be less than to" in words(page)


def test_the_form_is_as_it_was_after_a_visit_to_another_page(page: AppTest) -> None:
    page.number_input(key="sweep-form-trials").set_value(7).run()
    page.switch_page("lab/data.py").run().switch_page(PAGE).run()
    assert page.number_input(key="sweep-form-trials").value == 7


def test_a_sweep_is_watched_while_it_goes_on(page: AppTest, store: Store) -> None:
    kept = start(page, store)
    look(store, times=2)
    sound(page.run())
    assert "2 of 4 trials done" in words(page) or "1 of 4 trials done" in words(page)
    assert "Best on the validation texts" in words(page)
    table = page.dataframe[0].value
    assert "Lowest validation loss" in table and not any("est accuracy" in name for name in table if "Val" not in name)
    assert store.sweeps.get(WORKSPACE, kept.id).is_open


def test_why_a_sweep_waits_is_said(page: AppTest, store: Store) -> None:
    kept = start(page, store)
    store.sweeps.claim(kept.id, "driver", 60)
    store.sweeps.tell(kept.id, "driver", "Waits: Your storage is full.")
    assert "Your storage is full" in words(sound(page.run()))


def test_stop_asks_for_the_end_and_what_was_stopped_can_go_on_or_be_deleted(page: AppTest, store: Store) -> None:
    kept = start(page, store)
    look(store, times=1)
    page.run().button(key="sweep-stop").click().run()
    assert store.sweeps.get(WORKSPACE, kept.id).state == SweepState.STOPPING
    look(store)
    assert "The sweep was stopped" in words(sound(page.run()))
    page.button(key="sweep-go-on").click().run()
    assert store.sweeps.get(WORKSPACE, kept.id).state == SweepState.GOING
    look(store)
    sound(page.run()).button(key=f"confirm-sweep-{kept.id}").click().run()
    assert store.sweeps.all(WORKSPACE) == store.experiments.all(WORKSPACE) == []
    assert not page.button(key="sweep-start").disabled


def test_the_verdict_and_the_way_to_compare_stand_there_in_the_end(page: AppTest, store: Store) -> None:
    start(page, store)
    look(store)
    sound(page.run())
    assert "The sweep is over" in words(page) and "Judged on the test texts, once" in words(page)
    page.button(key="sweep-compare").click().run()
    final = store.sweeps.all(WORKSPACE)[0].final_experiment_id
    assert page.query_params["experiment"] == [final] or page.query_params["experiment"] == final
    assert len(sound(page).dataframe[0].value) == 2


def test_the_best_settings_open_the_form_of_train_without_the_seed_of_the_trials(page: AppTest, store: Store) -> None:
    kept = start(page, store)
    look(store)
    page.run().button(key="sweep-use-best").click().run()
    trials = store.sweeps.trials(kept.id)
    best = min((each for each in trials if each.loss is not None), key=lambda each: each.loss or 0)
    assert page.number_input(key="train-shared-units").value == best.settings["lstm.units"]
    assert page.number_input(key="set-seed").value == 0


def test_other_sweeps_are_listed_and_opened(page: AppTest, store: Store) -> None:
    first = start(page, store)
    look(store)
    page.run().button(key="new-sweep").click().run()
    assert "Earlier sweeps" in words(page)
    page.button(key=f"open-sweep-{first.id}").click().run()
    assert "The sweep is over" in words(sound(page))


def test_compare_shows_trials_by_their_validation_and_leads_to_those_that_are_judged(
    page: AppTest, store: Store
) -> None:
    start(page, store)
    look(store)
    kept = store.sweeps.all(WORKSPACE)[0]
    assert kept.experiment_id and kept.final_experiment_id
    store.experiments.rename(WORKSPACE, kept.experiment_id, "Any name")
    found = opened(page, "lab/compare.py", experiment=kept.experiment_id)
    assert "These are trials of a sweep" in str(found.info[0].value)
    assert not found.tabs and "Accuracy" not in found.dataframe[0].value
    found.button(key="to-judged").click().run()
    assert found.tabs and not found.info
    with_others = [each for each in found.multiselect if each.label.startswith("Compare with")]
    assert not with_others or not any("Any name" in option for option in with_others[0].options)


@pytest.mark.parametrize("script", ["lab/runs.py", "lab/train.py"])
def test_no_page_shows_test_scores_of_trials_beside_each_other(page: AppTest, store: Store, script: str) -> None:
    start(page, store)
    look(store)
    kept = store.sweeps.all(WORKSPACE)[0]
    store.experiments.delete(WORKSPACE, str(kept.final_experiment_id))
    found = words(opened(page, script, experiment=str(kept.experiment_id)))
    assert "alidation accuracy" in found and "est accuracy" not in found.replace("Latest", "")


def test_what_does_not_fit_in_memory_is_refused_at_the_control(
    page: AppTest, room: NotingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQLAB_WORKER_MEMORY_MB", "1")
    get_settings.cache_clear()
    page.run()
    assert page.button(key="sweep-start").disabled
    assert "does not fit in memory" in words(page)
