"""The picture of how influence fades."""

from seqcore.plots import FadingLine, describe_memory, plot_memory

LINES = [
    FadingLine("LSTM", "lstm", range(3), [1, 0.9, 0.8], None),
    FadingLine("<b>RNN</b>", "rnn", range(3), [1, 0.5, 0.0], 1.0),
]


def test_a_fixed_share_lost_each_word_is_a_straight_line() -> None:
    figure = plot_memory(LINES)
    assert figure.layout.yaxis.type == "log"
    drawn = {trace.name: list(trace.y) for trace in figure.data}
    assert drawn == {"LSTM": [1, 0.9, 0.8], "&lt;b&gt;RNN&lt;/b&gt;": [1, 0.5, 1e-4]}  # a logarithm of 0 there is not


def test_it_says_the_half_lives() -> None:
    said = describe_memory(LINES)
    assert "RNN</b>: half is left after 1.0 words" in said
    assert "LSTM: never falls to half" in said
