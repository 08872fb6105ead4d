import base64
import json
import math

import numpy as np
import pytest

from seqcore.architectures import architectures
from seqcore.store import MetricRow
from seqcore.ui.components.live_points import MAX_POINTS, append, curves, thinned
from tests.ui.sample_runs import make_run, row


def unpacked(packed: dict[str, str]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<f4")


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


def test_each_run_has_a_training_and_a_validation_line() -> None:
    run = make_run()
    data = curves([run], {run.id: [row(0.5), row(1.0, split="validation", loss=0.4), row(1.0, loss=0.3)]})
    training, validation = data["traces"]
    assert (training["split"], validation["split"]) == ("train", "validation")
    assert unpacked(training["x"]).tolist() == [0.5, 1.0]
    assert unpacked(validation["loss"]) == pytest.approx([0.4])


@pytest.mark.parametrize("name", [which.name for which in architectures()])
def test_a_line_has_the_colour_of_its_architecture(name: str) -> None:
    run = make_run(name)
    (expected,) = [which.color for which in architectures() if which.name == name]
    assert {trace["color"] for trace in curves([run], {})["traces"]} == {expected}


def test_no_two_architectures_share_their_marks() -> None:
    runs = [make_run(which.name) for which in architectures()]
    assert len({trace["symbol"] for trace in curves(runs, {})["traces"]}) == len(runs)


def test_a_long_training_is_thinned_but_keeps_its_ends() -> None:
    rows = [row(n / 100) for n in range(5000)]
    kept = thinned(rows)
    assert len(kept) == MAX_POINTS
    assert (kept[0], kept[-1]) == (rows[0], rows[-1])


def test_a_loss_that_is_not_a_number_leaves_the_axes_alone() -> None:
    run = make_run()
    data = curves([run], {run.id: [row(0.1, loss=0.9), row(0.2, loss=math.nan), row(0.3, loss=math.inf)]})
    assert 0.9 < data["loss_top"] < 1.0
    json.dumps({key: data[key] for key in ("epochs", "loss_top", "accuracy_bottom")}, allow_nan=False)


def test_before_the_first_point_there_are_axes_already() -> None:
    data = curves([make_run(epochs=12)], {})
    assert data["epochs"] == 12
    assert data["loss_top"] > 0


def test_seeds_are_named_only_when_there_are_several() -> None:
    one, two = make_run(seed=0), make_run(seed=1)
    assert {trace["label"] for trace in curves([one, two], {})["traces"]} == {"LSTM · seed 0", "LSTM · seed 1"}
