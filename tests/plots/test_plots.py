"""Every picture: right numbers, one code for lines, no background, nobody's text read as HTML; and it in words."""

import json

import numpy as np
import pytest

from seqcore import plots
from seqcore.architectures import appearance, architectures
from seqcore.datasets.lengths import lengths_of
from seqcore.plots.cost import log_ticks
from seqcore.plots.theme import DARK, PALE, TEMPLATE, in_dark

HOSTILE = "<img src=x onerror=alert(1)> & <b>%{x}</b>\u202e"
UNIT = [plots.Line("LSTM", "lstm", [0, 0.2, 1], [0, 0.9, 1]), plots.Line(HOSTILE, "rnn", [0, 1], [0, 1])]
RELIABILITY = [
    plots.Reliability("LSTM", "lstm", [0.6, 0.9], [0.5, 0.8], [0.3, 0.7], [0.7, 0.9], [10, 90]),
    plots.Reliability(HOSTILE, "rnn", [0.7], [0.4], [0.1], [0.8], [5]),
]
COST_MARKS = [plots.CostMark("LSTM", "lstm", 0.9), plots.CostMark(HOSTILE, "rnn", 0.8)]
COST_PANELS = [
    plots.CostPanel("Parameters", [60_000.0, 50_000.0], [True, True]),
    plots.CostPanel("Seconds", [2.0, None], [True, False]),
]
TRIAL_AXES = [plots.TrialAxis("Units", low=8, high=128, log=True), plots.TrialAxis("Optimizer", ("adam", "sgd"))]
TRIALS = [
    plots.DrawnTrial(0, (32, "adam"), 0.4, chosen=True),
    plots.DrawnTrial(1, (8, "sgd"), 0.5, pruned=True),
    plots.DrawnTrial(2, (64, "sgd"), float("inf"), going=True),
]
LENGTHS = lengths_of(np.array([3, 4, 4, 9, 250]), most=8, total=5)
PICTURES = {
    "confusion": lambda: plots.plot_confusion([[8, 2], [0, 5]], ["ham", HOSTILE]),
    "confusion of many": lambda: plots.plot_confusion([[1] * 40] * 40, [f"{i} {HOSTILE}" for i in range(40)]),
    "confusion of very many": lambda: plots.plot_confusion([[1] * 90] * 90, [f"{i} {HOSTILE}" for i in range(90)]),
    "confusion with an empty row": lambda: plots.plot_confusion([[0, 0], [1, 3]], ["a", "b"]),
    "roc": lambda: plots.plot_roc(UNIT),
    "precision-recall": lambda: plots.plot_precision_recall(UNIT),
    "right where wrong": lambda: plots.plot_right_where_wrong([[0, 3], [1, 0]], ["LSTM", HOSTILE]),
    "costs of accuracy": lambda: plots.plot_costs_of_accuracy(COST_MARKS, COST_PANELS),
    "reliability": lambda: plots.plot_reliability(RELIABILITY),
    "coverage": lambda: plots.plot_coverage(UNIT),
    "costs": lambda: plots.plot_costs([plots.CostLine(UNIT[1], (0.4, 0.5)), plots.CostLine(UNIT[0], None)]),
    "trials": lambda: plots.plot_trials(TRIAL_AXES, TRIALS),
    "importances": lambda: plots.plot_importances([plots.ImportanceBar("Units", 0.4, True)]),
    "class scores": lambda: plots.plot_class_scores([(HOSTILE, "rnn", [0.1, 0.9])], ["ham", HOSTILE]),
    "class counts": lambda: plots.plot_class_counts({"ham": 10, HOSTILE: 3}),
    "no classes": lambda: plots.plot_class_counts({}),
    "lengths": lambda: plots.plot_lengths(LENGTHS),
    "token weights": lambda: plots.plot_token_weights(["a", HOSTILE, "a"], [0.2, 0.5, 0.3], "lstm_attention"),
    "one token without weight": lambda: plots.plot_token_weights(["a"], [0.0], "lstm_attention"),
}
every_picture = pytest.mark.parametrize("name", PICTURES)


@every_picture
def test_hostile_labels_never_reach_plotly_as_html(name):
    text = json.dumps(json.loads(PICTURES[name]().to_json()), ensure_ascii=False)
    assert "<img" not in text
    assert "<b>" not in text


@every_picture
def test_hostile_labels_are_never_part_of_a_hover_template(name):
    for trace in PICTURES[name]().data:
        assert "onerror" not in (trace.hovertemplate or "")


@every_picture
def test_pictures_follow_the_one_template_and_have_no_background(name):
    layout = PICTURES[name]().layout
    assert layout.template.to_plotly_json()["layout"] == TEMPLATE["layout"]
    assert layout.paper_bgcolor is layout.plot_bgcolor is layout.font.color is None  # the template's
    assert TEMPLATE["layout"]["paper_bgcolor"] == TEMPLATE["layout"]["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert TEMPLATE["layout"]["font"]["size"] >= 14


@every_picture
def test_right_to_left_overrides_stay_inside_their_label(name):
    text = json.dumps(json.loads(PICTURES[name]().to_json()), ensure_ascii=False)
    assert text.count("\u202e") <= text.count("\u2069")


def test_lines_have_the_colour_dash_and_mark_of_their_architecture():
    for figure in (PICTURES["roc"](), PICTURES["precision-recall"]()):
        drawn = {
            trace.line.color: (trace.line.dash, trace.marker.symbol) for trace in figure.data if trace.marker.color
        }
        for name in ("lstm", "rnn"):
            assert drawn[appearance(name).color] == (appearance(name).dash, appearance(name).mark)


def test_legends_stand_in_the_order_of_the_architectures_whatever_the_ranking():
    names = [which.name for which in architectures()]
    lines = [plots.Line(name, name, [0, 1], [0, 1]) for name in reversed(names)]
    assert [trace.name for trace in plots.plot_precision_recall(lines).data] == names
    scores = [(name, name, [0.5]) for name in reversed(names)]
    assert [trace.name for trace in plots.plot_class_scores(scores, ["a"]).data] == names


def test_lines_of_one_architecture_are_told_apart_by_their_marks():
    lines = [plots.Line(f"LSTM {n}", "lstm", [0, 1], [0, 1], n) for n in plots.variants(["lstm", "lstm", "lstm"])]
    assert len({trace.marker.symbol for trace in plots.plot_precision_recall(lines).data}) == 3


def test_confusion_shades_by_the_row_and_writes_the_counts():
    figure = plots.plot_confusion([[8, 2], [0, 5]], ["ham", "spam"])
    assert [list(row) for row in figure.data[0].z] == [[0.8, 0.2], [0.0, 1.0]]
    assert [label.text.split("<br>")[0] for label in figure.layout.annotations] == ["8", "2", "0", "5"]


def test_fifty_classes_are_named_on_both_axes_and_in_full_where_one_points():
    names = [f"intent {n} with a name that is long enough to be cut at the axis" for n in range(50)]
    figure = plots.plot_confusion([[1] * 50] * 50, names)
    assert not figure.layout.annotations  # numbers to squint at
    assert len(figure.layout.xaxis.ticktext) == len(figure.layout.yaxis.ticktext) == 50
    assert list(figure.data[0].customdata[3][7][:2]) == [names[3], names[7]]
    assert figure.layout.height / 50 > 15
    assert plots.least_width(50) / 50 > 15


def test_pairs_that_are_confused_most_come_first():
    pairs = plots.most_confused([[5, 3, 0], [1, 9, 0], [0, 7, 1]], ["a", "b", "c"])
    assert [(pair.true, pair.given, pair.count) for pair in pairs] == [("c", "b", 7), ("a", "b", 3), ("b", "a", 1)]
    assert pairs[0].share == 7 / 8


def test_equal_tokens_stay_separate_bars():
    (bars,) = PICTURES["token weights"]().data
    assert list(bars.x) == [0.5, 0.3, 0.2]
    assert len(set(bars.y)) == 3


def test_of_many_classes_the_largest_have_bars_and_the_rest_is_said():
    counts = {f"c{i}": 100 - i for i in range(50)}
    assert list(plots.plot_class_counts(counts).data[0].x) == [100 - i for i in range(20)]
    said = plots.describe_other_classes(counts, "texts")
    assert said.startswith("The 20 largest of 50 classes; the other 30 have 51 to 80 texts each")
    assert f"{sum(range(51, 81)):,} together" in said
    assert not plots.describe_other_classes({"a": 1, "b": 2}, "texts")


def test_the_last_bar_of_lengths_says_that_it_holds_all_that_are_longer():
    lengths = lengths_of(np.array([*range(1, 101)] * 10 + [5000, 7000]), most=60, total=1002)
    figure = plots.plot_lengths(lengths)
    (bars,) = figure.data
    assert lengths.longer == 2
    assert bars.customdata[-1] == f"{lengths.edges[-1]}+"
    assert figure.layout.xaxis.ticktext[-1] == f"{lengths.edges[-1]}+"
    assert sum(bars.y) == 1002
    assert "402 (40 %) have more than the maximum length of 60" in plots.describe_lengths(lengths)


def test_lengths_that_all_fit_have_no_open_bar():
    (bars,) = plots.plot_lengths(lengths_of(np.arange(1, 31), most=200, total=30)).data
    assert not any("+" in name for name in bars.customdata)
    assert sum(bars.y) == 30


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        (plots.describe_confusion([[8, 2], [0, 5]], ["ham", HOSTILE]), ["13 of 15 right", "2 of ham taken for <img"]),
        (plots.describe_lines("ROC", [plots.Line("b · AUC 0.9", "lstm", [], []), plots.Line("a", "rnn", [], [])]),
         ["ROC: a, b · AUC 0.9."]),
        (plots.describe_class_scores("F1", [("LSTM", "lstm", [0.5, 0.75])], ["x", "y"]), ["50.0% (x) to 75.0% (y)"]),
        (plots.describe_class_counts({"a": 1, "b": 999}, "texts"), ["b 999 (100 %), a 1 (under 1 %)"]),
        (plots.describe_lengths(LENGTHS), ["5 texts have at most 4 tokens", "longest has 250", "2 (40 %)"]),
        (plots.describe_token_weights(["a", "b"], [0.25, 0.75]), ["b 75.0%, a 25.0%"]),
    ],
)  # fmt: skip
def test_every_picture_is_said_in_words_with_its_numbers(said, numbers):
    assert all(number in said for number in numbers), said


def test_words_are_of_bounded_length_whatever_labels_are():
    long = "x" * 10_000
    assert len(plots.describe_confusion([[8, 2], [3, 5]], [long, long + "y"])) < 500
    assert len(plots.describe_class_counts({f"{long}{n}": n for n in range(100)}, "texts")) < 1000


def test_labels_that_look_like_a_colour_are_left_alone_in_dark():
    figure = json.loads(plots.plot_class_counts({PALE: 3, "b": 1}).to_json())
    assert PALE in json.dumps(in_dark(figure)["layout"]["yaxis"]["ticktext"])
    assert in_dark({"marker": {"color": [PALE, "#123456"]}}) == {"marker": {"color": [DARK[PALE], "#123456"]}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a<b", "a&lt;b"), ("a\n\tb", "a b"), ("x" * 50, "x" * 39 + "…"), ("é", "\u2068é\u2069"), ("", "")],
)
def test_plain_text(text, expected):
    assert plots.plain(text).strip("\u2068\u2069") == expected.strip("\u2068\u2069")


def test_a_reliability_diagram_has_intervals_for_two_models_and_none_where_nobody_could_tell_whose_they_are():
    drawn = [trace for trace in plots.plot_reliability(RELIABILITY).data if trace.marker.color]
    assert list(drawn[1].error_y.array) == pytest.approx([0.2, 0.1])
    assert drawn[1].marker.size[0] < drawn[1].marker.size[1]
    three = plots.plot_reliability([*RELIABILITY, RELIABILITY[0]])
    assert not any(trace.error_y.array for trace in three.data)


def test_calibration_coverage_and_costs_are_told_in_words():
    assert "LSTM: 50% right at 60%, 80% right at 90%" in plots.describe_reliability(RELIABILITY)
    assert "LSTM 90.0% of the surest 20%, 100.0% of all" in plots.describe_coverage(UNIT)
    costs = plots.describe_costs([plots.CostLine(UNIT[0], (0.4, 0.25)), plots.CostLine(UNIT[1], None)])
    assert "LSTM 0.9 at 50%, 0.25 at the chosen 40.0%" in costs
    assert "the chosen" not in costs.partition(";")[0]


def test_the_matrix_of_models_leaves_its_diagonal_empty_and_is_told_in_words():
    counts, names = [[0, 3], [1, 0]], ["LSTM", "RNN"]
    assert [list(row) for row in plots.plot_right_where_wrong(counts, names).data[0].z] == [[None, 3], [1, None]]
    assert "LSTM alone 3, RNN alone 1" in plots.describe_right_where_wrong(counts, names)
    assert plots.describe_slice_scores("length", [("LSTM", "lstm", [0.5])], ["1 to 4"]).endswith("LSTM 50.0% (1 to 4).")


def test_a_ring_marks_the_models_that_none_beats_and_a_cost_that_is_not_known_has_no_ring():
    traces = PICTURES["costs of accuracy"]().data
    rings = [(trace.xaxis, trace.x[0]) for trace in traces if trace.marker.size == 22]
    assert sorted(rings) == [("x", 50_000), ("x", 60_000), ("x2", 2.0)]


@pytest.mark.parametrize(("low", "high"), [(0.01, 0.05), (5_000, 90_000), (58_000, 71_000), (0.5, 4000), (1.0, 1.3)])
def test_a_logarithmic_axis_has_two_to_five_round_ticks(low, high):
    ticks = log_ticks(low, high)
    assert 2 <= len(ticks) <= 5
    assert all(low <= tick <= high for tick in ticks)
    assert all(float(f"{tick:.2g}") == pytest.approx(tick) for tick in ticks)
