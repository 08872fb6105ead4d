"""The picture of models that read along."""

from seqcore.plots import ReadLine, along_width, describe_reading_along, plot_reading_along

WORDS = ["not", "<b>a</b>", "film"]
LINES = [ReadLine("LSTM", "lstm", [0.2, 0.4, 0.9], [2]), ReadLine("RNN", "rnn", [None, 0.5, 0.6], [])]


def test_a_line_goes_over_the_words_and_a_ring_is_where_a_mind_changes() -> None:
    figure = plot_reading_along(LINES, WORDS, "good")
    drawn = {trace.name: trace for trace in figure.data if trace.name}
    assert list(drawn["LSTM"].y) == [0.2, 0.4, 0.9]
    assert list(drawn["RNN"].y) == [None, 0.5, 0.6]
    (ring,) = [trace for trace in figure.data if trace.name is None]
    assert (list(ring.x), list(ring.y)) == ([2], [0.9])


def test_words_are_drawn_literally() -> None:
    figure = plot_reading_along(LINES, WORDS, "<i>good</i>")
    assert figure.layout.xaxis.ticktext[1] == "&lt;b&gt;a&lt;/b&gt;"
    assert "<i>" not in figure.layout.yaxis.title.text


def test_of_a_long_text_no_word_is_named_and_the_picture_is_no_wider() -> None:
    words = ["word"] * 400
    figure = plot_reading_along([ReadLine("LSTM", "lstm", [0.5] * 400, [])], words, "good")
    assert figure.layout.xaxis.ticktext is None
    assert along_width(400) == along_width(40)


def test_it_says_where_minds_change() -> None:
    said = describe_reading_along(LINES, WORDS, "good")
    assert "LSTM from 20.0% to 90.0%, changes its mind at film" in said
    assert "RNN from 50.0% to 60.0%, never changes its mind" in said
