"""The picture of the words that draw most."""

from seqcore.plots import WordBar, describe_drawn_words, plot_drawn_words
from seqcore.plots.theme import AGAINST, FOR

BARS = [WordBar("<b>warm", 2.0, 0.5, 1200, 300), WordBar("cold", -1.0, None, 2, 2)]


def test_bars_have_their_intervals_and_counts_and_what_speaks_against_another_colour() -> None:
    figure = plot_drawn_words(BARS, "lstm", signed=True)
    (drawn,) = figure.data
    assert list(drawn.x) == [2.0, -1.0] and list(drawn.error_x.array) == [0.5, 0.0]
    assert list(drawn.marker.color) == [FOR, AGAINST]
    assert list(figure.layout.yaxis.ticktext) == ["&lt;b&gt;warm", "cold"]
    assert [note.text for note in figure.layout.annotations] == ["1,200×", "2×"]


def test_attention_is_drawn_beside_an_even_share() -> None:
    figure = plot_drawn_words(BARS, "lstm", signed=False, rows=12)
    assert figure.layout.shapes[0].x0 == 1
    assert figure.layout.height > plot_drawn_words(BARS, "lstm", signed=False).layout.height
    assert len({*figure.data[0].marker.color}) == 1


def test_it_says_the_first_words_and_where_there_is_none() -> None:
    said = describe_drawn_words(BARS, "good", signed=False)
    assert said == (
        "Words by attention in texts of good: <b>warm 2.00 times an even share, 1,200 times; "
        "cold -1.00 times an even share, 2 times."
    )
    assert describe_drawn_words([], "good", signed=True) == "No word in texts of good."
