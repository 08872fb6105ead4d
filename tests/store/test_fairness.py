from hypothesis import given
from hypothesis import strategies as st

from seqcore.store.fairness import Going, Service, Waiting, fair_order, who_gives_way

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


def test_two_places_share_however_many_workspaces_one_of_them_has():
    """Eleven cookies of one address, then one of another."""
    waiting = [Waiting(f"{number}", f"cookie {number}") for number in range(11)] + [Waiting("mine", "me")]
    places = {f"cookie {number}": "address" for number in range(11)}
    assert fair_order(waiting, {}).index("mine") == 11
    assert fair_order(waiting, {}, places).index("mine") == 1
    busy = {"cookie 0": Service(1, 50.0)}
    assert fair_order(waiting, busy, places)[0] == "mine"


def test_workspaces_of_one_place_take_turns_in_it():
    waiting = [Waiting("1", "a"), Waiting("2", "a"), Waiting("3", "b"), Waiting("4", "c")]
    assert fair_order(waiting, {}, {"a": "school", "b": "school", "c": "school"}) == ["1", "3", "4", "2"]


def test_among_those_who_had_nothing_lately_the_one_whose_turn_is_longest_ago_is_next():
    waiting = [Waiting("1", "a"), Waiting("2", "b"), Waiting("3", "c")]
    assert fair_order(waiting, {"a": Service(last=9.0), "b": Service(last=3.0)}) == ["3", "2", "1"]


def test_whoever_has_had_more_gives_way_once_for_each_that_waits():
    going = [Going("1", "hog", 90.0), Going("2", "hog", 30.0)]
    had = {"hog": Service(2, 120.0)}
    assert who_gives_way(going, [Waiting("3", "hog")], had) is None
    assert who_gives_way(going, [Waiting("3", "me")], had) == "1"
    leaving = [Going("1", "hog", 90.0, leaving=True), going[1]]
    assert who_gives_way(leaving, [Waiting("3", "me")], had) is None
    assert who_gives_way(leaving, [Waiting("3", "me"), Waiting("4", "you")], had) == "2"


def test_whoever_has_had_less_keeps_its_worker():
    going = [Going("1", "me", 20.0)]
    had = {"me": Service(1, 20.0), "hog": Service(0, 60.0)}
    assert who_gives_way(going, [Waiting("2", "hog")], had) is None
    assert who_gives_way(going, [Waiting("2", "hog")], {**had, "me": Service(1, 61.0)}) == "1"


def test_a_cookie_more_takes_no_worker_from_another_address_that_has_had_less():
    going, places = [Going("1", "me", 20.0)], {"cookie 1": "address", "cookie 2": "address"}
    had = {"me": Service(1, 20.0), "cookie 1": Service(0, 60.0)}
    assert who_gives_way(going, [Waiting("2", "cookie 2")], had, places) is None
    assert who_gives_way(going, [Waiting("2", "cookie 2")], had) == "1"


def test_in_a_school_behind_one_address_a_pupil_gives_way_to_another():
    going, places = [Going("1", "a", 50.0), Going("2", "a", 10.0)], {"a": "school", "b": "school"}
    assert who_gives_way(going, [Waiting("3", "b")], {"a": Service(2, 60.0)}, places) == "1"


GOING = st.lists(st.tuples(WORKSPACES, st.floats(0, 100), st.booleans()), max_size=4).map(
    lambda runs: [Going(f"going {place}", *run) for place, run in enumerate(runs)]
)
PLACES = st.dictionaries(WORKSPACES, st.sampled_from(["x", "y"]))


@given(GOING, QUEUES, st.dictionaries(WORKSPACES, st.floats(0, 500)), PLACES)
def test_whoever_gives_way_does_so_to_another_workspace_and_would_not_get_the_worker_back_at_once(
    going, waiting, seconds, places
):
    running = {name: sum(run.workspace == name for run in going) for name in "abcd"}
    had = {name: Service(running[name], seconds.get(name, 0.0)) for name in "abcd"}
    chosen = who_gives_way(going, waiting, had, places)
    if chosen is None:
        return
    (run,) = (each for each in going if each.run_id == chosen)
    assert not run.leaving and any(each.workspace != run.workspace for each in waiting)
    if not any(each.leaving for each in going):
        left = had | {run.workspace: Service(running[run.workspace] - 1, seconds.get(run.workspace, 0.0))}
        heir = fair_order([*waiting, Waiting(chosen, run.workspace)], left, places)[0]
        assert heir != chosen
