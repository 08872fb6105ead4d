"""Where one model loses to another over distances: what is said, and that chance alone is not taken for it."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.analysis.memory_race import AtDistance, duel_sentence, duels
from seqcore.analysis.pairs import LEVEL
from seqcore.analysis.standings import Baseline, Result, Standing

TEXTS, SEEDS = 300, 5
LABELS = np.arange(TEXTS) % 2


def standing(architecture: str, accuracy: float, seed: int = 0, seeds: int = SEEDS) -> Standing:
    """A model that gets about so many of the texts right, others with each seed."""
    rng = np.random.default_rng([seed, sum(map(ord, architecture))])
    results = []
    for number in range(seeds):
        right = rng.random(TEXTS) < accuracy
        predicted = np.where(right, LABELS, 1 - LABELS)
        results.append(
            Result(
                run_id=f"{architecture}{number}", label=architecture.upper(), architecture=architecture, seed=number,
                accuracy=float(right.mean()), macro_f1=float(right.mean()), loss=0.5, ms_per_text=1.0, parameters=10,
                training_seconds=1.0, rows=np.arange(TEXTS), labels=LABELS, predicted=predicted,
                classes=("a", "b"), probabilities=np.eye(2)[predicted], validation_accuracy=0.5, epochs=3,
                best_epoch=2, learned=700,
            )
        )  # fmt: skip
    return Standing(architecture.upper(), architecture, tuple(results), True)


def at(distance: int, rnn: float, lstm: float, *, seeds: int = SEEDS) -> AtDistance:
    baseline = Baseline("a", LABELS == 0, np.arange(TEXTS))
    models = (standing("lstm", lstm, distance, seeds), standing("rnn", rnn, distance, seeds))
    return AtDistance(distance, models, baseline)


def test_it_says_the_shortest_distance_at_which_the_plain_one_loses_and_by_how_much() -> None:
    (duel,) = duels([at(80, 0.5, 0.95), at(5, 0.99, 0.99), at(20, 0.6, 0.98)], ("rnn", "lstm"))
    assert (duel.where("better"), duel.loses_from) == ([20, 80], 20)
    said = duel_sentence(duel)
    assert said.startswith("RNN loses to LSTM at distance 20 and 80: first at 20, by ")
    assert "p < 0.001" in said


def test_where_it_loses_nowhere_that_is_said() -> None:
    (duel,) = duels([at(5, 0.9, 0.9), at(10, 0.9, 0.9)], ("rnn", "lstm"))
    assert duel.loses_from is None
    assert "RNN does not lose to LSTM at any distance of this race (5 and 10)" in duel_sentence(duel)


def test_it_may_be_the_other_way_round() -> None:
    (duel,) = duels([at(5, 0.99, 0.6)], ("rnn", "lstm"))
    assert duel.where("worse") == [5]
    assert "It is better than LSTM at 5." in duel_sentence(duel)


def test_both_at_chance_is_not_called_a_draw_without_saying_so() -> None:
    (duel,) = duels([at(160, 0.5, 0.5), at(5, 0.9, 0.9)], ("rnn", "lstm"))
    assert duel.lost == (160,)
    assert "At 160 neither is measurably better than one answer to all." in duel_sentence(duel)


def test_fewer_than_three_seeds_tell_nothing() -> None:
    (duel,) = duels([at(5, 0.5, 0.99, seeds=2)], ("rnn", "lstm"))
    assert duel.where("undecided") == [5]
    assert "fewer than three seeds" in duel_sentence(duel)


def test_without_the_plain_rnn_the_first_is_held_against_the_others() -> None:
    found = [AtDistance(5, (standing("gru", 0.9), standing("lstm", 0.9), standing("cnn", 0.9)))]
    assert [(duel.plain, duel.other) for duel in duels(found, ("gru", "lstm", "cnn"))] == [
        ("gru", "lstm"), ("gru", "cnn"),
    ]  # fmt: skip


def test_a_distance_at_which_one_has_no_score_yet_is_passed_over() -> None:
    assert duels([AtDistance(5, (standing("rnn", 0.9),))], ("rnn", "lstm")) == []


def test_of_races_between_equals_hardly_any_tells_of_a_loss() -> None:
    races = [duels([at(10 * turn + leg, 0.8, 0.8) for leg in range(1, 6)], ("rnn", "lstm"))[0] for turn in range(40)]
    told = [race for race in races if race.where("better") or race.where("worse")]
    assert len(told) <= 40 * LEVEL + 3


@pytest.mark.parametrize("distance", [20])
def test_the_p_values_are_corrected_for_all_distances(distance: int) -> None:
    (alone,) = duels([at(distance, 0.8, 0.84)], ("rnn", "lstm"))
    (among,) = duels([at(distance, 0.8, 0.84), at(5, 0.8, 0.8), at(10, 0.8, 0.8)], ("rnn", "lstm"))
    assert dict(among.pairs)[distance].p_corrected >= dict(alone.pairs)[distance].p_corrected
