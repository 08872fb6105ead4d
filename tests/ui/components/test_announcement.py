from dataclasses import replace

import pytest

from seqcore.store import RunState
from seqcore.ui.components.announcement import end_sentence, progress_sentence
from tests.ui.sample_runs import make_run


@pytest.mark.parametrize(
    ("epoch", "percent"), [(0, 0), (0.1, 0), (2.4, 0), (2.5, 25), (4.9, 25), (5, 50), (9.9, 75), (10, 100), (12, 100)]
)
def test_progress_is_told_in_quarters(epoch: float, percent: int) -> None:
    assert progress_sentence([make_run(epoch=epoch)]).endswith(f"{percent} percent of the epochs")


def test_progress_tells_how_many_models_are_through() -> None:
    runs = [replace(make_run(), state=RunState.FINISHED), make_run("rnn"), make_run("gru")]
    assert progress_sentence(runs).startswith("Training: 1 of 3 models done")


def test_the_end_tells_how_many_can_be_compared() -> None:
    assert end_sentence([make_run(), make_run("rnn")]) == "Training has ended: 0 of 2 models can be compared"
