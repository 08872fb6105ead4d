from __future__ import annotations

import pytest

from seqcore.export.directions import direction_of, stretches


@pytest.mark.parametrize(
    ("pieces", "direction", "found"),
    [
        (["هذا", " ", "good", " ", "film", "!", " ", "جيد"], "rtl", [range(2, 5)]),
        (["they", " ", "فيلم", " ", "جيد"], "ltr", [range(2, 5)]),
        (["هذا", " ", "good", " ", "جيد"], "rtl", []),
        (["a", " ", "good", " ", "film"], "ltr", []),
        (
            ["جيد", " ", "a", "-", "b", " ", "جيد", " ", "c", " ", "12", " ", "d", "."],
            "rtl",
            [range(2, 5), range(8, 13)],
        ),
        ([], "ltr", []),
    ],
)
def test_neighbours_of_the_other_direction_stay_together(pieces: list[str], direction: str, found: list[range]) -> None:
    assert stretches(pieces, direction) == found


@pytest.mark.parametrize(("text", "direction"), [("1 (سلام)", "rtl"), ("\u202egood", "ltr"), ("", ""), ("12", "")])
def test_the_first_letter_decides(text: str, direction: str) -> None:
    assert direction_of(text) == direction
