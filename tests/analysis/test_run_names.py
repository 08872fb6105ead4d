"""A run is called by its name or its architecture's; no two on a page by the same."""

from dataclasses import replace

from seqcore.analysis.run_names import label_and_seed, labels_of, numbered, run_label
from seqcore.spec import RunSpec, SplitOptions
from tests.ui.sample_runs import make_run


def test_a_run_is_called_by_the_name_it_was_given_or_by_its_architecture() -> None:
    one = make_run(seed=0)
    assert run_label(one) == "LSTM"
    assert run_label(replace(one, name="Mine"), with_seed=True) == "Mine"


def test_the_name_and_the_seed_stand_side_by_side_whoever_gave_the_name() -> None:
    assert label_and_seed(replace(make_run(seed=3), name="Mine")) == "Mine (seed 3)"


def test_labels_carry_the_seed_where_it_tells_runs_apart() -> None:
    runs = [make_run("rnn", seed=0), make_run("rnn", seed=1)]
    assert set(labels_of(runs).values()) == {"RNN · seed 0", "RNN · seed 1"}


def test_labels_say_the_setting_that_tells_runs_apart() -> None:
    specs = [RunSpec(dataset="d", architecture="lstm", model={"units": units}).model_dump() for units in (32, 64)]
    runs = [replace(make_run(), id=str(number), stored_spec=spec) for number, spec in enumerate(specs)]
    assert list(labels_of([*runs, make_run("rnn")]).values()) == ["LSTM, Units 32", "LSTM, Units 64", "RNN"]


def test_settings_that_take_too_many_words_leave_it_at_a_number() -> None:
    models = ({"units": 8, "layers": 1, "dropout": 0.1}, {"units": 16, "layers": 2, "dropout": 0.2})
    specs = [
        RunSpec(dataset="d", architecture="lstm", model=model, split=SplitOptions(split_seed=number)).model_dump()
        for number, model in enumerate(models)
    ]
    runs = [replace(make_run(), id=str(number), stored_spec=spec) for number, spec in enumerate(specs)]
    assert list(labels_of(runs).values()) == ["LSTM", "LSTM (2)"]


def test_no_two_runs_have_one_label() -> None:
    runs = [replace(make_run(), id=str(number), name=name) for number, name in enumerate(["A", "A (2)", "A", "A"])]
    assert list(labels_of(runs).values()) == ["A", "A (2)", "A (3)", "A (4)"]


def test_the_first_of_a_name_keeps_it() -> None:
    assert numbered(["LSTM", "GRU", "LSTM"]) == ["LSTM", "GRU", "LSTM (2)"]
