"""Reading along: every point is what the model says so far, the last is its answer, a change of mind is named."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from seqcore.architectures import Architecture, architectures, get_architecture
from seqcore.architectures.recurrent import is_recurrent
from seqcore.inspections.reading_along import (
    MOST_POINTS,
    AlongAnswer,
    AlongRequest,
    Change,
    cuts,
    reading_along,
)
from tests.inspections.tiny_models import CLASSES, fresh_model

ALL = list(architectures("tokens"))
every_architecture = pytest.mark.parametrize("architecture", ALL, ids=lambda architecture: architecture.name)
BOTH_WAYS = ("bilstm", "bigru", "bilstm_attention")
TEXT = "a cold film and lovely"
DEEP: dict[str, Any] = {"classes": ("no", "yes"), "layers": 2}


def along(architecture: Architecture, text: str, points: str = "states", **model: Any):
    return reading_along(fresh_model(architecture, **model), AlongRequest(text=text, points=points))


@every_architecture
@pytest.mark.parametrize("points", ["states", "prefixes"])
@pytest.mark.parametrize("model", [{}, DEEP], ids=["three classes", "two classes, two layers"])
def test_the_last_point_is_the_answer(architecture: Architecture, points: str, model: dict[str, Any]):
    found = along(architecture, TEXT, points, **model)
    assert found.tokens == tuple(TEXT.split())
    expected = fresh_model(architecture, **model).probabilities([TEXT])[0]
    np.testing.assert_allclose(found.probabilities[-1], expected, atol=1e-6)
    np.testing.assert_allclose(found.probabilities.sum(axis=1), 1)


@every_architecture
def test_a_point_by_prefixes_is_the_answer_to_the_text_cut_there(architecture: Architecture):
    words = TEXT.split()
    found = along(architecture, TEXT, "prefixes")
    expected = fresh_model(architecture).probabilities([" ".join(words[: end + 1]) for end in range(len(words))])
    np.testing.assert_allclose(found.probabilities, expected, atol=1e-6)


@every_architecture
def test_states_are_used_where_there_are_some_and_tell_the_same_as_prefixes_unless_they_know_what_follows(architecture):
    found, cut = along(architecture, TEXT, **DEEP), along(architecture, TEXT, "prefixes", **DEEP)
    assert found.points == ("states" if is_recurrent(architecture) else "prefixes")
    assert found.knows_what_follows == (architecture.name in BOTH_WAYS)
    assert not cut.knows_what_follows
    same = np.allclose(found.probabilities, cut.probabilities, atol=1e-6)
    assert same == (not found.knows_what_follows)


@every_architecture
@pytest.mark.parametrize("points", ["states", "prefixes"])
def test_earlier_points_move_with_later_words_only_where_the_model_has_read_them_already(architecture, points):
    one, other = (
        along(architecture, "a cold film and lovely", points),
        along(architecture, "a cold film a warm", points),
    )
    moved = np.abs(one.probabilities[:3] - other.probabilities[:3]).max()
    if one.knows_what_follows:
        assert moved > 1e-4
    else:
        assert moved < 1e-6


def test_every_change_of_mind_is_named_with_its_word():
    likelihood = np.array([0.9, 0.8, 0.3, 0.1, 0.6])
    found = AlongAnswer(
        text="a b c d e", tokens=tuple("abcde"), spans=tuple((2 * place, 2 * place + 1) for place in range(5)),
        known=(True,) * 5, classes=("no", "yes"), probabilities=np.stack([likelihood, 1 - likelihood], axis=1),
        positions=(2, 4, 6, 8, 10), steps=10, points="prefixes", knows_what_follows=False,
        whole_text=np.array([0.6, 0.4]),
    )  # fmt: skip
    assert found.changes == (
        Change(position=6, token="c", before="no", after="yes"),
        Change(position=10, token="e", before="yes", after="no"),
    )
    assert found.prediction == "no"


@every_architecture
@pytest.mark.parametrize(
    ("text", "tokens", "known"),
    [("", 0, 0), ("?!", 0, 0), ("never seen", 2, 0), ("warm", 1, 1), ("🎬 warm e\u0301", 3, 1), ("فيلم warm רע", 3, 1)],
    ids=["empty", "no word", "no known word", "one word", "emoji", "right to left"],
)
def test_any_text_has_an_answer_and_a_row_a_token(architecture: Architecture, text: str, tokens: int, known: int):
    found = along(architecture, text)
    assert (len(found.tokens), sum(found.known)) == (tokens, known)
    assert found.probabilities.shape == (tokens, len(CLASSES))
    assert found.tokens == tuple(text[start:end] for start, end in found.spans)
    assert found.prediction == CLASSES[int(fresh_model(architecture).probabilities([text])[0].argmax())]


@every_architecture
def test_a_long_text_is_cut_where_the_model_cuts_and_that_is_said(architecture: Architecture):
    found = along(architecture, "warm " * 5000)
    assert found.steps == 5
    assert found.notes == ("The model reads 5 of the 5,000 tokens of this text; the others change nothing.",)


@pytest.mark.parametrize("name", ["lstm", "transformer", "cnn"])
def test_a_text_of_five_thousand_words_has_points_at_all_that_are_read_or_evenly_spread(name: str):
    found = along(get_architecture(name), "warm cold film " * 1700, longest=2000)
    assert found.steps == found.positions[-1] == 2000
    if found.points == "states":
        assert found.positions == tuple(range(1, 2001))
        return
    assert 20 <= len(found.positions) <= MOST_POINTS
    assert [found.tokens[place] for place in (0, -1)] == [
        ("warm", "cold", "film")[(found.positions[place] - 1) % 3] for place in (0, -1)
    ]


@pytest.mark.parametrize("steps", [1, 2, 31, MOST_POINTS, MOST_POINTS + 1, 2000, 100_000])
@pytest.mark.parametrize("most", [1, 20, 200, 10_000])
def test_a_text_is_cut_at_all_steps_or_at_evenly_spread_ones(steps: int, most: int):
    found = cuts(steps, most)
    assert len(found) == min(steps, most, MOST_POINTS)
    assert found[-1] == steps
    assert np.ptp(np.diff((0, *found))) <= 1
