"""The settings of a training: shown, opened again, kept in the address, handed on by a link, compared."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.datasets.split import split_rows
from seqcore.lab.plan import Choices
from seqcore.lab.plan_code import write_plan
from seqcore.spec import RunSpec
from seqcore.store import Experiment, Store
from seqcore.ui.session import state
from tests.pages.conftest import SHELL, words
from tests.pages.finished import WORKSPACE, finish, labelled, link_to_dataset

CHOSEN = (
    Choices(architectures=("lstm", "transformer"))
    .with_values({"epochs": 3, "units": 16, "lstm.units": 64, "heads": 2, "vocabulary_size": 500, "test_share": 0.3})
    .with_seeds([4, 9])
)


def trained(store: Store, chosen: Choices, name: str = "mails") -> Experiment:
    data = labelled(name=name)
    dataset = store.datasets.add(WORKSPACE, data)
    experiment = store.experiments.add(WORKSPACE, dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    for number, run in enumerate(store.runs.of(WORKSPACE, experiment.id)):
        finish(store, run, data, skill=2.0 + number)
    return experiment


def visit(page: str, **parameters: str) -> AppTest:
    """A page as a new visitor opens it from a link."""
    lab = AppTest.from_file(str(SHELL), default_timeout=30)
    lab.query_params.update(parameters)
    return checked(lab.switch_page(f"lab/{page}.py").run())


def checked(page: AppTest) -> AppTest:
    assert not page.exception
    assert not page.error
    return page


def led_to_form(page: AppTest, key: str) -> AppTest:
    """The form that a button leads to; `AppTest` does not stay on the page that a script switches to."""
    form = checked(page.button(key=key).click().run())
    assert form.title[0].value == "Train"
    return checked(form.switch_page("lab/train.py").run())


def seed_by_seed(chosen: Choices) -> list[RunSpec]:
    """The runs in the order in which a page starts them."""
    specs = chosen.specs(labelled().content_hash, max_epochs=500)
    return sorted(specs, key=lambda spec: chosen.every_seed.index(spec.seed))


def press_train(page: AppTest, store: Store) -> list[RunSpec]:
    before = {each.id for each in store.experiments.all(WORKSPACE)}
    checked(page.button(key="train").click().run())
    (newest,) = [each for each in store.experiments.all(WORKSPACE) if each.id not in before]
    return [run.spec for run in store.runs.of(WORKSPACE, newest.id)]


@pytest.mark.parametrize("page", ["train", "compare", "runs"])
def test_every_page_tells_the_settings_and_what_differs_first(store: Store, page: str) -> None:
    experiment = trained(store, CHOSEN)
    said = words(visit(page, experiment=experiment.id))
    differs, default = said.index("Models differ"), said.index("Not the default")
    assert differs < default
    assert "LSTM (Units 64)" in said
    assert "Epochs 3 (default " in said
    assert "Vocabulary size 500 (default 10,000)" in said
    assert "2 seeds each" in said


@pytest.mark.parametrize(("page", "key"), [("train", "train-else"), ("compare", "train-again"), ("runs", "again-{}")])
def test_train_again_opens_the_form_with_exactly_these_models_settings_seeds_and_data(
    store: Store, page: str, key: str
) -> None:
    experiment = trained(store, CHOSEN)
    form = led_to_form(visit(page, experiment=experiment.id), key.format(experiment.id))
    assert "On **mails**" in words(form)
    assert press_train(form, store) == seed_by_seed(CHOSEN)


def test_one_run_can_be_trained_again_alone(store: Store) -> None:
    experiment = trained(store, CHOSEN)
    run = store.runs.of(WORKSPACE, experiment.id)[-1]
    form = led_to_form(visit("runs", experiment=experiment.id), f"again-run-{run.id}")
    assert press_train(form, store) == [run.spec]


def test_what_is_changed_in_the_form_is_changed_and_nothing_else(store: Store) -> None:
    experiment = trained(store, CHOSEN)
    form = led_to_form(visit("train", experiment=experiment.id), "train-else")
    form.number_input(key="train-training-epochs").set_value(2).run()
    form.text_input(key="set-seeds").set_value("5").run()
    expected = CHOSEN.with_values({"epochs": 2}).with_seeds([5])
    assert press_train(form, store) == seed_by_seed(expected)


def test_seeds_that_are_none_are_refused_in_the_form(store: Store) -> None:
    form = visit("train", plan=write_plan(CHOSEN))
    form.text_input(key="set-seeds").set_value("4, x").run()
    assert "Seeds are whole numbers" in words(form)
    assert form.button(key="train").label == "Train 2 models, 2 seeds each"


def test_a_reload_keeps_a_form_that_was_changed_halfway_beside_a_finished_training(store: Store) -> None:
    experiment = trained(store, Choices(architectures=("rnn",)))
    plan = write_plan(CHOSEN)
    form = visit("train", experiment=experiment.id, dataset=experiment.dataset_id, plan=plan)
    assert press_train(form, store) == seed_by_seed(CHOSEN)
    assert "plan" not in form.query_params
    assert form.button(key="stop-all")


def test_the_address_says_what_is_chosen(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str | None] = []
    monkeypatch.setattr("seqcore.ui.session.plan_link.keep_in_address", lambda _name, value: said.append(value))
    form = visit("train")
    form.number_input(key="train-training-epochs").set_value(2).run()
    form.checkbox(key="use-cnn").check().run()
    assert said[0] is None
    assert said[-1] == "rnn.lstm.bilstm.lstm_attention.cnn~epochs-2"


def test_a_link_opens_the_form_for_anybody_ready_to_press(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    links: list[dict[str, str]] = []
    monkeypatch.setattr(
        "seqcore.ui.session.plan_link.draw_copy_link", lambda _label, _about, link, key: links.append(dict(link))
    )
    experiment = trained(store, CHOSEN)
    led_to_form(visit("train", experiment=experiment.id), "train-else")
    monkeypatch.setattr(state, "workspace", lambda: "somebody else")
    form = visit("train", **links[-1] | {"dataset": link_to_dataset(store, experiment)})
    assert "Shared with you" not in words(form)
    checked(form.button(key="train").click().run())
    (theirs,) = store.experiments.all("somebody else")
    assert [run.spec for run in store.runs.of("somebody else", theirs.id)] == seed_by_seed(CHOSEN)
    assert store.datasets.get("somebody else", theirs.dataset_id).name == "mails"


def test_a_link_to_the_built_in_sample_needs_no_data_set(store: Store) -> None:
    form = visit("train", plan=write_plan(Choices(architectures=("rnn",)), complete=True))
    assert "On **Sample" in words(form)
    assert form.button(key="train").label == "Train 1 model"


def test_an_outdated_or_hostile_link_says_what_it_could_not_do_and_opens_the_form(store: Store) -> None:
    form = visit("train", plan="rnn.<img src=x>~epochs-9999999~units-64~wings-<b>2</b>~seed-x")
    assert form.warning[0].value.count("\n") == 3
    assert "<img" not in form.warning[0].value.replace("\\<img", "")
    assert form.number_input(key="train-shared-units").value == 64
    assert form.number_input(key="train-training-epochs").value == Choices().training.epochs
    (spec,) = press_train(form, store)
    assert (spec.architecture, spec.seed) == ("rnn", 0)


def test_compare_takes_another_training_on_the_same_data_and_names_what_differs(store: Store) -> None:
    first = trained(store, Choices(architectures=("lstm",)))
    second = trained(store, Choices(architectures=("lstm",)).with_values({"units": 8}))
    trained(store, Choices(architectures=("lstm",)), name="other mails, the same texts")
    store.experiments.rename(WORKSPACE, first.id, "Before")
    page = visit("compare", experiment=second.id)
    assert len(page.dataframe[0].value) == 1
    choice = page.multiselect(key=f"compare-with-{second.id}")
    page = checked(choice.select(next(each for each in choice.options if each.startswith("Before"))).run())
    table = page.dataframe[0].value
    assert sorted(table["Units"]) == ["32", "8"]
    assert sorted(name.removeprefix("★ ") for name in table["Model"]) == ["LSTM, Units 32", "LSTM, Units 8"]
    assert not page.warning
    assert page.query_params["with"] in (first.id, [first.id])


def test_trainings_of_the_same_name_and_minute_are_told_apart_in_the_lists(store: Store) -> None:
    experiments = [trained(store, Choices(architectures=(name,))) for name in ("rnn", "lstm", "gru")]
    for experiment, model in zip(experiments, ("RNN", "LSTM", "GRU"), strict=True):
        page = visit("compare", experiment=experiment.id)
        (named,) = page.dataframe[0].value["Model"]
        assert named == model
        assert len(set(page.selectbox[0].options)) == 3
        assert len(set(page.multiselect(key=f"compare-with-{experiment.id}").options)) == 2


def test_the_choice_comes_back_with_the_link_and_what_is_not_there_is_told(store: Store) -> None:
    first, second = (trained(store, Choices(architectures=(name,))) for name in ("rnn", "lstm"))
    page = visit("compare", **{"experiment": second.id, "with": f"{first.id}.nosuchexperiment"})
    assert len(page.dataframe[0].value) == 2
    assert "1 training of the link cannot be compared" in words(page)


def test_models_that_were_tested_on_other_rows_are_not_compared_as_if_it_were_fair(store: Store) -> None:
    first = trained(store, Choices(architectures=("rnn",)))
    second = trained(store, Choices(architectures=("lstm",)).with_values({"split_seed": 5}))
    page = visit("compare", **{"experiment": second.id, "with": first.id})
    both = [set(split_rows(labelled(), chosen.split).test.tolist()) for chosen in (
        Choices(), Choices().with_values({"split_seed": 5}),
    )]  # fmt: skip
    assert "Not a fair comparison" in page.warning[0].value
    assert f"({len(both[0] & both[1])} text" in page.warning[0].value


def test_the_same_training_twice_is_one_model(store: Store) -> None:
    first, second = (trained(store, Choices(architectures=("rnn",))) for _ in range(2))
    page = visit("compare", **{"experiment": second.id, "with": first.id})
    assert len(page.dataframe[0].value) == 1
    assert "Seeds" not in page.dataframe[0].value
