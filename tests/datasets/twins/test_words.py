from __future__ import annotations

from seqcore.datasets.twins.words import words_of


def test_words_are_numbered_as_they_first_appear() -> None:
    words = words_of(["Good film", "", "film, GOOD film!"])
    assert words.distinct == ["good", "film"]
    assert words.codes.tolist() == [0, 1, 1, 0, 1]
    assert words.lengths.tolist() == [2, 0, 3]
    assert words.owners.tolist() == [0, 0, 2, 2, 2]


def test_many_texts_are_numbered_together() -> None:
    words = words_of([f"text {row % 7}" for row in range(20_000)])
    assert len(words.distinct) == 8
    assert set(words.lengths.tolist()) == {2}
    assert words.codes.reshape(-1, 2)[:, 0].tolist() == [0] * 20_000
    assert words.codes.reshape(-1, 2)[::7, 1].tolist() == [1] * 2858
