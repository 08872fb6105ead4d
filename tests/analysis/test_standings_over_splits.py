"""A model whose every seed drew a split of its own: its scores, its interval, and the split that all stand on."""

import numpy as np
import pytest
from scipy import stats

from seqcore.analysis.measures import find_measure
from seqcore.analysis.one_split import of_one_split, seed_of_one_split
from seqcore.analysis.pairs import judge
from seqcore.analysis.standings import Baseline
from seqcore.analysis.tested import tested as side_by_side
from seqcore.analysis.verdict import no_better_than
from tests.analysis.answered import over_splits, seeds_of, splits_of, standings


def model(accuracies, label="LSTM", **rest):
    return over_splits(*splits_of(label, accuracies, **rest))[0]


def test_its_score_is_the_mean_over_its_runs_each_on_its_own_texts():
    found = model([0.90, 0.92, 0.88])
    assert found.score() == pytest.approx(0.90)
    assert found.by_seed() == pytest.approx([0.90, 0.92, 0.88])
    assert (found.tested(), found.splits) == (1000, 3)
    assert 1000 < found.texts().size < 3000


def test_its_interval_is_that_of_the_corrected_resampled_t_test():
    found = model([0.90, 0.92, 0.88])
    margin = stats.t.ppf(0.975, 2) * np.sqrt((1 / 3 + 1 / 4) * 0.02**2)
    assert (found.interval().low, found.interval().high) == pytest.approx((0.90 - margin, 0.90 + margin))
    assert found.interval_of_texts() == found.interval()


@pytest.mark.parametrize("accuracies", [[0.9], [0.9, 0.8], [1.0, 1.0, 1.0]])
def test_with_too_few_splits_or_all_answers_right_it_is_an_interval_of_the_texts(accuracies):
    found = model(accuracies)
    interval = found.interval()
    assert 0 <= interval.low < found.score() <= interval.high <= 1
    assert found.counts_seeds == (len(accuracies) == 3)


def test_a_text_that_several_runs_were_tested_on_has_their_mean_score():
    found = model([0.6, 0.6, 0.6], rows=800, data=1000)
    scores = found.scores()[0]
    assert found.texts().size == scores.size
    assert set(np.round(scores, 6)) <= {0, 0.333333, 0.5, 0.666667, 1}
    some = found.texts()[5:9]
    assert found.scores(texts=some)[0].tolist() == scores[5:9].tolist()


@pytest.mark.parametrize("name", ["macro_f1", "recall:spam", "f1:ham"])
def test_other_measures_are_means_over_runs_too(name):
    measure = find_measure(name, ("ham", "spam"))
    found = model([0.90, 0.92, 0.88])
    alone = [standings(run)[0].score(measure) for run in found.results]
    assert found.score(measure) == pytest.approx(np.mean(alone))
    interval = found.interval(measure)
    assert interval.low < found.score(measure) < interval.high


def outcomes(*results, **options):
    return {(pair.first.label, pair.second.label): pair for pair in judge(over_splits(*results), **options)}


def test_models_are_compared_split_by_split_so_that_what_both_share_does_not_count():
    easy_and_hard = np.array([0.95, 0.75, 0.85, 0.65])
    pair = outcomes(*splits_of("A", easy_and_hard), *splits_of("B", easy_and_hard - [0.05, 0.051, 0.05, 0.049]))[
        "A", "B"
    ]
    assert (pair.outcome, pair.counts_splits) == ("better", True)
    assert pair.gap == pytest.approx(0.05)
    assert pair.found.p_value() < 1e-4


def test_only_common_seeds_are_compared():
    more, fewer = splits_of("A", [0.9, 0.91, 0.9, 0.92, 0.99]), splits_of("B", [0.8, 0.81, 0.8, 0.82])
    pair = outcomes(*fewer, *more)["A", "B"]
    assert pair.found.splits == pair.common_splits == 4
    assert pair.gap == pytest.approx(0.1)


@pytest.mark.parametrize(("first_seed", "common"), [(2, 2), (3, 1), (4, 0)])
def test_with_fewer_than_three_common_splits_nothing_is_said_of_architectures(first_seed, common):
    results = [*splits_of("A", [0.95] * 4), *splits_of("B", [0.6] * 4, first_seed=first_seed)]
    pair = outcomes(*results)["A", "B"]
    assert (pair.outcome, pair.counts_seeds, pair.counts_splits) == ("undecided", False, False)
    assert pair.common_splits == common
    if common:
        assert pair.found.p_value() < 0.001  # of these trained models
        assert pair.needed.seeds == 3 - common
    else:
        assert pair.found is None


def test_a_model_of_one_split_is_not_compared_with_one_of_several():
    mixed = [*over_splits(*splits_of("A", [0.9, 0.9, 0.9])), *standings(*seeds_of("B", [0.8, 0.8, 0.8]))]
    (pair,) = judge(mixed)
    assert pair.found is None


def test_runs_that_drew_from_other_seeds_of_the_split_share_nothing():
    other = splits_of("B", [0.8, 0.8, 0.8], rows=999)
    assert outcomes(*splits_of("A", [0.9, 0.9, 0.9]), *other)["A", "B"].found is None


def test_a_measure_that_only_some_splits_have_texts_of_is_compared_on_those():
    from dataclasses import replace

    runs = [*splits_of("A", [0.9, 0.91, 0.92, 0.9]), *splits_of("B", [0.8, 0.82, 0.8, 0.81])]
    runs = [
        replace(run, labels=run.labels * 0, predicted=(~run.right).astype(int)) if run.seed < 2 else run for run in runs
    ]
    pair = outcomes(*runs, measure=find_measure("recall:spam", ("ham", "spam")))["A", "B"]
    assert not pair.counts_seeds
    assert pair.found is not None


def test_guessing_is_judged_on_every_split_by_the_share_of_its_class():
    half = Baseline("ham", np.arange(10) % 2 == 0, np.arange(10))
    assert no_better_than(over_splits(*splits_of("A", [0.8, 0.81, 0.8])), half) == []
    (weak,) = no_better_than(over_splits(*splits_of("B", [0.5, 0.51, 0.49])), half)
    assert weak.label == "B"
    assert no_better_than(over_splits(*splits_of("C", [0.8])), half) == []
    assert no_better_than(over_splits(*splits_of("C", [0.8])), Baseline("elsewhere", half.right, half.rows)) == []


def test_what_is_looked_at_text_by_text_is_of_the_split_that_most_models_share():
    models = over_splits(
        *splits_of("A", [0.9, 0.91, 0.92]), *splits_of("B", [0.8, 0.8, 0.8], first_seed=1),
        *splits_of("C", [0.7], first_seed=9),
    )  # fmt: skip
    assert [[run.seed for run in each.results] for each in of_one_split(models)] == [[1], [1], [9]]
    assert seed_of_one_split(models) == 1
    found = side_by_side(models)
    assert (found.names, [each.label for each in found.elsewhere], found.seed) == (["A", "B"], ["C"], 1)
    assert found.right.shape == (2, 1000)
    assert side_by_side(of_one_split(models)).names == ["A", "B"]


def test_models_of_one_split_are_looked_at_with_all_their_seeds():
    models = standings(*seeds_of("A", [0.9, 0.8]), *seeds_of("B", [0.7]))
    assert of_one_split(models) == models
    assert seed_of_one_split(models) is None
    assert side_by_side(models).seed is None
