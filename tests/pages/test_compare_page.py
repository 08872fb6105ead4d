"""Compare: the verdict, the table, every tab, whatever stands in texts, labels and names."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from seqcore.analysis.verdict import verdict
from seqcore.lab import report
from seqcore.spec import SplitOptions
from seqcore.store import RunState, Store
from seqcore.ui.kit import charts
from seqcore.ui.pages.compare.score_table import score_table
from seqcore.ui.pages.compare.verdict import pair_matrix, pair_table
from seqcore.ui.session import results
from seqcore.ui.session.kept import shelf
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, WORKSPACE, finish, finished_experiment, labelled

TABS = [
    "Learning curves",
    "Confusion",
    "Slices",
    "ROC and precision–recall",
    "Calibration",
    "Mistakes",
    "Word order",
    "How much data?",
    "Cost",
]


def opened(lab: AppTest, experiment_id: str = "", tab: str = "") -> AppTest:
    lab.run()
    if experiment_id:
        lab.query_params["experiment"] = experiment_id
    if tab:
        lab.session_state["compare-tabs"] = tab
    page = lab.switch_page("lab/compare.py").run()
    assert not page.exception
    assert not page.error
    return page


def test_without_an_experiment_there_is_a_button_to_train(lab: AppTest) -> None:
    page = opened(lab)
    assert page.button(key="empty-train-button").label == "Train"


def test_the_newest_experiment_is_shown_and_put_into_the_url(lab: AppTest, store: Store) -> None:
    finished_experiment(store, [("rnn", 0)])
    newest = finished_experiment(store, [("lstm", 0), ("gru", 0)])
    page = opened(lab)
    assert page.query_params["experiment"] in (newest.id, [newest.id])
    assert len(page.dataframe[0].value) == 2


def test_the_table_holds_every_model_the_best_first_and_marked(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0), ("bag_of_words", 0)])
    table: pd.DataFrame = opened(lab, experiment.id).dataframe[0].value
    assert sum(name.startswith("★") for name in table["Model"]) == 1
    assert table["Accuracy"].is_monotonic_decreasing
    assert "accuracy" in table["Best in"].iloc[0] or table["Accuracy"].iloc[0] == table["Accuracy"].iloc[1]
    assert (table["Parameters"] == 1234).all()
    assert "Seeds" not in table


def test_seeds_are_one_row_with_their_spread(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("rnn", 1), ("lstm", 0), ("lstm", 1)])
    table: pd.DataFrame = opened(lab, experiment.id).dataframe[0].value
    assert len(table) == 2
    assert all(cell.startswith("2, SD ") for cell in table["Seeds"])


def test_the_verdict_speaks_of_chance_and_of_guessing(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0)])
    said = words(opened(lab, experiment.id))
    assert "test texts right" in said
    assert "were trained once each, and another training may reverse the order" in said
    assert "It is better than" not in said
    assert "Always answering **ham** would get" in said


def test_the_verdict_stays_the_same_where_an_older_version_kept_no_baseline(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0)])
    said = words(opened(lab, experiment.id))
    for run in store.runs.of(WORKSPACE, experiment.id):
        stored = json.loads(store.artifacts.read(run.id, "evaluation.json"))
        for name in ("version", "baseline", "timings"):
            del stored[name]
        store.artifacts.write(run.id, "evaluation.json", json.dumps(stored).encode())
    shelf.empty()
    assert words(opened(lab, experiment.id)) == said


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("classes", [("ham", "spam"), (HOSTILE, "b", "c", "d")])
def test_every_tab_draws_whatever_the_labels_are(
    lab: AppTest, store: Store, tab: str, classes: tuple[str, ...]
) -> None:
    data = labelled(classes, 200, HOSTILE)
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 1), ("transformer", 0)], data=data)
    store.runs.rename(WORKSPACE, store.runs.of(WORKSPACE, experiment.id)[0].id, HOSTILE)
    page = opened(lab, experiment.id, tab)
    assert "<img" not in "".join(str(element.value) for element in [*page.markdown, *page.caption]).replace(
        "\\<img", ""
    )
    assert not any(element.allow_html for element in [*page.markdown, *page.caption])


def statements(page: AppTest) -> list[str]:
    """What is said of each model, in lists."""
    lists = [str(element.proto.body) for element in page.get("html") if "seqlab-grid" in str(element.proto.body)]
    return [entry for each in lists for entry in each.split("<li>")[1:]]


def test_each_of_several_models_has_its_own_sentence_on_its_lead_and_on_its_curves(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0), ("gru", 0), ("gru", 1)])
    against, curves = statements(opened(lab, experiment.id))[:2], statements(lab)[2:]
    assert all("another training may reverse that" in said for said in against)
    assert len(curves) == 3
    assert all("Over-fitting since epoch 1" in said for said in curves)
    assert [said for said in curves if "2 of 2 seeds, for example seed 0: " in said]
    assert not any("<img src=x" in said for said in curves)  # ours has its picture of the line in front


@pytest.mark.parametrize("tab", TABS)
def test_one_model_alone_can_be_looked_at(lab: AppTest, store: Store, tab: str) -> None:
    opened(lab, finished_experiment(store, [("rnn", 0)]).id, tab)


@pytest.mark.parametrize("part", ["Reliability", "Answer only when sure", "Threshold"])
def test_every_part_of_calibration_draws_for_runs_with_and_without_validation_answers(
    lab: AppTest, store: Store, part: str
) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0), ("gru", 1), ("gru", 0)])
    store.artifacts.remove(store.runs.of(WORKSPACE, experiment.id)[0].id, "validation.parquet")
    lab.session_state["calibration-part"] = part
    said = words(opened(lab, experiment.id, "Calibration"))
    assert "RNN: this run was trained before the answers to the validation texts were kept" in said
    assert ("GRU, seed 0" in "".join(statements(lab))) == (part == "Reliability")


def test_more_than_two_classes_have_no_threshold(lab: AppTest, store: Store) -> None:
    page = opened(lab, finished_experiment(store, [("rnn", 0)], data=labelled(("a", "b", "c"))).id, "Calibration")
    assert page.button_group(key="calibration-part").options == ["Reliability", "Answer only when sure"]


def test_dearer_misses_lower_the_threshold_that_is_chosen(lab: AppTest, store: Store) -> None:
    lab.session_state["calibration-part"] = "Threshold"
    page = opened(lab, finished_experiment(store, [("rnn", 0)]).id, "Calibration")
    page.number_input(key="cost-false-negative").set_value(50.0).run()
    assert not page.exception
    usual, chosen = page.dataframe[1].value["From"]
    assert chosen < usual == 50.0
    page.number_input(key="cost-false-negative").set_value(0.0)
    page.number_input(key="cost-false-positive").set_value(0.0).run()
    assert "costs of mistakes are numbers from 0" in page.error[0].value


def test_a_mistake_can_be_looked_at_on_the_attention_page(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("lstm_attention", 0)], skill=0.0)
    page = opened(lab, experiment.id, "Mistakes")
    (first, *_) = [button for button in page.button if str(button.key).startswith("look-")]
    row = int(str(first.key).removeprefix("look-"))
    first.click().run()
    assert not page.exception
    assert page.title[0].value == "Look inside"
    assert page.selectbox(key="look-row").value == row


def test_a_cell_of_a_confusion_matrix_leads_to_its_texts(
    lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 1)], skill=0.5)
    page = opened(lab, experiment.id, "Confusion")
    assert not [button for button in page.button if str(button.key).startswith("look-")]
    page.selectbox(key="cell-true").set_value(0)
    page.selectbox(key="cell-given").set_value(0).run()
    assert not page.exception
    assert all("True: **ham**" in each.value for each in page.markdown if "True: " in each.value)
    monkeypatch.setattr(charts, "show_cells", lambda *_, key, **__: (1, 0) if key == "confusion-1" else None)
    page.run()
    chosen = [page.selectbox(key=f"cell-{part}").value for part in ("model", "true", "given")]
    assert chosen == [1, 1, 0]


def test_a_cell_of_the_matrix_of_models_leads_to_what_one_alone_gets_right(
    lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 1)], skill=0.5)
    monkeypatch.setattr(charts, "show_cells", lambda *_, **__: (1, 1))
    page = opened(lab, experiment.id, "Mistakes")
    assert page.selectbox(key="mistakes-filter").value == "Some model is wrong"
    monkeypatch.setattr(charts, "show_cells", lambda *_, **__: (0, 1))
    page.run()
    assert page.selectbox(key="mistakes-filter").value == "LSTM is right, RNN is wrong"
    said = [each.value for each in page.markdown if each.value.startswith("True: ")]
    assert said
    assert all(":green[✓] LSTM" in each and ":red[✗] RNN" in each for each in said)


def test_slices_can_be_cut_by_class_and_otherwise_and_the_old_name_still_leads_there(
    lab: AppTest, store: Store
) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 1)], data=labelled(rows=600), skill=0.5)
    lab.query_params["tab"] = "Classes"
    page = opened(lab, experiment.id)
    assert any("stands out" in said or "Worse on" in said or "equally good" in said for said in statements(page))
    page.button_group(key="slices-by").set_value("length in tokens").run()
    assert not page.exception
    table = page.dataframe[1].value
    assert table["Texts"].sum() == 120
    assert "p of LSTM" in table


def test_slices_by_a_column_of_the_file_lead_to_their_texts_whatever_it_is_called(lab: AppTest, store: Store) -> None:
    data = replace(labelled(rows=600), columns=((HOSTILE, (HOSTILE, "b", "c") * 200),))
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 1)], data=data, skill=0.0)
    page = opened(lab, experiment.id, "Slices")
    page.button_group(key="slices-by").set_value(HOSTILE).run()
    assert not page.exception
    assert sorted(page.dataframe[1].value.iloc[:, 0]) == sorted([HOSTILE, "b", "c"])
    (box,) = [each for each in page.selectbox if str(each.key).startswith("slice-of-")]
    box.set_value(0).run()
    assert not page.exception
    assert [each for each in page.markdown if each.value.startswith("True: ") and ":red[✗]" in each.value]
    assert not any(element.allow_html for element in [*page.markdown, *page.caption])


def test_a_run_stopped_early_counts_and_one_still_training_is_waited_for(lab: AppTest, store: Store) -> None:
    data = labelled()
    experiment = finished_experiment(store, [("rnn", 0)], data=data)
    more = store.experiments.add(
        WORKSPACE, experiment.dataset_id, [store.runs.of(WORKSPACE, experiment.id)[0].spec] * 2
    )
    done, going = store.runs.of(WORKSPACE, more.id)
    finish(store, done, data, skill=1.0)
    store.progress.begin(going.id, "engine")
    page = opened(lab, more.id)
    assert "1 model still training" in words(page)
    store.progress.finish(going.id, state=RunState.FAILED, message="The loss is not a number.")
    assert "still training" not in words(page.run())


def test_an_experiment_without_a_score_says_so(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0)])
    empty = store.experiments.add(WORKSPACE, experiment.dataset_id, [store.runs.of(WORKSPACE, experiment.id)[0].spec])
    assert "No model of this experiment has a score yet" in words(opened(lab, empty.id))


def test_a_link_to_nothing_says_so_in_a_sentence(lab: AppTest, store: Store) -> None:
    finished_experiment(store, [("rnn", 0)])
    lab.run()
    lab.query_params["experiment"] = "nothing"
    page = lab.switch_page("lab/compare.py").run()
    assert not page.exception
    assert not page.error
    assert "No experiment with this id" in words(page)


def test_all_answers_as_csv_hold_every_test_text_once(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("rnn", 1)])
    opened(lab, experiment.id)
    runs = results.scored_runs(experiment)
    table = results.predictions_table(experiment, runs)
    assert len(table) == len(results.predictions_of(runs[0].id).rows)
    assert {"row", "text", "label", "RNN (seed 0)", "RNN (seed 1) confidence"} <= set(table)


def test_equal_labels_are_told_apart(store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0)])
    for run in store.runs.of(WORKSPACE, experiment.id):
        store.runs.rename(WORKSPACE, run.id, "mine")
    ranked = results.standings(results.scored_runs(experiment))
    assert [standing.label for standing in ranked] == ["mine", "mine (2)"]
    assert len(score_table(ranked)) == 2


def test_the_experiment_leaves_as_a_report(lab: AppTest, store: Store) -> None:
    page = opened(lab, finished_experiment(store, [("rnn", 0)]).id)
    assert next(each.proto.label for each in page.get("download_button")) == "Report"


def test_a_report_too_large_for_a_browser_is_offered_as_a_command(
    lab: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MOST_IN_MEMORY", 0)
    experiment = finished_experiment(store, [("rnn", 0)])
    page = opened(lab, experiment.id)
    assert any(code.value == f"python -m seqcore report {experiment.id} report.zip" for code in page.code)
    assert "Report" not in [each.proto.label for each in page.get("download_button")]


def test_of_models_trained_often_enough_the_verdict_speaks_of_architectures(lab: AppTest, store: Store) -> None:
    models = [(name, seed) for name in ("rnn", "lstm") for seed in range(3)]
    experiment = finished_experiment(store, models, skill=1.0)
    page = opened(lab, experiment.id)
    assert "on average over 3 seeds" in words(page)
    assert "another training may reverse" not in words(page)
    (picture,) = [str(each.proto.body) for each in page.get("html") if "seqlab-intervals" in str(each.proto.body)]
    assert picture.count('class="seqlab-interval"') == 2
    assert "LSTM: " in picture
    page.number_input(key="compare-limit").set_value(20.0).run()
    assert "equal to it for practical purposes (within 20.0" in words(page)


def test_models_are_judged_by_another_measure_and_the_choice_is_remembered(lab: AppTest, store: Store) -> None:
    models = [(name, seed) for name in ("rnn", "lstm") for seed in range(3)]
    experiment = finished_experiment(store, models)
    page = opened(lab, experiment.id)
    page.selectbox(key="compare-measure").set_value("loss").run()
    assert "has the best log loss, 0." in words(page)
    assert not [each for each in page.get("html") if "seqlab-intervals" in str(each.proto.body)]
    lab.switch_page("lab/runs.py").run()
    assert opened(lab, experiment.id).selectbox(key="compare-measure").value == "loss"


def test_every_pair_is_in_a_matrix_and_a_table_on_demand(store: Store) -> None:
    models = [(name, seed) for name in ("rnn", "lstm", "gru") for seed in range(3)]
    ranked = results.standings(results.scored_runs(finished_experiment(store, models, skill=0.3)))
    found = verdict(ranked, None)
    matrix, pairs = pair_matrix(found), pair_table(found, ("text", "texts"))
    assert list(matrix.index) == list(matrix.columns) == [each.label for each in found.standings]
    assert [matrix.iat[place, place] for place in range(3)] == ["", "", ""]
    assert matrix.iat[0, 2][0] in "▲=?"
    assert matrix.iat[2, 0][0] == {"▲": "▼", "=": "=", "?": "?"}[matrix.iat[0, 2][0]]
    assert float(matrix.iat[0, 2][1:]) == -float(matrix.iat[2, 0][1:])
    assert len(pairs) == 3
    assert list(pairs.columns)[-2:] == ["The first is", "What would tell"]


def test_one_press_trains_the_seeds_that_are_missing_beside_those_that_are_there(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0), ("bag_of_words", 0)])
    page = opened(lab, experiment.id)
    button = page.button(key="more-seeds")
    assert button.label.startswith("Train 4 more seeds of each (about ")
    button.click().run()
    seeds: dict[str, list[int]] = {}
    for run in store.runs.of(WORKSPACE, experiment.id):
        seeds.setdefault(run.architecture, []).append(run.seed)
    assert seeds == {"rnn": [0, 1, 2, 3, 4], "lstm": [0, 1, 2, 3, 4], "bag_of_words": [0]}
    assert "8 models still training" in words(page)
    assert "more-seeds" not in [each.key for each in page.button]


def test_the_star_is_given_by_validation_and_picking_by_the_test_is_priced(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0)])
    assert "a choice that the test texts know nothing of" in words(opened(lab, experiment.id))


ANEW = SplitOptions(split_each_seed=True)
THREE_EACH = [(name, seed) for name in ("rnn", "lstm", "bag_of_words") for seed in (0, 1, 2)]


@pytest.mark.parametrize("tab", ["", *TABS])
def test_where_each_seed_drew_a_split_the_verdict_covers_splits_and_every_tab_says_whose_split_it_shows(
    lab: AppTest, store: Store, tab: str
) -> None:
    experiment = finished_experiment(store, THREE_EACH, data=labelled(rows=240), split=ANEW)
    page = opened(lab, experiment.id, tab)
    said = words(page)
    assert "for other texts, other seeds and other splits" in said
    assert "this one split of the data" not in said
    assert "Each seed was tested on other texts, so what is looked at one by one is of seed 0" in said
    assert "so not shown here" not in said
    assert not page.warning
    assert [cell.split(",")[0] for cell in page.dataframe[0].value["Seeds"]] == ["3", "3", "3"]


def test_models_without_a_split_in_common_are_not_a_fair_comparison(lab: AppTest, store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 1)], data=labelled(rows=240), split=ANEW)
    page = opened(lab, experiment.id)
    assert "Not a fair comparison" in page.warning[0].value
    assert "has no split in common" in words(page) or "was tested on other texts" in words(page)


def test_one_press_trains_further_splits_of_every_model(lab: AppTest, store: Store) -> None:
    models = [("rnn", 0), ("bag_of_words", 0)]
    experiment = finished_experiment(store, models, data=labelled(rows=240), split=ANEW)
    opened(lab, experiment.id).button(key="more-seeds").click().run()
    runs = store.runs.of(WORKSPACE, experiment.id)
    assert sorted((run.architecture, run.seed) for run in runs) == [
        (name, seed) for name in ("bag_of_words", "rnn") for seed in range(5)
    ]
