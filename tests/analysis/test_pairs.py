"""Every two models: better, worse, equal for practical purposes, or not enough evidence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from seqcore.analysis.measures import find_measure
from seqcore.analysis.pairs import holm, judge, mcnemar_exact
from tests.analysis.answered import result, seeds_of, standings

CLEAR = [0.901, 0.902, 0.903]


@given(st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_mcnemar_equals_the_binomial_test(only_first, only_second):
    total = only_first + only_second
    expected = stats.binomtest(only_first, total).pvalue if total else 1.0
    assert mcnemar_exact(only_first, only_second) == pytest.approx(expected)


def test_mcnemar_on_a_textbook_case():
    assert mcnemar_exact(1, 9) == pytest.approx(22 / 1024)


def test_mcnemar_of_thousands_of_disagreements_does_not_overflow():
    assert mcnemar_exact(6_000, 4_000) < 1e-50


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_equals_its_definition(p_values):
    got = holm(p_values)
    order = np.argsort(p_values, kind="stable")
    expected = np.empty(len(p_values))
    expected[order] = np.minimum(1, np.maximum.accumulate(np.sort(p_values) * np.arange(len(p_values), 0, -1)))
    np.testing.assert_allclose(got, expected)


def outcomes(*results, **options):
    pairs = judge(standings(*results, without_seeds=options.pop("without_seeds", ())), **options)
    return {(pair.first.label, pair.second.label): pair.outcome for pair in pairs}


def test_a_clear_lead_over_seeds_and_texts_is_better():
    assert outcomes(*seeds_of("A", CLEAR), *seeds_of("B", [0.80, 0.801, 0.802])) == {("A", "B"): "better"}


def test_a_lead_of_the_same_size_is_open_when_the_seeds_lie_far_apart():
    assert outcomes(*seeds_of("A", [0.95, 0.90, 0.85]), *seeds_of("B", [0.87, 0.80, 0.73])) == {("A", "B"): "undecided"}


@pytest.mark.parametrize("number", [1, 2])
def test_with_one_or_two_seeds_nothing_is_said_of_architectures(number):
    assert outcomes(*seeds_of("A", [0.99] * number), *seeds_of("B", [0.5] * 5)) == {("A", "B"): "undecided"}
    (pair,) = judge(standings(*seeds_of("A", [0.99] * number), *seeds_of("B", [0.5] * 5)))
    assert not pair.counts_seeds
    assert pair.p_corrected < 0.001  # of these trained models
    assert (pair.needed.seeds, pair.needed.texts) == (3 - number, None)


def test_one_run_is_enough_of_a_model_without_seeds():
    results = [*seeds_of("A", CLEAR), result("bag", 0.8)]
    assert outcomes(*results, without_seeds=["bag"]) == {("A", "bag"): "better"}


def test_models_that_hardly_differ_on_many_texts_are_equal_for_practical_purposes():
    near = [*seeds_of("A", CLEAR), *seeds_of("B", [0.899, 0.900, 0.901])]
    assert outcomes(*near) == {("A", "B"): "equal"}
    assert outcomes(*near, limit=0.001) == {("A", "B"): "undecided"}


def test_a_real_difference_that_does_not_matter_is_equal():
    results = [*seeds_of("A", [0.910, 0.9101, 0.9102], rows=10_000), *seeds_of("B", [0.9000] * 3, rows=10_000)]
    assert outcomes(*results) == {("A", "B"): "better"}
    assert outcomes(*results, limit=0.05) == {("A", "B"): "equal"}


def test_p_values_are_corrected_for_all_pairs_not_only_those_of_the_first():
    pairs = judge(standings(*(one for name in "ABCD" for one in seeds_of(name, CLEAR, shuffled=True))))
    assert [pair.p_corrected for pair in pairs] == holm([pair.p_value for pair in pairs])
    assert len(pairs) == 6


def test_once_trained_models_do_not_weaken_what_is_said_of_the_others():
    rest = [*seeds_of("A", CLEAR), *seeds_of("B", [0.80, 0.801, 0.802])]
    alone = judge(standings(*rest))[0]
    beside = next(pair for pair in judge(standings(*rest, result("C", 0.7))) if pair.counts_seeds)
    assert beside.p_corrected == alone.p_corrected


def test_models_tested_on_other_texts_are_not_compared():
    (pair,) = judge(standings(*seeds_of("A", CLEAR), *seeds_of("B", CLEAR, first_row=5000)))
    assert pair.found is None
    assert pair.outcome == "undecided"


def test_by_a_loss_less_is_better():
    from dataclasses import replace

    def sure(one, confidence):
        of_label = np.where(one.right, confidence, 1 - confidence)
        shares = np.stack([np.where(one.labels == 0, of_label, 1 - of_label), np.zeros(len(one.labels))], axis=1)
        shares[:, 1] = 1 - shares[:, 0]
        return replace(one, probabilities=shares)

    calm = [sure(each, 0.9) for each in seeds_of("calm", CLEAR)]
    rash = [sure(each, 0.999999) for each in seeds_of("rash", [0.905, 0.906, 0.907])]
    ranked = standings(*calm, *rash)
    (pair,) = judge(ranked, measure=find_measure("loss", ("ham", "spam")))
    assert (pair.first.label, pair.outcome) == ("rash", "worse")
    assert pair.gap < 0 < pair.found.value


def test_in_experiments_without_a_difference_hardly_any_model_is_called_better():
    """Five models of one architecture, three seeds of it each: the whole verdict, as a person meets it."""
    rng = np.random.default_rng(0)
    false = 0
    for _ in range(60):
        ease = 2.5 + rng.normal(0, 2, 150)
        shift = rng.normal(0, 0.25, (5, 3, 1))
        right = rng.random((5, 3, 150)) < 1 / (1 + np.exp(-ease - shift))
        results = []
        for model in range(5):
            for seed in range(3):
                one = result(f"{model}", 0.0, rows=150, seed=seed)
                answers = np.where(right[model, seed], one.labels, 1 - one.labels)
                results.append(type(one)(**{**vars(one), "predicted": answers, "accuracy": right[model, seed].mean()}))
        false += bool({"better", "worse"} & set(outcomes(*results).values()))
    assert false <= 0.05 * 60 + 2 * np.sqrt(0.05 * 0.95 * 60)
