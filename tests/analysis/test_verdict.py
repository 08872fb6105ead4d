"""The verdict names every model once, and what it says is true under every branch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqcore.analysis.measures import find_measure
from seqcore.analysis.standings import Baseline
from seqcore.analysis.verdict import GROUPS, no_better_than, verdict
from seqcore.analysis.verdict_words import for_a_paper, for_a_student, of_the_second
from tests.analysis.answered import HALF, over_splits, result, seeds_of, splits_of, standings

BEST = seeds_of("LSTM", [0.901, 0.902, 0.903])
BEHIND = seeds_of("RNN", [0.80, 0.801, 0.802])
NEAR = seeds_of("GRU", [0.899, 0.900, 0.901])
OPEN = seeds_of("CNN", [0.85, 0.90, 0.94])
ELSEWHERE = seeds_of("Other", [0.7, 0.7, 0.7], first_row=5000)
ONCE = [result("Once", 0.95)]


def said(*results, baseline=HALF, models=standings, **options):
    return for_a_student(verdict(models(*results), baseline, **options)).replace("\u00a0", " ")


def of_the_others(*results):
    found = verdict(standings(*results), HALF)
    return {pair.second.label: of_the_second(pair, found).replace("\u00a0", " ") for pair in found.against_the_best}


BRANCHES = {
    "one model": (
        BEST,
        "LSTM gets 90.2 % of 1,000 test texts right on average over 3 seeds (95 % interval 88.2 to 91.9 %, for other "
        "texts and other seeds). Always answering ham would get 50.0 %.",
    ),
    "one model, trained once": (
        [result("LSTM", 0.9)],
        "This trained LSTM gets 90.0 % of 1,000 test texts right (95 % interval 88.0 to 91.7 %, for other texts but "
        "not for other seeds). Always answering ham would get 50.0 %.",
    ),
    "one model, trained twice": (
        seeds_of("LSTM", [0.9, 0.9]),
        "LSTM, trained twice, gets 90.0 % of 1,000 test texts right on average over 2 seeds (95 % interval 88.0 to "
        "91.7 %, for other texts but not for other seeds). Always answering ham would get 50.0 %.",
    ),
    "better": (
        [*BEST, *BEHIND],
        "It is better than RNN (by 10.1 points), by more than the chance of texts and seeds explains (p < 0.001).",
    ),
    "equal": ([*BEST, *NEAR], "GRU is equal to it for practical purposes (within 1.0 points)."),
    "open": (
        [*BEST, *OPEN],
        "There is not enough evidence to tell it from CNN (0.5 points apart). Neither more seeds nor more "
        "test texts within reach would tell.",
    ),
    "other texts": ([*BEST, *ELSEWHERE], "Other was tested on other texts and cannot be compared."),
    "both once": (
        [result("LSTM", 0.9), result("RNN", 0.8)],
        "This trained LSTM alone is right on 100 texts, this trained RNN alone on 0 (McNemar p < 0.001): LSTM and RNN "
        "were trained once each, and another training may reverse the order. Three seeds of each are the fewest that "
        "tell architectures apart.",
    ),
    "both once, right on the same": (
        [result("LSTM", 0.9), result("RNN", 0.9)],
        "This trained LSTM and this trained RNN are right on the same texts: LSTM and RNN were trained once each",
    ),
    "one of two once": (
        [*BEST, *ONCE],
        "This trained Once is 4.8 points ahead of this trained LSTM (p < 0.001): Once was trained once, and another "
        "training may reverse the order.",
    ),
    "one of several once": (
        [*BEST, *BEHIND, *ONCE],
        "Whether it is better than Once is open: Once was trained once, and another training may reverse the order.",
    ),
    "no better than guessing": (
        [*BEST, *seeds_of("RNN", [0.50, 0.51, 0.49])],
        "Always answering ham would get 50.0 %; RNN is not measurably better than that.",
    ),
}


OVER = splits_of("LSTM", [0.901, 0.902, 0.903])
OVER_SPLITS = {
    "one model": (
        OVER,
        "LSTM gets 90.2 % of 1,000 test texts right on average over 3 seeds, each with a split of its own (95 % "
        "interval 89.9 to 90.5 %, for other texts, other seeds and other splits). Always answering ham would get "
        "50.0 %.",
    ),
    "one model, trained once": (
        splits_of("LSTM", [0.9]),
        "This trained LSTM gets 90.0 % of 1,000 test texts right (95 % interval 88.0 to 91.7 %, for other texts but "
        "not for other seeds). Always answering ham would get 50.0 %.",
    ),
    "one model, trained twice": (
        splits_of("LSTM", [0.9, 0.9]),
        "LSTM, trained twice, gets 90.0 % of 1,000 test texts right on average over 2 seeds, each with a split of its "
        "own (95 % interval",
    ),
    "better": (
        [*OVER, *splits_of("RNN", [0.80, 0.801, 0.803])],
        "It is better than RNN (by 10.1 points), by more than the chance of texts, seeds and splits explains "
        "(p = 0.005).",
    ),
    "worse on common splits": (
        [*splits_of("LSTM", [0.80, 0.801, 0.803, 0.99, 0.99]), *splits_of("RNN", [0.85, 0.851, 0.852])],
        "On the splits that both were tested on, RNN is better than it by more than chance.",
    ),
    "equal": (
        [*OVER, *splits_of("GRU", [0.899, 0.900, 0.902])],
        "GRU is equal to it for practical purposes (within 1.0 points).",
    ),
    "open": (
        [*OVER, *splits_of("CNN", [0.84, 0.90, 0.95])],
        "There is not enough evidence to tell it from CNN (0.5 points apart). More seeds within reach would not tell; "
        "more data may.",
    ),
    "open, and more seeds would tell": (
        [*OVER, *splits_of("CNN", [0.86, 0.88, 0.885])],
        "There is not enough evidence to tell it from CNN (2.7 points apart). About 4 more seeds of each would tell.",
    ),
    "no split in common": (
        [*OVER, *splits_of("Other", [0.7, 0.7, 0.7], first_seed=7)],
        "Other has no split in common with it and cannot be compared.",
    ),
    "two splits in common": (
        [*OVER, *splits_of("Other", [0.7, 0.7, 0.7], first_seed=1)],
        "This trained Other is 20.8 points behind this trained LSTM (p < 0.001): Other has fewer than three splits in "
        "common with LSTM, and another training may reverse the order. Three seeds that both have are the fewest that "
        "tell architectures apart.",
    ),
    "both once": (
        [*splits_of("LSTM", [0.9]), *splits_of("RNN", [0.8])],
        "This trained LSTM alone is right on 100 texts, this trained RNN alone on 0 (McNemar p < 0.001): LSTM and RNN "
        "were trained once each, and another training may reverse the order. Three seeds that both have are the "
        "fewest that tell architectures apart.",
    ),
    "one of several once": (
        [*OVER, *splits_of("RNN", [0.80, 0.801, 0.803]), *splits_of("Once", [0.95])],
        "Whether it is better than Once is open: Once was trained once, and another training may reverse the order.",
    ),
    "one of several once, another with few in common": (
        [*OVER, *splits_of("Apart", [0.8, 0.8, 0.8], first_seed=2), *splits_of("Once", [0.95])],
        "Whether it is better than Apart and Once is open: Once was trained once and Apart has fewer than three splits "
        "in common with LSTM, and another training may reverse the order.",
    ),
    "no better than guessing": (
        [*OVER, *splits_of("RNN", [0.50, 0.51, 0.49])],
        "Always answering ham would get 50.0 %; RNN is not measurably better than that.",
    ),
}


@pytest.mark.parametrize("branch", list(BRANCHES))
def test_every_branch_has_its_sentence(branch):
    results, expected = BRANCHES[branch]
    assert expected in said(*results)


@pytest.mark.parametrize("branch", list(OVER_SPLITS))
def test_every_branch_has_its_sentence_where_each_seed_drew_a_split_of_its_own(branch):
    results, expected = OVER_SPLITS[branch]
    assert expected in said(*results, models=over_splits)


def test_one_split_for_all_beside_a_split_for_each_seed_cannot_be_compared():
    models = [*standings(*seeds_of("RNN", [0.8, 0.8, 0.8])), *over_splits(*OVER)]
    for ranked, expected in ((models, "LSTM was tested on other texts"), (models[::-1], "RNN has no split in common")):
        found = verdict(ranked, None)
        assert f"{expected} " in for_a_student(found)
        assert of_the_second(found.pairs[0], found).endswith("cannot be compared.")


def test_what_is_for_a_paper_says_whether_it_holds_for_one_split():
    worse, once = splits_of("RNN", [0.80, 0.801, 0.803]), splits_of("LSTM", [0.9])
    anew = for_a_paper(verdict(over_splits(*OVER, *worse), HALF)).replace("\u00a0", " ")
    assert anew.startswith("Accuracy on 1,000 test texts of each split, mean over seeds: LSTM 90.2 % (95 % CI ")
    assert "sd 0.1 points over 3 seeds and splits" in anew
    assert "texts, seeds and splits (corrected resampled t-test, Nadeau and Bengio); each seed on a split of" in anew
    assert "one split of the data" not in anew
    single = for_a_paper(verdict(over_splits(*once, *splits_of("RNN", [0.8])), HALF))
    assert single.endswith("counting test texts only; all on one split of the data.")


def test_of_each_model_behind_the_first_it_is_said_what_that_means():
    told = of_the_others(*BEST, *BEHIND, *NEAR, *ELSEWHERE, *seeds_of("Twin", [0.901, 0.902, 0.903]), *ONCE)
    assert told["RNN"].startswith("10.1 points behind (95 % interval ")
    assert told["RNN"].endswith("p < 0.001): more than chance.")
    assert told["GRU"].endswith("equal for practical purposes.")
    assert told["Other"].startswith("Tested on other texts: cannot be compared.")
    assert told["Twin"].startswith("Right on the same texts (")
    assert told["Once"].endswith("another training may reverse that.")


def test_a_model_that_has_learned_nothing_says_so():
    assert of_the_others(*BEST, *seeds_of("RNN", [0.5, 0.5, 0.5]))["RNN"].endswith("No better than one answer to all.")


def test_a_model_ahead_on_the_shared_texts_is_called_ahead():
    short = seeds_of("Short", [0.99, 0.99, 0.991], rows=500)
    long = [result("Long", 0.0, seed=seed) for seed in range(3)]
    long = [
        type(one)(**{**vars(one), "predicted": np.where(one.rows < 500, 1 - one.labels, one.labels)}) for one in long
    ]
    long = [type(one)(**{**vars(one), "accuracy": 1.0}) for one in long]
    text = said(*short, *long, baseline=None)
    assert "On the texts that both were tested on, Short is better than it by more than chance." in text


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.floats(0.4, 0.98), st.floats(0, 0.03), st.sampled_from([0, 0, 0, 5000])),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 1000),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_every_model_but_the_first_is_in_exactly_one_group_and_is_named(models, seed, anew):
    rng = np.random.default_rng(seed)
    results = []
    for number, (seeds, mean, spread, first) in enumerate(models):
        accuracies, label = list(np.clip(rng.normal(mean, spread, seeds), 0, 1)), f"M{number}."
        if anew:
            results += splits_of(label, accuracies, first_seed=first // 2000, rows=200, shuffled=True)
        else:
            results += seeds_of(label, accuracies, rows=200, first_row=first, shuffled=True)
    found = verdict((over_splits if anew else standings)(*results), None)
    grouped = [pair.second.label for group in GROUPS for pair in found.group(group)]
    assert sorted([found.best.label, *grouped]) == sorted(f"M{number}." for number in range(len(models)))
    text, paper = for_a_student(found), for_a_paper(found)
    assert all(f"M{number}." in text and f"M{number}." in paper for number in range(len(models)))
    if not found.counts_seeds:
        assert "another training may reverse the order" in text or len(models) == 1 or found.group("other_texts")


def test_the_best_is_one_that_was_trained_often_enough():
    found = verdict(standings(*BEST, *BEHIND, *ONCE), HALF)
    assert found.best.label == "LSTM"
    assert [each.label for each in found.standings] == ["LSTM", "RNN", "Once"]


def test_the_luckiest_seed_is_not_asked_whether_a_model_is_better_than_guessing():
    lucky = seeds_of("RNN", [0.47, 0.49, 0.50, 0.54, 0.50], shuffled=True)
    assert [each.label for each in no_better_than(standings(*lucky), HALF)] == ["RNN"]


def test_a_model_is_held_against_guessing_on_the_rows_that_both_were_tested_on():
    right = np.zeros(1000, bool)
    right[:500] = True
    same = Baseline("ham", right, np.arange(1000))
    turned = Baseline("ham", right[::-1], np.arange(1000)[::-1])
    elsewhere = Baseline("ham", right, np.arange(5000, 6000))
    one, other = standings(result("A", 0.55)), standings(result("B", 0.9, first_row=500))
    assert no_better_than(one, same) == no_better_than(one, turned) == []  # it errs where guessing does
    assert no_better_than(other, elsewhere) == []  # as many texts, none of them the same: nothing is known
    assert [each.label for each in no_better_than(standings(result("C", 0.5)), turned)] == ["C"]


def test_guessing_is_rarely_called_better_than_guessing():
    rng = np.random.default_rng(0)
    found = 0
    for _ in range(200):
        coin = [result("coin", 0.5, rows=400, seed=seed) for seed in range(5)]
        coin = [
            type(one)(**{**vars(one), "predicted": np.where(rng.random(400) < 0.5, one.labels, 1 - one.labels)})
            for one in coin
        ]
        found += not no_better_than(standings(*coin), Baseline("x", rng.random(400) < 0.5, np.arange(400)))
    assert found / 200 <= 0.05


def test_by_another_measure_it_is_the_best_by_that_one():
    text = said(*BEST, *BEHIND, measure=find_measure("macro_f1", ("ham", "spam")))
    assert text.startswith("LSTM has the best macro F1, 90.2 % on average over 3 seeds (")
    assert "Always answering" not in text


def test_what_is_for_a_paper_has_the_numbers_and_the_method():
    text = for_a_paper(verdict(standings(*BEST, *BEHIND, *NEAR), HALF)).replace("\u00a0", " ")
    assert text.startswith("Accuracy on 1,000 test texts, mean over seeds: LSTM 90.2 % (95 % CI ")
    assert "sd 0.1 points over 3 seeds" in text
    assert "LSTM against RNN 10.1 points (95 % interval 8.2 to 12.0, p < 0.001)" in text
    assert "MOVER" in text
    assert "corrected for 3 comparisons (Holm); all on one split" in text


def test_names_are_written_by_the_caller():
    found = verdict(standings(result("<b>", 0.9), result("x", 0.7)), HALF)
    for text in (for_a_student(found, name=lambda each: f"[{len(each)}]"), for_a_paper(found, name=lambda each: "[]")):
        assert "<b>" not in text
        assert "ham" not in text
