"""Compare trains on parts of the rows when it is pressed, follows that, and says what more would bring."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.lab.data_curve.parts import MORE_SHARES, SHARES, Parts, parts_of, train_parts
from seqcore.store import Experiment, RunState, Store
from seqcore.ui.kit import charts
from seqcore.ui.session import sharing
from tests.pages.conftest import NotingRoom, words
from tests.pages.finished import HOSTILE, WORKSPACE
from tests.parts import AtOnce, trained_on_all, trained_on_parts

TAB = "How much data?"


def opened(lab: AppTest, experiment: Experiment, tab: str = TAB) -> AppTest:
    lab.query_params["experiment"] = experiment.id
    lab.session_state["compare-tabs"] = tab
    page = lab.run().switch_page("lab/compare.py").run()
    assert not page.exception and not page.error
    return page


def said(page: AppTest) -> str:
    return "\n".join([words(page), *(str(each.value) for each in page.get("html"))])


def test_a_press_trains_every_model_on_every_share_and_says_how_long_it_takes(
    lab: AppTest, store: Store, room: NotingRoom
) -> None:
    experiment = trained_on_all(store, [("rnn", 0), ("lstm", 0)])
    page = opened(lab, experiment)
    button = page.button(key="train-parts")
    assert button.label.startswith("Train on 10 to 56\N{NO-BREAK SPACE}% of the rows (about ")
    button.click().run()
    assert not page.exception
    parts = parts_of(store, experiment)
    assert [run.id for run in parts] == room.submitted
    assert len(parts) == 2 * len(SHARES) * 3
    assert page.query_params["experiment"] in (experiment.id, [experiment.id])


def test_models_can_be_left_out(lab: AppTest, store: Store, room: NotingRoom) -> None:
    experiment = trained_on_all(store, [("rnn", 0), ("lstm", 0)])
    page = opened(lab, experiment)
    page.pills(key="parts-models-rnn-lstm").set_value(["lstm"]).run()
    page.button(key="train-parts").click().run()
    assert {run.architecture for run in parts_of(store, experiment)} == {"lstm"}


def test_nothing_chosen_is_nothing_to_press(lab: AppTest, store: Store) -> None:
    page = opened(lab, trained_on_all(store, [("rnn", 0), ("lstm", 0)]))
    page.pills(key="parts-models-rnn-lstm").set_value([]).run()
    assert page.button(key="train-parts").disabled


def test_while_they_train_the_tab_says_how_far_they_are_and_can_stop_them(
    lab: AppTest, store: Store, room: NotingRoom
) -> None:
    experiment = trained_on_all(store, [("rnn", 0)])
    run_ids = train_parts(store, WORKSPACE, experiment.id, Parts(), submit=list)
    AtOnce(store).submit(run_ids[:5])
    page = opened(lab, experiment)
    assert page.get("progress")[0].proto.text == "5 of 12 trainings on parts of the rows done"
    assert "train-parts" not in {button.key for button in page.button}
    page.button(key="stop-parts").click().run()
    assert sorted(room.cancelled) == sorted(run_ids[5:])
    assert "7 trainings on parts of the rows did not come to an end" in words(page)
    assert page.button(key="train-parts").label.startswith("Train on")


def test_what_was_found_is_said_drawn_and_in_a_table(
    lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    alts: list[str] = []
    monkeypatch.setattr(charts, "show", lambda figure, *, key, alt, **_: alts.extend([alt] * (key == "data-curves")))
    experiment = trained_on_parts(store, [("rnn", 0), ("rnn", 1), ("rnn", 2), ("bag_of_words", 0)])
    page = opened(lab, experiment)
    assert "With twice the texts, RNN would get about" in said(page)
    assert "This assumes that the error goes on falling" in said(page)
    (alt,) = alts
    assert "RNN" in alt and "Bag of words" in alt and "foretold for 2,592" in alt
    table = page.dataframe[-1].value
    of_rnn = table[table["Model"] == "RNN"]
    assert list(of_rnn["Training texts"]) == [65, 117, 207, 363, 648, 1296, 2592]
    assert list(of_rnn["Runs"]) == ["3"] * 5 + ["forecast"] * 2
    assert all(of_rnn["95 % interval"][-2:]) and not any(of_rnn["95 % interval"][:-2])


def test_where_it_is_still_open_more_parts_are_offered_until_there_are_none(
    lab: AppTest, store: Store, room: NotingRoom
) -> None:
    experiment = trained_on_all(store, [("rnn", 0)])
    train_parts(store, WORKSPACE, experiment.id, Parts(), submit=AtOnce(store, skill=1.0).submit)  # a leap at the end
    page = opened(lab, experiment)
    assert "cannot be told" in said(page)
    assert page.button(key="train-parts").label.startswith("Train on 13 to 75")
    page.button(key="train-parts").click().run()
    new = room.submitted
    assert {store.runs.get(WORKSPACE, run_id).spec.split.training_share for run_id in new} == set(MORE_SHARES)
    AtOnce(store).submit(new)
    assert "train-parts" not in {button.key for button in page.run().button}


def test_a_failed_part_is_said_with_its_reason_and_can_be_trained_again(lab: AppTest, store: Store) -> None:
    experiment = trained_on_parts(store, [("rnn", 0)], Parts(seeds=1, shares=SHARES[1:]))
    run_ids = train_parts(store, WORKSPACE, experiment.id, Parts(seeds=1), submit=list)
    store.progress.finish(run_ids[0], state=RunState.FAILED, message=f"No room {HOSTILE}")
    page = opened(lab, experiment)
    assert "1 training on parts of the rows did not come to an end and is not counted." in words(page)
    assert "No room" in words(page)
    assert "<img" not in words(page).replace("\\<img", "")
    assert "a curve takes 4 sizes" not in said(page)
    page.button(key="train-parts").click().run()
    assert "did not come to an end" not in words(page)


def test_whoever_holds_a_link_may_look_but_not_train(
    lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = trained_on_parts(store, [("rnn", 0)], Parts(seeds=1))
    monkeypatch.setattr(sharing, "is_ours", lambda _thing: False)
    page = opened(lab, experiment)
    assert "RNN" in said(page)
    assert "train-parts" not in {button.key for button in page.button}


def test_parts_are_no_rivals_but_lead_to_the_curves(lab: AppTest, store: Store) -> None:
    experiment = trained_on_parts(store, [("rnn", 0)], Parts(seeds=1))
    (beside,) = store.experiments.from_origin(WORKSPACE, experiment.id)
    page = opened(lab, beside, "Learning curves")
    assert "points of the curves of" in page.info[0].value
    assert not page.dataframe
    page.button(key="to-origin").click().run()
    assert not page.exception
    assert page.session_state["compare-tabs"] == TAB
    assert page.dataframe


def test_parts_whose_experiment_is_gone_say_so(lab: AppTest, store: Store) -> None:
    experiment = trained_on_parts(store, [("rnn", 0)], Parts(seeds=1))
    (beside,) = store.experiments.from_origin(WORKSPACE, experiment.id)
    store.experiments.delete(WORKSPACE, experiment.id)
    page = opened(lab, beside, "Learning curves")
    assert "was deleted" in page.info[0].value


def test_parts_are_neither_the_newest_experiment_nor_among_those_to_compare_with(lab: AppTest, store: Store) -> None:
    experiment = trained_on_parts(store, [("rnn", 0)], Parts(seeds=1))
    page = lab.run().switch_page("lab/compare.py").run()
    assert not page.exception
    assert page.query_params["experiment"] in (experiment.id, [experiment.id])
    assert not page.multiselect
