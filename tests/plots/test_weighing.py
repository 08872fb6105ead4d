"""The picture of one weighed sum: scores above, weights below, one word in the model's colour."""

from seqcore.architectures import appearance
from seqcore.plots import describe_weighing, plot_weighing

WORDS, SCORES, WEIGHTS = ["not", "<b>", "film"], [-1.0, 2.0, 0.5], [0.1, 0.7, 0.2]


def test_scores_and_weights_stand_over_the_same_words() -> None:
    scores, weights = plot_weighing(WORDS, SCORES, WEIGHTS, 1, "lstm_attention").data
    assert list(scores.y) == SCORES
    assert list(weights.y) == WEIGHTS
    assert (scores.yaxis, weights.yaxis) == ("y", "y2")
    assert list(scores.x) == list(weights.x)
    assert scores.text[1] == "&lt;b&gt;"


def test_the_chosen_word_alone_has_the_colour_of_the_model() -> None:
    for trace in plot_weighing(WORDS, SCORES, WEIGHTS, 1, "lstm_attention").data:
        color = appearance("lstm_attention").color
        assert [each == color for each in trace.marker.color] == [False, True, False]


def test_it_is_said_in_words() -> None:
    said = describe_weighing(WORDS, SCORES, WEIGHTS, 0)
    assert "from -1.00 to 2.00" in said
    assert "70.0%, of <b>" in said
    assert "not has the score -1.00 and the weight 10.0%" in said
    assert describe_weighing([], [], [], 0) == "Nothing was read."
