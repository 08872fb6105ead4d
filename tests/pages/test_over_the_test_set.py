"""Over the test set on Look inside: words by class; rows in which two models or two maps disagree, one press away."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.analysis.apart import furthest_apart
from seqcore.analysis.predictions import TEST_FILE
from seqcore.spec import RunSpec, SplitOptions
from seqcore.store import Experiment, Store
from seqcore.store.moments import Moments, write_moments
from seqcore.ui.pages.look import open_tab, tabs
from seqcore.ui.session import results
from seqcore.ui.session.kept import shelf
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, WORKSPACE, AnsweringEngine, finish, finished_experiment, labelled
from tests.pages.test_attention_page import opened

TAB = "Over the test set"
MODELS = [("lstm_attention", 0), ("rnn", 0), ("bag_of_words", 0)]
APART, MAPS = "Where models disagree", "Where attention and attribution disagree"


def at(lab: AppTest, experiment: Experiment, part: str = "") -> AppTest:
    page = opened(lab, experiment.id, TAB)
    if part:
        page.segmented_control(key="look-over").set_value(part).run()
        assert not page.exception
    return page


def names(store: Store, engine: AnsweringEngine) -> list[str]:
    return [store.runs.find(run_id).architecture for _, run_id, _ in engine.asked]


def test_every_model_tells_its_words_class_by_class_with_counts(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = at(lab, finished_experiment(store, MODELS))
    assert sorted(names(store, engine)) == ["bag_of_words", "lstm_attention", "rnn"]
    assert len(page.dataframe) == 3, "of the second class there is no text"
    table = page.dataframe[0].value
    assert list(table["Word"]) == ["hello", "unknown words", "<b>:red[x]"]
    assert list(table["Times"]) == [30, 12, 1] and list(table["Texts"]) == [15, 6, 1]
    assert list(table["±"]) == ["0.5", "0.1", "–"] and list(table["Mean"])[1] == "\N{MINUS SIGN}1"
    said = words(page)
    assert "**ham** · 20 texts, 3 different words" in said and "None of the texts." in said
    assert "over 20 test texts of 24 drawn: the others have no word" in said and "not shown to be used" in said


def test_attention_is_asked_of_models_that_have_some_and_the_others_say_why(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = at(lab, finished_experiment(store, MODELS))
    engine.asked.clear()
    page.segmented_control(key="look-drawn").set_value("attention").run()
    assert names(store, engine) == ["lstm_attention"]
    assert "has no attention to show" in words(page)
    page.segmented_control(key="look-drawn-by").set_value("truth").run()
    assert [(request.method, request.by) for _, _, request in engine.asked] == [
        ("attention", "answer"), ("attention", "truth"),
    ]  # fmt: skip


def test_a_word_is_found_and_one_that_the_model_does_not_know_is_said_to_be(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = at(lab, finished_experiment(store, [("rnn", 0)]))
    search = page.text_input(key="look-drawn-word")
    search.set_value("HELL").run()
    assert list(page.dataframe[0].value["Word"]) == ["hello"]
    search.set_value("unheard").run()
    assert "The model does not know “unheard”" in words(page) and not page.dataframe
    search.set_value("*x*").run()
    assert "is in no word that is told of these texts" in words(page) and not page.exception


def test_of_many_classes_those_with_most_texts_are_shown_and_others_can_be_chosen(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = at(lab, finished_experiment(store, [("rnn", 0)], data=labelled(classes=tuple("abcde"), rows=200)))
    chosen = page.multiselect(key="look-drawn-classes")
    assert chosen.value == ["a", "b", "c"] and len(page.dataframe) == 3
    chosen.set_value(["d", "e"]).run()
    assert len(page.dataframe) == 1 and "**d** · 20 texts" in words(page)


def test_the_rows_about_which_two_models_are_furthest_apart_come_first_with_answers_and_truth(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, [("lstm", 0), ("rnn", 1)], skill=0.5)
    page = at(lab, experiment, APART)
    engine.asked.clear()
    page.run()
    assert not engine.asked, "what the models answered is known"
    runs = {run.architecture: run for run in store.runs.of(WORKSPACE, experiment.id)}
    found = furthest_apart(*(results.predictions_of(runs[name].id) for name in ("lstm", "rnn")))
    said = words(page)
    assert f"answer {found.other_answer} of {len(found.rows)} test texts differently" in said
    assert said.count("points apart") == 8 and f"{100 * found.distance[0]:.1f}\N{NO-BREAK SPACE}points apart" in said
    buttons = [button for button in page.button if button.key.startswith("apart-")]
    assert [int(button.key.rsplit("-", 1)[1]) for button in buttons] == found.rows[:8].tolist()


def test_a_press_makes_the_row_the_text_and_goes_to_what_mattered(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    assert open_tab.WHAT_MATTERED in tabs.TABS
    experiment = finished_experiment(store, [("lstm", 0), ("rnn", 1)], skill=0.5)
    page = at(lab, experiment, APART)
    button = next(button for button in page.button if button.key.startswith("apart-"))
    row = int(button.key.rsplit("-", 1)[1])
    engine.asked.clear()
    button.click().run()
    assert not page.exception
    assert page.segmented_control(key="look-tab").value == open_tab.WHAT_MATTERED
    assert page.selectbox(key="look-row").value == row
    assert {request.text for _, _, request in engine.asked} == {results.texts(experiment)[row]}
    assert set(names(store, engine)) == {"lstm", "rnn"}


def test_three_models_are_paired_by_choice_and_one_alone_says_what_is_missing(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, MODELS, skill=0.5)
    page = at(lab, experiment, APART)
    first, second = (page.selectbox(key=f"look-apart-{which}") for which in ("first", "second"))
    assert first.value != second.value and len(second.options) == 2
    first.set_value(second.value).run()
    assert not page.exception
    first, second = (page.selectbox(key=f"look-apart-{which}") for which in ("first", "second"))
    assert first.value != second.value
    run = store.runs.of(WORKSPACE, experiment.id)[0]
    page.pills(key=f"look-models-{experiment.id}").set_value([run.id]).run()
    assert "Choose a second model above" in words(page)


def test_models_of_different_splits_are_compared_on_the_texts_of_both(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    data = labelled(rows=300)
    experiment = finished_experiment(store, [("rnn", 0)], data=data)
    other = RunSpec(dataset=data.content_hash, architecture="lstm", split=SplitOptions(split_seed=5))
    same = store.runs.of(WORKSPACE, experiment.id)[0].spec
    both = store.experiments.add(WORKSPACE, experiment.dataset_id, [same, other])
    for run, skill in zip(store.runs.of(WORKSPACE, both.id), (3.0, 0.5), strict=True):
        finish(store, run, data, skill=skill)
    page = at(lab, both, APART)
    rows = [set(results.predictions_of(run.id).rows.tolist()) for run in store.runs.of(WORKSPACE, both.id)]
    assert f" of {len(rows[0] & rows[1])} test text" in words(page)


def test_rows_in_which_maps_disagree_are_named_by_the_data_set_and_open_with_their_model(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, MODELS)
    page = at(lab, experiment, MAPS)
    said = words(page)
    assert "a rank correlation of **0.50**" in said and "has no attention to show" in said
    assert "Rank correlation **\N{MINUS SIGN}0.75** over 9 words" in said and "Looks most at: hello" in said
    run = next(run for run in store.runs.of(WORKSPACE, experiment.id) if run.architecture == "lstm_attention")
    row = int(results.predictions_of(run.id).rows[2])
    page.button(key=f"maps-apart-{run.id}-{row}").click().run()
    assert not page.exception
    assert page.selectbox(key="look-row").value == row
    assert page.segmented_control(key="look-tab").value == open_tab.WHAT_MATTERED


@pytest.mark.parametrize("part", ["", MAPS])
def test_a_model_that_fails_says_so_and_hides_no_other(
    lab: AppTest, store: Store, engine: AnsweringEngine, part: str
) -> None:
    experiment = finished_experiment(store, [("lstm_attention", 0), ("transformer", 0)])
    engine.broken.add(
        next(run.id for run in store.runs.of(WORKSPACE, experiment.id) if run.architecture == "transformer")
    )
    page = at(lab, experiment, part)
    assert len(page.error) == 1 and "LSTM" in words(page)


def test_answers_that_are_gone_meanwhile_are_a_sentence(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, [("lstm", 0), ("rnn", 0)])
    page = at(lab, experiment)
    for run in store.runs.of(WORKSPACE, experiment.id):
        store.artifacts.write(run.id, TEST_FILE, b"damaged")
    shelf.empty()
    page.segmented_control(key="look-over").set_value(APART).run()
    assert not page.exception and page.error


def test_hostile_texts_stay_texts(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, [("lstm", 0), ("rnn", 0)], skill=0.1)
    page = at(lab, experiment, APART)
    assert not any(HOSTILE in str(element.value) for element in [*page.markdown, *page.caption])


def test_words_are_told_after_the_epoch_that_is_chosen_and_stored_answers_say_that_they_are_not(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, [("lstm", 0), ("rnn", 0)])
    for run in store.runs.of(WORKSPACE, experiment.id):
        write_moments(store.artifacts, run.id, Moments(epochs=(0, 1)))
    page = opened(lab, experiment.id, TAB, epoch="1")
    assert set(engine.epochs) == {1}
    page.segmented_control(key="look-over").set_value(APART).run()
    assert "not of the epoch chosen above" in words(page)
