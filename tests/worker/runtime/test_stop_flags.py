"""A run that trains is told to stop by a thread beside it, as Dask's is in a worker."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from seqcore.store import RunState
from seqcore.worker.fit import loop, report
from seqcore.worker.fit.steps.step import Step, Taken
from seqcore.worker.runtime.stop_flags import can_be_stopped, is_stopped, stop
from seqcore.worker.train import train_run


def test_only_the_run_that_was_told_stops_and_only_while_it_is_worked_on():
    with can_be_stopped("one"), can_be_stopped("other"):
        stop(["one", "somebody else's"])
        assert (is_stopped("one"), is_stopped("other"), is_stopped("somebody else's")) == (True, False, False)
    assert not is_stopped("one")
    with can_be_stopped("one"):  # begun again
        assert not is_stopped("one")


@pytest.fixture
def told_in_batch(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], list[int]]:
    """`told_in_batch(run_id, 5)`: told to stop while it computes that one; gives the batches that it computes."""

    def told_in_batch(run_id: str, number: int) -> list[int]:
        computed: list[int] = []
        make_step = loop.train_step

        def train_step(*arguments: Any) -> Step:
            step = make_step(*arguments)

            class Told(Step):
                def __call__(self, *batch: Any) -> Taken:
                    computed.append(len(computed) + 1)
                    if len(computed) == number:
                        stop([run_id])
                    return step(*batch)

                def settle(self) -> None:
                    step.settle()

            return Told()

        monkeypatch.setattr(loop, "train_step", train_step)
        return computed

    return told_in_batch


def test_a_run_that_trains_stops_after_the_batch_it_is_at_and_keeps_what_it_learned(
    store, queue, told_in_batch, monkeypatch
):
    monkeypatch.setattr(report, "INTERVAL", math.inf)  # the store is not asked
    run_id = queue("rnn", training={"epochs": 3, "batch_size": 4})
    computed = told_in_batch(run_id, 5)
    with can_be_stopped(run_id):
        train_run(run_id, store, "here", partial(is_stopped, run_id))
    assert computed == [1, 2, 3, 4, 5]
    run = store.runs.find(run_id)
    assert (run.state, run.message) == (RunState.CANCELLED, "Stopped after 0 of 3 epochs.")
    assert run.results["test"]["accuracy"] >= 0.0
