"""The verdict says who leads, by how much, and whether that is more than chance."""

import numpy as np
import pytest

from seqcore.analysis.standings import Baseline, Result, compare, no_better_than, rank
from seqcore.analysis.verdict import rivals_of_the_first, verdict


def result(label, accuracy, *, rows=1000, seed=0, first_row=0, order=1, loss=0.3):
    right = np.zeros(rows, bool)
    right[: round(accuracy * rows)] = True
    if seed:
        right = np.random.default_rng(seed).permutation(right)
    numbers = np.arange(first_row, first_row + rows)
    return Result(
        run_id=f"{label}{seed}", label=label, architecture="lstm", seed=seed, accuracy=float(right.mean()),
        macro_f1=accuracy, loss=loss, ms_per_text=0.1, parameters=1000, training_seconds=2.0,
        rows=numbers[::order], right=right[::order],
    )  # fmt: skip


def standings(*results):
    return rank(results, lambda each: each.label)


MAJORITY = Baseline("ham", np.arange(1000) % 10 < 5)


def test_models_are_ranked_by_mean_accuracy_then_loss():
    ranked = standings(result("a", 0.8), result("b", 0.9), result("c", 0.8, loss=0.1), result("b", 0.7, seed=1))
    assert [each.label for each in ranked] == ["c", "a", "b"] or [each.label for each in ranked] == ["c", "b", "a"]
    assert ranked[0].label == "c"
    assert {each.label: each.seeds for each in ranked} == {"a": 1, "b": 2, "c": 1}


def test_seeds_are_aggregated_as_mean_and_spread():
    (both,) = standings(result("a", 0.8, seed=1), result("a", 0.9, seed=2))
    assert both.mean("accuracy") == pytest.approx(0.85)
    assert both.spread("accuracy") == pytest.approx(np.std([0.8, 0.9], ddof=1))


def test_a_clear_lead_is_called_more_than_chance():
    text = verdict(standings(result("LSTM", 0.95), result("RNN", 0.80)), MAJORITY)
    assert "LSTM gets 95.0\u00a0% of 1,000 test texts right" in text
    assert "lead of 15.0 points over RNN is more than chance (McNemar p < 0.001; 150 texts only LSTM" in text
    assert "0 only RNN" in text
    assert "-0" not in text
    assert "Always answering ham would get 50.0\u00a0%" in text


def test_a_small_lead_is_called_chance():
    text = verdict(standings(result("LSTM", 0.902), result("RNN", 0.900), result("GRU", 0.899)), MAJORITY)
    assert "could be chance" in text
    assert "GRU" not in text  # it has a sentence of its own
    assert "Each model was trained once" in text


def said_of(*results):
    return {each.standing.label: each.sentence() for each in rivals_of_the_first(standings(*results), MAJORITY)}


def test_of_each_model_behind_it_is_said_how_far_and_whether_that_could_be_chance():
    said = said_of(result("A", 0.902), result("B", 0.901), result("C", 0.902, loss=0.4), result("D", 0.80))
    assert said == {
        "C": "Right on the same texts.",
        "B": "0.1 points behind: could be chance (p = 1.00).",
        "D": "10.2 points behind: more than chance (p < 0.001).",
    }


def test_what_is_said_of_several_models_is_corrected_for_their_number():
    best, near = result("A", 0.90), result("B", 0.893)  # 7 to 0: p = 0.016 alone, 0.031 for two
    assert "more than chance (p = 0.016)" in said_of(best, near)["B"]
    assert "more than chance (p = 0.031)" in said_of(best, near, result("C", 0.897))["B"]
    assert "could be chance" in said_of(best, near, *(result(name, 0.899) for name in "CDEF"))["B"]


def test_a_model_behind_that_has_learned_nothing_or_was_tested_on_others_says_so():
    said = said_of(result("A", 0.9), result("B", 0.5), result("C", 0.8, first_row=5000))
    assert said["B"].endswith("No better than one answer to all.")
    assert said["C"] == "Tested on other texts: cannot be compared."
    assert "A is not" not in verdict(standings(result("A", 0.9), result("B", 0.5), result("C", 0.5)), MAJORITY)


def test_several_seeds_use_the_permutation_test_and_say_their_spread():
    ranked = standings(*(result("LSTM", 0.95 + s / 500, seed=s) for s in (1, 2, 3)), result("RNN", 0.8, seed=4))
    text = verdict(ranked, MAJORITY)
    assert "points over 3 seeds" in text
    assert "permutation test p < 0.001" in text
    assert "trained once" not in text


def test_a_model_at_the_majority_class_is_named():
    weak = result("RNN", 0.5)
    assert no_better_than(standings(weak)[0], MAJORITY)
    assert "RNN is not measurably better than that" in verdict(standings(result("LSTM", 0.9), weak), MAJORITY)


def test_equal_answers_are_said_to_be_equal():
    assert "gets exactly the same ones right" in verdict(standings(result("A", 0.9), result("B", 0.9)), MAJORITY)


def test_one_model_alone_has_a_verdict():
    text = verdict(standings(result("LSTM", 0.9)), MAJORITY)
    assert "LSTM gets 90.0\u00a0%" in text
    assert "lead" not in text


def test_texts_are_matched_by_row_whatever_their_order():
    first, second = standings(result("A", 0.9), result("B", 0.8, order=-1))
    difference = compare(first, second)
    assert (difference.only_first, difference.only_second) == (100, 0)


def test_models_tested_on_other_texts_are_not_compared():
    ranked = standings(result("A", 0.9), result("B", 0.8, first_row=5000))
    assert compare(*ranked) is None
    assert "tested on other texts" in verdict(ranked, MAJORITY)


def test_names_are_written_by_the_caller():
    text = verdict(standings(result("<b>", 0.9), result("x", 0.7)), MAJORITY, name=lambda each: f"[{len(each)}]")
    assert "<b>" not in text
    assert "ham" not in text
