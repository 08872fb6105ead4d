"""Several models along one text."""

import numpy as np

from seqcore.analysis.read_together import MOST_STOPS, Stop, at_stops, stops_of

TEXT = "not so bad"
WORDS, HALVES = [(0, 3), (4, 6), (7, 10)], [(0, 3), (7, 8), (8, 10)]


def test_one_can_stop_wherever_a_word_of_any_model_ends() -> None:
    assert [stop.end for stop in stops_of(TEXT, [WORDS, HALVES])] == [3, 6, 8, 10]
    assert [stop.word for stop in stops_of(TEXT, [WORDS, HALVES])] == ["not", "so", "b", "bad"]


def test_a_model_says_what_it_said_after_its_last_word_there() -> None:
    stops = stops_of(TEXT, [WORDS, HALVES])
    assert at_stops(stops, WORDS, np.array([0.1, 0.2, 0.3])) == [0.1, 0.2, 0.2, 0.3]
    assert at_stops(stops, HALVES, np.array([0.1, 0.2, 0.3])) == [0.1, 0.1, 0.2, 0.3]


def test_before_its_first_word_it_has_said_nothing() -> None:
    assert at_stops([Stop(0, 3, "not"), Stop(4, 6, "so")], [(4, 6)], np.array([0.7])) == [None, 0.7]


def test_one_that_reads_nothing_never_says_anything() -> None:
    assert at_stops([Stop(0, 3, "not")], [], np.zeros(0)) == [None]


def test_a_long_text_has_stops_evenly_spread_the_last_one_kept() -> None:
    spans = [(2 * n, 2 * n + 1) for n in range(5_000)]
    stops = stops_of("a " * 5_000, [spans])
    assert len(stops) == MOST_STOPS
    assert stops[-1].end == spans[-1][1]
