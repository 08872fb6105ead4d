"""The picture of points in a plane."""

import json

import pytest

from seqcore.plots import OwnMark, PlanePoint, describe_plane, plot_plane
from seqcore.plots.contrast import LEAST_OF_LINES, contrast
from seqcore.plots.plane import _COLORS, MOST_CLASSES
from seqcore.plots.theme import PAGES

POINTS = [
    PlanePoint(0, 0, "fine", "good", weight=3), PlanePoint(0.01, 0, "fun", "good", weight=2),
    PlanePoint(9, 9, "<b>dull</b>", "bad", hollow=True, weight=1), PlanePoint(5, 5, "the", ""),
]  # fmt: skip


def test_each_class_has_a_colour_and_a_mark_of_its_own_and_an_outline_what_is_hollow():
    figure = plot_plane(POINTS, ("bad", "good"), hollow="Hollow: wrong", no_class="Stands for no class")
    looks = {trace.name: (trace.marker.color, trace.marker.symbol) for trace in figure.data}
    assert list(looks) == ["Stands for no class", "bad", "good", "Hollow: wrong"]
    assert looks.pop("Hollow: wrong")[1] == looks["bad"][1] == "circle-open"
    assert looks["good"][1] == "square"
    assert len({color for color, _ in looks.values()}) == len({mark for _, mark in looks.values()}) == 3


def test_a_mark_knows_which_point_it_is_and_what_is_chosen_stands_out():
    figure = plot_plane(POINTS, ("bad", "good"), chosen={1, 2})
    found = {trace.name: (list(trace.customdata), list(trace.selectedpoints)) for trace in figure.data}
    assert found == {"No class": ([3], []), "bad": ([2], [0]), "good": ([0, 1], [1])}
    assert all(trace.selectedpoints is None for trace in plot_plane(POINTS, ("bad", "good")).data)


def test_other_peoples_words_are_drawn_literally():
    drawn = json.dumps(plot_plane(POINTS, ("bad", "good")).to_plotly_json(), default=str)
    assert "<b>" not in drawn and "&lt;b&gt;dull" in drawn


def test_names_stand_at_the_heaviest_points_where_they_do_not_lie_upon_each_other():
    named = [text for trace in plot_plane(POINTS, ("bad", "good")).data for text in trace.text if text]
    assert named == ["&lt;b&gt;dull&lt;/b&gt;", "fine"]


def test_a_class_stands_in_the_legend_once():
    points = [*POINTS, PlanePoint(1, 1, "fun", "bad"), PlanePoint(1, 1, "fun", "good", hollow=True)]
    traces = [(trace.name, trace.showlegend) for trace in plot_plane(points, ("bad", "good")).data]
    assert traces[1:] == [("bad", True), ("bad", False), ("good", True), ("good", False)]


def test_ones_own_text_is_marked():
    figure = plot_plane(POINTS, ("bad", "good"), own=OwnMark(1, 2, "my text"))
    assert (figure.data[-1].name, figure.data[-1].marker.symbol) == ("Your text", "star")
    assert figure.data[-1].customdata is None


def test_of_many_classes_the_rarest_share_a_look():
    classes = [f"c{number}" for number in range(12)]
    points = [PlanePoint(n, n, "w", label) for n, label in enumerate(classes) for _ in range(20 - n)]
    figure = plot_plane(points, classes)
    assert [trace.name for trace in figure.data] == [*classes[:MOST_CLASSES], "Other classes"]
    assert "other classes 42" in describe_plane(points, classes, "words", "")


@pytest.mark.parametrize("points", [[], POINTS[:1], POINTS[:2]])
def test_few_points_can_be_drawn_too(points):
    plot_plane(points, ("bad", "good"), own=OwnMark(0, 0, ""))
    assert describe_plane(points, ("bad", "good"), "words", "PCA.").startswith(f"{len(points)} words")


def test_it_says_how_many_there_are_of_which_class():
    said = describe_plane(POINTS, ("bad", "good"), "words", "PCA shows 20 % of the variance.")
    assert said == "4 words: bad 1, good 2, no class 1. PCA shows 20 % of the variance."


@pytest.mark.parametrize("color", _COLORS)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_colour_can_be_seen_on_both_pages(color, page):
    assert contrast(color, page) >= LEAST_OF_LINES
