"""Which trials are given up, and after which epoch."""

import math
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.lab.sweep.pruning import FIRST_EPOCHS, FIRST_PEERS, judged, pruned_after
from seqcore.lab.sweep.trials import Trial, TrialState

GOOD = [0.6, 0.5, 0.4, 0.3]
BAD = [0.7, 0.69, 0.68, 0.67]


def trial(losses, number=9, state=TrialState.FINISHED):
    return Trial(number, {}, state, tuple(losses), loss=min(losses, default=math.nan), accuracy=0.5)


PEERS = [trial(GOOD, number) for number in range(FIRST_PEERS)]


def test_a_trial_worse_than_the_median_is_given_up_after_the_first_epoch_that_counts():
    assert pruned_after(trial(BAD), PEERS) == FIRST_EPOCHS + 1


def test_one_as_good_as_the_median_goes_on():
    assert pruned_after(trial(GOOD), PEERS) is None


def test_nobody_is_given_up_before_enough_others_got_as_far():
    assert pruned_after(trial(BAD), PEERS[1:]) is None
    short = [trial(GOOD[:2], number) for number in range(9)]
    assert pruned_after(trial(BAD), short) is None


def test_the_lowest_loss_so_far_counts_so_one_bad_epoch_ends_nothing():
    assert pruned_after(trial([0.6, 0.3, 0.9, 0.9]), PEERS) is None


def test_a_loss_that_is_not_a_number_is_the_worst():
    assert pruned_after(trial([math.nan] * 4), PEERS) == FIRST_EPOCHS + 1


def test_failed_and_stopped_trials_say_nothing():
    silent = [trial(GOOD, n, state) for n in range(9) for state in (TrialState.FAILED, TrialState.STOPPED)]
    assert pruned_after(trial(BAD), silent) is None


def test_what_was_trained_after_the_end_that_the_rule_sets_does_not_count():
    late = judged(trial([*BAD, 0.01]), PEERS)
    assert late.state == TrialState.PRUNED and late.losses == tuple(BAD[: FIRST_EPOCHS + 1])
    assert math.isnan(late.loss)


def test_a_failed_trial_stays_failed():
    assert judged(trial(BAD, state=TrialState.FAILED), PEERS).state == TrialState.FAILED


losses = st.lists(st.floats(0.01, 5), min_size=1, max_size=8)


@given(losses, st.lists(losses, max_size=9))
def test_the_rule_is_the_median_of_the_lowest_so_far(own, others):
    found = pruned_after(trial(own), [trial(each, n) for n, each in enumerate(others)])
    for epoch in range(1, len(own) + 1):
        reached = [min(each[:epoch]) for each in others if len(each) >= epoch]
        worse = epoch > 2 and len(reached) >= 4 and min(own[:epoch]) > median(reached)
        if worse:
            assert found == epoch
            return
    assert found is None


def test_optuna_s_median_pruner_decides_alike():
    optuna = pytest.importorskip("optuna")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    pruner = optuna.pruners.MedianPruner(n_startup_trials=FIRST_PEERS, n_warmup_steps=FIRST_EPOCHS + 1)
    study = optuna.create_study(pruner=pruner)
    peers = [[0.9, 0.8, 0.7, 0.5], [0.9, 0.7, 0.6, 0.6], [0.5, 0.5, 0.4, 0.4], [0.8, 0.6, 0.5, 0.2], [1, 1, 1, 1]]
    for values in peers:
        told = study.ask()
        for epoch, loss in enumerate(values, start=1):
            told.report(loss, epoch)
        study.tell(told, values[-1])
    ours = [trial(values, n) for n, values in enumerate(peers)]
    for own in ([0.9, 0.8, 0.65, 0.3], [0.9, 0.8, 0.6, 0.5], [0.9, 0.8, 0.5, 0.55], [0.9, 0.8, 0.55, 0.51]):
        theirs, asked = None, study.ask()
        for epoch, loss in enumerate(own, start=1):
            asked.report(loss, epoch)
            if theirs is None and asked.should_prune():
                theirs = epoch
        study.tell(asked, state=optuna.trial.TrialState.FAIL)
        assert pruned_after(trial(own), ours) == theirs
