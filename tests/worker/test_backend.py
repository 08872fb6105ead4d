"""What a worker process keeps from one run to the next."""

from tensorflow.python.framework import ops

from seqcore.worker import backend


def test_no_graph_of_an_earlier_run_is_kept(carry_out):
    for seed in range(2):
        carry_out("rnn", seed=seed)
    traced = [name for name in ops.gradient_registry.list() if name.startswith("CustomGradient-")]
    assert traced
    backend.fresh(0)
    assert not [name for name in ops.gradient_registry.list() if name.startswith("CustomGradient-")]
