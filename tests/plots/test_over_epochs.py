"""Lines over epochs and a map over epochs: what is drawn, and the same in words."""

import numpy as np

from seqcore.plots import (
    EpochLine,
    describe_map_over_epochs,
    describe_over_epochs,
    plot_map_over_epochs,
    plot_over_epochs,
)

RNN = EpochLine("RNN", "rnn", [0, 2, 4], [0.5, None, 0.9], kept=4)
LSTM = EpochLine("<b>LSTM</b>", "lstm", [0, 1], [0.5, 0.75])


def test_each_model_is_a_line_with_a_ring_where_the_weights_stand_that_it_kept():
    figure = plot_over_epochs([LSTM, RNN], "Probability", shares=True)
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert [list(trace.x) for trace in lines] == [[0, 2, 4], [0, 1]]  # in the order of every legend
    (ring,) = [trace for trace in figure.data if trace.mode == "markers"]
    assert (list(ring.x), list(ring.y)) == ([4], [0.9])
    assert "<b>" not in lines[1].name


def test_a_kept_epoch_without_a_moment_has_no_ring():
    figure = plot_over_epochs([EpochLine("RNN", "rnn", [0, 4], [1.0, 2.0], kept=3)], "Half-life")
    assert len(figure.data) == 1


def test_in_words_it_is_where_each_begins_and_ends():
    said = describe_over_epochs([LSTM, RNN], "Accuracy", shares=True)
    assert "RNN from 50.0% after epoch 0 to 90.0% after epoch 4" in said
    assert "no number to tell" in describe_over_epochs([EpochLine("A", "rnn", [0], [None])], "Half-life")


def test_a_map_has_a_row_for_each_epoch_and_is_balanced_where_it_has_a_sign():
    values = np.array([[0.0, 0.5], [-2.0, 1.0]])
    signed = plot_map_over_epochs(values, ["not", "bad"], [0, 3], "rnn", signed=True).data[0]
    assert (signed.zmin, signed.zmax, len(signed.z)) == (-2.0, 2.0, 2)
    shares = plot_map_over_epochs(abs(values), ["not", "bad"], [0, 3], "rnn", signed=False).data[0]
    assert shares.zmin == 0
    assert describe_map_over_epochs(values, ["not", "bad"], [0, 3]) == (
        "2 moments of 2 words: after epoch 0 most at bad, after epoch 3 most at not."
    )
    assert describe_map_over_epochs(np.zeros((1, 0)), [], [0]) == "Nothing of this text was read."
