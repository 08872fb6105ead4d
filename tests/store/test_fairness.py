from hypothesis import given
from hypothesis import strategies as st

from seqcore.store.fairness import Service, Waiting, fair_order

WORKSPACES = st.sampled_from("abcd")
QUEUES = st.lists(WORKSPACES, max_size=30).map(
    lambda names: [Waiting(f"{place}", name) for place, name in enumerate(names)]
)
SERVICE = st.dictionaries(WORKSPACES, st.builds(Service, st.integers(0, 3), st.floats(0, 100)))


def workspaces(waiting, order):
    by_id = {run.run_id: run.workspace for run in waiting}
    return [by_id[run_id] for run_id in order]


def test_workspaces_take_turns_and_the_first_come_begins():
    waiting = [Waiting("1", "a"), Waiting("2", "a"), Waiting("3", "a"), Waiting("4", "b"), Waiting("5", "c")]
    assert fair_order(waiting, {}) == ["1", "4", "5", "2", "3"]


def test_whoever_has_a_run_going_waits_for_whoever_has_none():
    waiting = [Waiting("1", "a"), Waiting("2", "b")]
    assert fair_order(waiting, {"a": Service(1, 0.0), "b": Service(0, 500.0)}) == ["2", "1"]


def test_among_equals_the_one_served_less_is_next():
    waiting = [Waiting("1", "a"), Waiting("2", "b")]
    assert fair_order(waiting, {"a": Service(0, 9.0), "b": Service(0, 3.0)}) == ["2", "1"]


@given(QUEUES, SERVICE)
def test_every_run_has_one_place_and_a_workspace_keeps_its_own_order(waiting, served):
    order = fair_order(waiting, served)
    assert sorted(order) == sorted(run.run_id for run in waiting)
    for name in "abcd":
        own = [run.run_id for run in waiting if run.workspace == name]
        assert [run_id for run_id in order if run_id in own] == own


@given(QUEUES)
def test_nobody_waits_longer_than_everybody_elses_turn(waiting):
    order = workspaces(waiting, fair_order(waiting, {}))
    for name in set(order):
        places = [place for place, who in enumerate(order) if who == name]
        gaps = [after - before for before, after in zip([-1, *places], places, strict=False)]
        assert max(gaps) <= len(set(order))
