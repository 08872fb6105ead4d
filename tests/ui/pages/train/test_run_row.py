import pytest

from seqcore.ui.pages.train.run_row import position, seconds_left
from tests.ui.sample_runs import make_run, row


def test_the_time_left_follows_from_the_pace_so_far() -> None:
    assert seconds_left(make_run(epoch=4.0), [row(1.0), row(4.0)]) == pytest.approx(12.0)  # 2 s an epoch, 6 to go
    assert seconds_left(make_run(), [row(1.0)]) is None


def test_progress_stays_between_nothing_and_all() -> None:
    assert position(make_run(epoch=11.0)) == 1.0
    assert position(make_run(epochs=0)) == 0.0
