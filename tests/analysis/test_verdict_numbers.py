"""Numbers as people read them: a little less than nothing is nothing."""

import pytest

from seqcore.analysis.intervals import Interval
from seqcore.analysis.measures import find_measure
from seqcore.analysis.pairs import judge
from seqcore.analysis.verdict_numbers import interval_of, points, range_of
from tests.analysis.answered import result, standings

ACCURACY, LOSS = (find_measure(name, ("ham", "spam")) for name in ("accuracy", "loss"))


@pytest.mark.parametrize(
    ("measure", "value", "told"), [(ACCURACY, -0.0004, "0.0 to 1.1"), (LOSS, -0.0004, "0.000 to 0.011")]
)
def test_no_interval_begins_at_less_than_nothing_that_is_not_seen(measure, value: float, told: str) -> None:
    assert range_of(Interval(value, 0.011), measure).replace("\xa0%", "") == told
    assert not points(value, measure).startswith("-")


def test_an_interval_that_is_all_nothing_has_no_sign() -> None:
    (pair,) = judge(standings(result("A", 0.8), result("B", 0.8)))
    assert interval_of(pair) == "95\xa0% interval 0.0 to 0.0"


def test_what_is_less_than_nothing_says_so() -> None:
    assert range_of(Interval(-0.02, 0.011), ACCURACY) == "-2.0 to 1.1\xa0%"
