from dataclasses import replace

import pytest

from seqcore.store import MetricRow
from seqcore.ui.components.live_points import MAX_POINTS, append, marks_of, models_of, thinned
from tests.ui.sample_runs import make_run, row


def appended(*rows: MetricRow) -> list[tuple[str, float]]:
    known: list[MetricRow] = []
    for each in rows:
        append(known, each)
    return [(each.split, each.epoch) for each in known]


def test_training_and_validation_of_one_moment_stand_side_by_side() -> None:
    rows = [row(0.5), row(1), row(1, split="validation"), row(1.5), row(2, split="validation")]
    assert appended(*rows) == [(each.split, each.epoch) for each in rows]


@pytest.mark.parametrize("seen", [[row(2.25)], [row(3), row(3, split="validation")], [row(3.1), row(3.2)]])
def test_a_resumed_run_draws_no_part_of_its_curve_twice(seen: list[MetricRow]) -> None:
    kept = [row(2), row(2, split="validation")]
    again = [row(2.2), row(3), row(3, split="validation")]
    assert appended(*kept, *seen, *again) == [(each.split, each.epoch) for each in kept + again]


def test_a_run_has_its_training_and_its_validation() -> None:
    run = make_run()
    (model,) = models_of([run], {run.id: [row(0.5), row(1.0, split="validation", loss=0.4), row(1.0, loss=0.3)]})
    (found,) = model.seeds
    assert found.training.x.tolist() == [0.5, 1.0]
    assert found.validation.loss.tolist() == [0.4]
    assert found.best == 1  # so far


def test_runs_that_differ_in_their_seed_are_one_model() -> None:
    runs = [make_run("lstm", seed=0), make_run("gru"), make_run("lstm", seed=1)]
    models = models_of(runs, {})
    assert [(model.label, len(model.seeds)) for model in models] == [("LSTM", 2), ("GRU", 1)]
    assert [seed.name for seed in models[0].seeds] == ["seed 0", "seed 1"]


def test_the_same_architecture_with_other_settings_is_another_model() -> None:
    plain, other = make_run("lstm"), make_run("lstm", seed=3)
    changed = replace(other, stored_spec=other.stored_spec | {"model": {"units": 64}})
    assert [model.label for model in models_of([plain, changed], {})] == ["LSTM, Units 32", "LSTM, Units 64"]


def test_a_row_has_the_mark_of_its_line_in_the_picture() -> None:
    runs = [make_run("lstm", seed=0), make_run("gru"), make_run("lstm", seed=1)]
    assert marks_of(runs, each_seed=False) == {"lstm-0": 0, "gru-0": 0, "lstm-1": 0}
    assert marks_of(runs, each_seed=True) == {"lstm-0": 0, "gru-0": 0, "lstm-1": 1}
    changed = replace(runs[2], stored_spec=runs[2].stored_spec | {"model": {"units": 64}})
    assert marks_of([*runs[:2], changed], each_seed=False)["lstm-1"] == 1


def test_a_run_that_cannot_be_read_has_a_line_of_its_own() -> None:
    lost = replace(make_run("lstm", seed=1), architecture="perceptron")
    assert len(models_of([make_run("lstm"), lost], {lost.id: [row(1.0, split="validation")]})) == 2


def test_a_long_training_is_thinned_but_keeps_its_ends() -> None:
    rows = [row(n / 100) for n in range(5000)]
    kept = thinned(rows)
    assert len(kept) == MAX_POINTS
    assert (kept[0], kept[-1]) == (rows[0], rows[-1])
