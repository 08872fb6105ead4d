"""A process that sees a GPU trains the same model, by Keras' own layers; there is no GPU here, so one is made up."""

from collections.abc import Callable

import numpy as np
import pytest

from seqcore.layers import gpu, recurrences
from seqcore.store import Run, RunState, Store
from seqcore.worker.runtime.finished_model import load_finished
from tests.worker.conftest import GOOD

LEFT_TO_KERAS = ("lstm", "bilstm", "gru", "bigru", "lstm_attention")


def is_left_to_keras(*_: object, **__: object) -> None:
    raise AssertionError("on a GPU our own recurrences are not asked")


@pytest.mark.parametrize("architecture", LEFT_TO_KERAS)
def test_a_run_on_a_gpu_ends_where_one_on_the_processor_does_and_its_model_answers_on_both(
    architecture: str, store: Store, carry_out: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = carry_out(architecture)
    with monkeypatch.context() as patched:
        patched.setattr(gpu, "has_gpu", lambda: True)
        patched.setattr(recurrences, "walk", is_left_to_keras)
        theirs = carry_out(architecture)
        on_gpu = {run.id: load_finished(store, run.id).probabilities(GOOD) for run in (ours, theirs)}
    assert (ours.state, theirs.state) == (RunState.FINISHED, RunState.FINISHED)
    for run in (ours, theirs):
        np.testing.assert_allclose(load_finished(store, run.id).probabilities(GOOD), on_gpu[run.id], atol=1e-5)
    np.testing.assert_allclose(on_gpu[theirs.id], on_gpu[ours.id], atol=1e-4)  # after two epochs apart


def test_a_plain_rnn_walks_by_itself_on_a_gpu_too(
    carry_out: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, walk = list[bool](), recurrences.walk
    monkeypatch.setattr(gpu, "has_gpu", lambda: True)
    monkeypatch.setattr(recurrences, "walk", lambda *given, **how: asked.append(True) or walk(*given, **how))
    assert carry_out("rnn").state == RunState.FINISHED
    assert asked
