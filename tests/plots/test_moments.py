"""An example along time: parts aligned on one axis, the same in words and in rows."""

import numpy as np

from seqcore.kinds.picture import Picture, picture_of_frames
from seqcore.plots import Beneath, ReadLine, Strip, describe_moments, plot_moments, table_of_moments

LINES = picture_of_frames(np.array([[0.0, 1.0], [2.0, np.nan], [4.0, 3.0]]), "Moment")
IMAGE = Picture("image", ("band 1", "band 2"), np.ones((4, 2)), np.arange(4) / 10, np.arange(5) / 10, "Seconds", "Mel")
SCORES = Strip("Leaving out, for <b>up</b>", np.array([0.5, -2.0, 0.1]), signed=True)


def test_every_step_has_its_cell_beneath_its_moment() -> None:
    figure = plot_moments(LINES, Beneath([SCORES]))
    lines, strip = figure.data[:2], figure.data[2]
    assert [list(line.x) for line in lines] == [[1, 2, 3]] * 2
    assert list(strip.x) == [0.5, 1.5, 2.5, 3.5]
    assert (strip.zmin, strip.zmax) == (-2.0, 2.0)
    assert lines[1].y[1] is None
    assert figure.layout.xaxis.range == (0.5, 3.5)
    tops = [figure.layout[f"yaxis{number}"].domain for number in ("", "2")]
    assert tops[0][0] > tops[1][1] and tops[1][0] == 0


def test_a_spectrogram_is_an_image_in_seconds_with_its_bands_upwards() -> None:
    figure = plot_moments(IMAGE, Beneath([Strip("Attention", np.full(4, 0.25), signed=False)]))
    assert figure.data[0].type == "heatmap" and np.shape(figure.data[0].z) == (2, 4)
    assert figure.layout.xaxis.title.text == "Seconds"
    assert figure.layout.yaxis.ticktext == ("band 1", "band 2")
    assert figure.data[1].customdata[0][1][0] == "0.10 s"


def test_other_peoples_labels_are_drawn_literally() -> None:
    assert "<b>up" not in plot_moments(LINES, Beneath([SCORES])).to_json().replace("&lt;b&gt;", "")


def test_curves_stand_at_the_ends_of_steps_with_a_ring_where_a_mind_changes() -> None:
    curve = ReadLine("LSTM", "lstm", [0.2, None, 0.9], [2])
    figure = plot_moments(LINES, Beneath(curves=[curve], curves_title="Probability of up"))
    assert list(figure.data[2].x) == [1.5, 2.5, 3.5]
    assert list(figure.data[3].x) == [3.5]
    assert figure.layout.showlegend


def test_what_is_known_to_matter_is_shaded_behind_the_example() -> None:
    (shape,) = plot_moments(LINES, Beneath([SCORES], marked=[(0.5, 2.5)])).layout.shapes
    assert (shape.x0, shape.x1, shape.yref) == (0.5, 2.5, "y domain")


def test_it_is_told_in_words_and_in_rows() -> None:
    below = Beneath([SCORES], [ReadLine("LSTM", "lstm", [0.2, None, 0.9], [])])
    said = describe_moments(LINES, below)
    assert "Lines of 2 channels over 3 moment" in said
    assert "strongest at moment 2 (-2)" in said and "LSTM goes from 20.0% to 90.0%" in said
    rows = table_of_moments(LINES, below)
    assert rows[0] == ["Moment", SCORES.title, "LSTM"] and len(rows) == 4
    assert rows[2][2] == "–"
    assert table_of_moments(LINES) == []


def test_an_example_without_a_moment_is_drawn_empty() -> None:
    empty = picture_of_frames(np.zeros((0, 1)), "Moment")
    figure = plot_moments(empty, Beneath([Strip("Attention", np.zeros(0), signed=False)]))
    assert figure.layout.xaxis.range == (0, 1)
    assert describe_moments(empty, Beneath()) == "Lines of one channel."


def test_a_long_series_is_thinned_to_what_a_screen_shows() -> None:
    long = picture_of_frames(np.zeros((100_000, 1)), "Moment")
    assert len(plot_moments(long).data[0].x) <= 1_500
    assert len(table_of_moments(long, Beneath([Strip("A", np.zeros(100_000), signed=False)]))) <= 61
