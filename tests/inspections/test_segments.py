"""A text in pieces: nothing of it is lost, whatever the offsets; even weights are pale."""

import pytest

from seqcore.inspections.contracts import WeighedStep
from seqcore.inspections.segments import Segment, full_shade, segments


def steps(*spans):
    return [WeighedStep(token="", start=start, end=end, weight=weight) for start, end, weight in spans]


def test_segments_joined_are_the_text():
    text = "Not good, at all!"
    pieces = segments(text, steps((0, 3, 0.5), (4, 8, 0.3), (10, 12, 0.1), (13, 16, 0.1)))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.weight is None] == [" ", ", ", " ", "!"]
    assert [(piece.text, piece.weight) for piece in pieces if piece.weight is not None] == [
        ("Not", 0.5), ("good", 0.3), ("at", 0.1), ("all", 0.1),
    ]  # fmt: skip


def test_overlapping_tokens_share_a_piece_and_their_weights_are_kept():
    pieces = segments("a😀b", steps((0, 1, 0.25), (1, 2, 0.25), (1, 2, 0.25), (2, 3, 0.25)))
    assert [(piece.text, piece.weight) for piece in pieces] == [("a", 0.25), ("😀", 0.5), ("b", 0.25)]


@pytest.mark.parametrize("spans", [[], [(0, 0, 1.0)], [(0, 99, 1.0)], [(3, 9, 0.5), (0, 5, 0.5)]])
def test_odd_offsets_lose_no_character(spans):
    assert "".join(piece.text for piece in segments("abcdef", steps(*spans))) == "abcdef"


@pytest.mark.parametrize(
    ("weights", "full"), [([1.0], 1.0), ([0.5, 0.5], 1.0), ([0.1] * 10, 0.3), ([0.9, *[0.01] * 10], 0.9), ([], 1.0)]
)
def test_even_attention_is_pale(weights, full):
    assert full_shade([Segment(" "), *(Segment("a", weight) for weight in weights)]) == pytest.approx(full)
