"""Every picture: right numbers, the registry's colours, no background, nobody's text read as HTML."""

import itertools
import json

import pytest

from seqcore import plots
from seqcore.architectures import get_architecture
from seqcore.plots.canvas import spread

HOSTILE = "<img src=x onerror=alert(1)> & <b>%{x}</b>\u202e"
CURVES = [
    plots.Line("LSTM", "lstm", [0.5, 1.0], [0.7, 0.5], faint=True),
    plots.Line("LSTM", "lstm", [1.0], [0.6]),
    plots.Line(HOSTILE, "rnn", [1.0, 2.0], [0.65, 0.64]),
]
UNIT = [plots.Line("LSTM", "lstm", [0, 0.2, 1], [0, 0.9, 1]), plots.Line(HOSTILE, "rnn", [0, 1], [0, 1])]
PICTURES = {
    "curves of loss": lambda: plots.plot_curves(CURVES, measure="loss"),
    "curves of accuracy": lambda: plots.plot_curves(CURVES, measure="accuracy"),
    "no curves yet": lambda: plots.plot_curves([], measure="loss"),
    "confusion": lambda: plots.plot_confusion([[8, 2], [0, 5]], ["ham", HOSTILE]),
    "confusion of many": lambda: plots.plot_confusion([[1] * 40] * 40, [f"{HOSTILE} {i}" for i in range(40)]),
    "confusion with an empty row": lambda: plots.plot_confusion([[0, 0], [1, 3]], ["a", "b"]),
    "roc": lambda: plots.plot_roc(UNIT),
    "precision-recall": lambda: plots.plot_precision_recall(UNIT),
    "class scores": lambda: plots.plot_class_scores([(HOSTILE, "rnn", [0.1, 0.9])], ["ham", HOSTILE]),
    "class counts": lambda: plots.plot_class_counts({"ham": 10, HOSTILE: 3}),
    "no classes": lambda: plots.plot_class_counts({}),
    "lengths": lambda: plots.plot_lengths([0, 10, 20], [5, 7]),
    "token weights": lambda: plots.plot_token_weights(["a", HOSTILE, "a"], [0.2, 0.5, 0.3], "lstm_attention"),
    "one token without weight": lambda: plots.plot_token_weights(["a"], [0.0], "lstm_attention"),
    "attention matrix": lambda: plots.plot_attention_matrix(["a", HOSTILE], [[0.5, 0.5], [1, 0]], "transformer"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_hostile_labels_never_reach_plotly_as_html(name):
    text = json.dumps(json.loads(PICTURES[name]().to_json()), ensure_ascii=False)
    assert "<img" not in text
    assert "<b>" not in text


@pytest.mark.parametrize("name", PICTURES)
def test_hostile_labels_are_never_part_of_a_hover_template(name):
    for trace in PICTURES[name]().data:
        assert "onerror" not in (trace.hovertemplate or "")


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_have_no_background_and_a_readable_font(name):
    layout = PICTURES[name]().layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.font.size >= 14
    assert layout.xaxis.tickfont.size >= 14
    assert layout.font.color is None  # the theme's


@pytest.mark.parametrize("name", PICTURES)
def test_right_to_left_overrides_stay_inside_their_label(name):
    text = json.dumps(json.loads(PICTURES[name]().to_json()), ensure_ascii=False)
    assert text.count("\u202e") <= text.count("\u2069")


def test_lines_have_the_registrys_colour_and_dash():
    for figure in (PICTURES["curves of loss"](), PICTURES["precision-recall"]()):
        drawn = {trace.line.color: trace.line.dash for trace in figure.data}
        for name in ("lstm", "rnn"):
            assert drawn[get_architecture(name).color] == get_architecture(name).dash


def test_training_is_fainter_than_validation():
    training, validation, _ = PICTURES["curves of loss"]().data
    assert training.opacity < validation.opacity
    assert training.line.width < validation.line.width


def test_seeds_of_one_model_are_named_once_at_the_mean_of_their_ends():
    lines = [plots.Line("GRU", "gru", [1, 2], [0.4, 0.2]), plots.Line("GRU", "gru", [1, 2], [0.5, 0.4])]
    (label,) = plots.plot_curves(lines).layout.annotations
    assert label.y == pytest.approx(0.3)
    assert "GRU" in label.text


def test_labels_of_equal_ends_do_not_overlap():
    lines = [plots.Line(f"m{i}", "gru", [1, 2], [0.5, 0.3]) for i in range(10)]
    figure = plots.plot_curves(lines, height=380)
    heights = sorted(label.y for label in figure.layout.annotations)
    least, most = figure.layout.yaxis.range
    assert min(b - a for a, b in itertools.pairwise(heights)) > 0
    assert least <= heights[0]
    assert heights[-1] <= most + 1e-9


def test_spread_leaves_positions_that_have_room():
    assert spread([0.1, 0.5, 0.9], 0.1, (0, 1)) == [0.1, 0.5, 0.9]
    assert spread([0.5, 0.5], 0.1, (0, 1)) == pytest.approx([0.5, 0.6])
    assert spread([1.0, 1.0], 0.1, (0, 1)) == pytest.approx([0.9, 1.0])


def test_confusion_shades_by_the_row_and_writes_the_counts():
    figure = plots.plot_confusion([[8, 2], [0, 5]], ["ham", "spam"])
    assert [list(row) for row in figure.data[0].z] == [[0.8, 0.2], [0.0, 1.0]]
    assert [label.text.split("<br>")[0] for label in figure.layout.annotations] == ["8", "2", "0", "5"]


def test_a_large_confusion_matrix_has_no_numbers_to_squint_at():
    assert not PICTURES["confusion of many"]().layout.annotations


def test_equal_tokens_stay_separate_bars():
    (bars,) = PICTURES["token weights"]().data
    assert list(bars.x) == [0.5, 0.3, 0.2]
    assert len(set(bars.y)) == 3


def test_many_classes_are_summed_up_in_the_last_bar():
    figure = plots.plot_class_counts({f"c{i}": 1 for i in range(50)})
    assert len(figure.data[0].x) == 31
    assert figure.data[0].x[-1] == 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a<b", "a&lt;b"), ("a\n\tb", "a b"), ("x" * 50, "x" * 39 + "…"), ("é", "\u2068é\u2069"), ("", "")],
)
def test_plain_text(text, expected):
    assert plots.plain(text).strip("\u2068\u2069") == expected.strip("\u2068\u2069")
