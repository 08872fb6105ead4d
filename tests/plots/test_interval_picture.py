"""Models on one axis: room for all, both parts of an interval, and bars that join what no verdict tells apart."""

import re
from urllib.parse import unquote

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.plots.interval_picture import draw_intervals, joined
from seqcore.plots.svg_intervals import Scored, axis_of, describe_intervals

A = Scored("A", "lstm", 0, 0.82, 0.78, 0.86, 0.80, 0.84)
B = Scored("B", "rnn", 0, 0.77, 0.72, 0.81, 0.75, 0.79, (0.71, 0.83))


def test_the_axis_has_room_for_all_and_round_numbers():
    axis = axis_of([A, B], guessing=0.5)
    assert axis.low == pytest.approx(0.70)
    assert axis.high == pytest.approx(0.87)
    assert axis.guessing is None
    assert np.allclose(axis.ticks, [0.70, 0.75, 0.80, 0.85])
    assert axis.at(0.785) == pytest.approx(50.0)
    assert describe_intervals([A]) == "A: 82.0\u00a0%, interval 78.0 to 86.0\u00a0%"


def test_guessing_is_on_the_axis_where_models_are_close_to_it():
    axis = axis_of([Scored("A", "lstm", 0, 0.55, 0.5, 0.6, 0.5, 0.6)], guessing=0.48)
    assert axis.guessing == 0.48
    assert axis.low < 0.48


def test_the_part_of_texts_lies_within_the_whole_interval():
    html = unquote(draw_intervals([A], 0.5))
    thin, thick = (
        re.search(rf'x1="([0-9.]+)%" x2="([0-9.]+)%" y1="17" y2="17" stroke="#[0-9A-F]+" stroke-width="{width}"', html)
        for width in (2, 6)
    )
    assert float(thin[1]) < float(thick[1]) < float(thick[2]) < float(thin[2])


def test_models_that_nothing_tells_apart_are_joined_in_groups_as_large_as_can_be():
    assert joined(3, []) == [range(3)]
    assert joined(3, [(0, 2)]) == [range(2), range(1, 3)]
    assert joined(4, [(0, 2), (0, 3), (1, 3)]) == [range(2), range(1, 3), range(2, 4)]
    assert joined(2, [(0, 1)]) == []
    assert joined(1, []) == []


@given(st.integers(1, 8), st.data())
def test_no_bar_joins_two_models_that_are_told_apart_and_every_open_neighbour_pair_is_joined(models, data):
    every = [(first, second) for first in range(models) for second in range(first + 1, models)]
    apart = data.draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    bars = joined(models, apart)
    assert not any(first in bar and second in bar for bar in bars for first, second in apart)
    for place in range(models - 1):
        if (place, place + 1) not in apart:
            assert any(place in bar and place + 1 in bar for bar in bars)


def test_a_bar_is_drawn_in_pieces_that_meet():
    html = unquote(draw_intervals([A, B, B], 0.5, bars=[range(3)]))
    pieces = re.findall(r'y1="(\d+)%" y2="(\d+)%" stroke="#[0-9a-f]+" stroke-width="4"', html)
    assert pieces == [("50", "100"), ("0", "100"), ("0", "50")]


def test_names_are_text_and_nothing_else():
    hostile = Scored("<script>alert(1)</script>", "lstm", 0, 0.8, 0.7, 0.9, 0.75, 0.85)
    assert "<script" not in unquote(draw_intervals([hostile], 0.5))
