"""Learning curves: one code for lines, seeds as mean and band or each by itself, best epochs ringed, said in words."""

import base64
import json
import math
from typing import Any

import numpy as np
import pytest

from seqcore.architectures import appearance, architectures
from seqcore.plots import ModelCurves, SeedCurves, curves, describe_curves
from seqcore.plots.over_seeds import Points

NAMES = [which.name for which in architectures()]


def seed(number: int = 0, *, loss: float = 0.5, accuracy: float = 0.8, epochs: int = 3, best: int = 2) -> SeedCurves:
    rows = [(float(epoch), loss, accuracy) for epoch in range(1, epochs + 1)]
    return SeedCurves(f"seed {number}", Points.of(rows), Points.of(rows), best)


def model(architecture: str = "lstm", *seeds: SeedCurves, label: str = "") -> ModelCurves:
    label = label or appearance(architecture).label
    return ModelCurves(f"{architecture}-{label}", label, architecture, seeds or (seed(),))


def traces(data: dict[str, Any], what: str) -> list[dict[str, Any]]:
    return [trace for trace in data["traces"] if trace["key"].endswith(f"-{what}")]


def unpacked(packed: dict[str, str]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["bdata"]), "<f4")


@pytest.mark.parametrize("name", NAMES)
def test_training_is_thin_without_marks_and_validation_bold_with_them(name: str) -> None:
    data = curves([model(name)])
    (training,), (validation,) = traces(data, "train"), traces(data, "validation")
    look = appearance(name)
    for trace in (training, validation):
        assert (trace["style"]["line"]["color"], trace["style"]["line"]["dash"]) == (look.color, look.dash)
    assert training["style"]["mode"] == "lines"
    assert validation["style"]["mode"] == "lines+markers"
    assert validation["style"]["marker"]["symbol"] == look.mark
    assert validation["style"]["line"]["width"] > 2 * training["style"]["line"]["width"]


def test_training_can_be_left_out() -> None:
    data = curves([model()], training=False)
    assert not traces(data, "train") and traces(data, "validation")


def test_the_legend_stands_in_the_order_of_the_architectures_before_the_first_point() -> None:
    nothing = SeedCurves("seed 0", Points.of([]), Points.of([]))
    data = curves([model(name, nothing) for name in reversed(NAMES)], epochs=12)
    assert [trace["label"] for trace in traces(data, "legend")] == [appearance(name).label for name in NAMES]
    assert [trace["legend"] for trace in traces(data, "legend")] == list(range(1, len(NAMES) + 1))
    assert all(trace["points"] == 0 for trace in data["traces"])
    assert data["epochs"] == 12 and data["loss_top"] > 0


def test_several_seeds_are_their_mean_with_a_band_from_the_lowest_to_the_highest() -> None:
    data = curves([model("gru", seed(0, accuracy=0.7), seed(1, accuracy=0.9))])
    (mean,), (band,) = traces(data, "validation"), traces(data, "band")
    assert unpacked(mean["accuracy"]) == pytest.approx([0.8] * 3)
    assert unpacked(band["accuracy"]) == pytest.approx([0.9] * 3 + [0.7] * 3)
    assert unpacked(band["x"]).tolist() == [1, 2, 3, 3, 2, 1]
    assert "mean" in mean["says"]
    assert not traces(curves([model()]), "band")


def test_a_mean_is_of_the_seeds_that_have_come_so_far() -> None:
    data = curves([model("gru", seed(0, loss=0.2, epochs=4), seed(1, loss=0.4, epochs=2), seed(2, epochs=0))])
    (mean,) = traces(data, "validation")
    assert unpacked(mean["loss"]) == pytest.approx([0.3, 0.3, 0.2, 0.2])


def test_each_seed_by_itself_is_named_and_told_apart_by_its_mark() -> None:
    data = curves([model("gru", seed(0), seed(1))], each_seed=True)
    assert [trace["label"].strip("\u2068\u2069") for trace in traces(data, "legend")] == [
        "GRU · seed 0",
        "GRU · seed 1",
    ]
    assert len({trace["style"]["marker"]["symbol"] for trace in traces(data, "validation")}) == 2
    assert not traces(data, "band")


def test_the_same_architecture_with_other_settings_has_another_mark() -> None:
    data = curves([model(label="LSTM"), model(label="LSTM (64 units)")])
    marks = [trace["style"]["marker"]["symbol"] for trace in traces(data, "validation")]
    assert marks == [appearance("lstm").mark, f"{appearance('lstm').mark}-open"]


def test_the_best_epoch_is_ringed_on_the_line_and_said() -> None:
    rows = Points.of([(1, 0.6, 0.7), (2, 0.4, 0.9), (3, 0.5, 0.8)])
    data = curves([model("cnn", SeedCurves("seed 0", rows, rows, best=2))])
    (ring,) = traces(data, "best")
    assert (unpacked(ring["x"]).tolist(), unpacked(ring["accuracy"])) == ([2], pytest.approx([0.9]))
    assert ring["says"] == "best epoch"
    assert "open" in ring["style"]["marker"]["symbol"]


@pytest.mark.parametrize(("best", "epochs"), [(0, 3), (9, 3), (1, 1), (1, 0)])
def test_a_best_epoch_that_is_unknown_not_drawn_or_the_only_one_has_no_ring(best: int, epochs: int) -> None:
    (ring,) = traces(curves([model("cnn", seed(best=best, epochs=epochs))]), "best")
    assert ring["points"] == 0


def test_of_several_seeds_the_middle_best_epoch_is_ringed_which_is_one_of_theirs() -> None:
    (ring,) = traces(curves([model("gru", seed(0, best=3), seed(1, best=2), seed(2, best=0))]), "best")
    assert unpacked(ring["x"]).tolist() == [2]
    assert "middle of 3 seeds" in ring["says"]


def test_a_loss_that_is_not_a_number_leaves_the_axes_alone() -> None:
    rows = Points.of([(1, 0.9, 0.5), (2, math.nan, 0.5), (3, math.inf, 0.5)])
    data = curves([model("rnn", SeedCurves("seed 0", rows, rows), SeedCurves("seed 1", rows, rows))])
    assert 0.9 < data["loss_top"] < 1.0
    json.dumps(data, allow_nan=False)


def test_no_model_is_an_empty_picture() -> None:
    data = curves([], epochs=5)
    assert (data["traces"], data["epochs"]) == ([], 5)
    assert describe_curves([]) == "Learning curves of no model."


def test_the_words_say_where_every_model_stands_in_the_order_of_the_legend() -> None:
    rows = Points.of([(1, 0.4, 0.8), (2, 0.3, 0.931)])
    nothing = SeedCurves("seed 0", Points.of([]), Points.of([]))
    said = describe_curves([model("gru", nothing), model("lstm", SeedCurves("seed 0", rows, rows, best=2))])
    assert said == (
        "Learning curves. Validation accuracy: LSTM 93.1%, loss 0.300 after epoch 2, best epoch 2; "
        "GRU has no point yet."
    )


def test_labels_reach_plotly_escaped() -> None:
    assert not any("<" in trace["label"] for trace in curves([model(label="<b>mine</b>")])["traces"])
