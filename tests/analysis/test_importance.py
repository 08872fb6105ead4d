"""How much of the differences between trials goes along with a setting."""

import math

import numpy as np
import pytest
from scipy import stats

from seqcore.analysis.importance import FEWEST_TRIALS, describe_importances, importances

DRAWN = np.random.default_rng(5)
UNITS = DRAWN.integers(8, 128, 30).tolist()
RATE = (10 ** DRAWN.uniform(-4, -2, 30)).tolist()
RULE = DRAWN.choice(["adam", "sgd"], 30).tolist()


def of(title, columns, costs):
    return next(each for each in importances(columns, costs) if each.title == title)


def test_a_setting_that_decides_alone_explains_all_and_the_others_nothing_clear():
    found = importances({"Units": UNITS, "Rate": RATE, "Rule": RULE}, [1 / units for units in UNITS])
    assert found[0].title == "Units" and found[0].share == pytest.approx(1, abs=0.01) and found[0].is_clear
    assert not any(each.is_clear for each in found[1:])


def test_a_best_value_in_the_middle_counts():
    costs = [abs(math.log10(rate) + 3) for rate in RATE]
    found = of("Rate", {"Rate": RATE, "Units": UNITS}, costs)
    assert found.share > 0.5 and found.is_clear


def test_a_choice_that_decides_explains_its_part():
    costs = [(rule == "sgd") + noise for rule, noise in zip(RULE, DRAWN.uniform(0, 0.2, 30), strict=True)]
    assert of("Rule", {"Rule": RULE, "Rate": RATE}, costs).share > 0.7


def test_one_explosion_changes_no_more_than_one_rank():
    costs = [1 / units for units in UNITS]
    worst = int(np.argmax(costs))
    exploded = [math.inf if n == worst else cost for n, cost in enumerate(costs)]
    assert importances({"Units": UNITS}, exploded) == importances({"Units": UNITS}, costs)


def test_the_share_of_a_choice_is_that_of_kruskal_and_wallis():
    costs = DRAWN.normal(size=30)
    groups = [costs[[rule == each for rule in RULE]] for each in ("adam", "sgd")]
    share = stats.kruskal(*groups).statistic / 29
    expected = max(0.0, 1 - (1 - share) * 29 / 28)
    assert of("Rule", {"Rule": RULE}, costs.tolist()).share == pytest.approx(expected)


def test_chance_is_called_clear_in_no_more_than_one_of_twenty_sweeps():
    drawn = np.random.default_rng(1)
    clear = 0
    for _ in range(200):
        columns = {name: drawn.normal(size=12).tolist() for name in "abc"}
        clear += any(each.is_clear for each in importances(columns, drawn.normal(size=12).tolist()))
    assert clear / 200 <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / 200)


@pytest.mark.parametrize("column", [[1] * 30, ["adam"] * 30, [str(n) for n in range(30)]], ids=["one", "rule", "all"])
def test_what_never_changed_or_always_did_explains_nothing(column):
    assert of("A", {"A": column}, UNITS).share == 0


def test_equal_costs_are_explained_by_nothing():
    assert of("Units", {"Units": UNITS}, [0.5] * 30).share == 0


def test_few_trials_say_nothing():
    few = FEWEST_TRIALS - 1
    assert importances({"Units": UNITS[:few]}, UNITS[:few]) == []
    assert "say nothing" in describe_importances([], few)


def test_the_words_name_every_setting_once_and_say_what_they_are_about():
    said = describe_importances(importances({"Units": UNITS, "Rate": RATE}, [1 / units for units in UNITS]), 30)
    assert said.count("Units") == said.count("Rate") == 1
    assert "In these trials only" in said and "100\u00a0%" in said
