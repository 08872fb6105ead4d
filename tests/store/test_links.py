import pytest
import sqlalchemy as sa

from seqcore.errors import LimitError, NotFoundError
from seqcore.store import links as link_rules
from seqcore.store import schema
from seqcore.store.links import is_token, new_token


@pytest.fixture
def experiment(store, dataset, spec):
    return store.experiments.add("me", dataset.id, [spec()])


def give(store, thing, names="experiment", days=30):
    token = new_token()
    return token, store.links.add("me", token, names, thing.id, days=days)


def test_a_token_is_no_id_and_no_id_is_a_token(experiment):
    assert is_token(new_token())
    assert not is_token(experiment.id)
    assert len({new_token() for _ in range(100)}) == 100


def test_the_database_does_not_know_the_tokens(store, experiment):
    token, link = give(store, experiment)
    with store.database.reading() as connection:
        (row,) = connection.execute(sa.select(schema.links)).mappings()
    assert token not in str(dict(row))
    assert store.links.opened_by([token, "link-nonsense", "", experiment.id]) == [link]


def test_nobody_gives_away_what_is_anothers(store, experiment):
    with pytest.raises(NotFoundError):
        store.links.add("you", new_token(), "experiment", experiment.id, days=1)
    with pytest.raises(NotFoundError):
        store.links.add("me", new_token(), "dataset", experiment.id, days=1)


def test_nobody_takes_back_anothers_link(store, experiment):
    token, link = give(store, experiment)
    with pytest.raises(NotFoundError):
        store.links.take_back("you", link.id)
    assert store.links.opened_by([token]) == [link]


def test_one_lists_ones_own_links_that_can_be_used(store, experiment, dataset, clock):
    _, first = give(store, experiment)
    clock.forward(60)
    _, second = give(store, dataset, "dataset", days=1)
    assert store.links.all("me") == [second, first]
    assert store.links.all("you") == []
    clock.forward(2 * 24 * 60 * 60)
    assert store.links.all("me") == [first]
    assert store.links.forget_expired() == 1


def test_links_end_with_what_they_show(store, experiment, dataset):
    (run,) = store.runs.of("me", experiment.id)
    store.progress.request_cancel([run.id])
    tokens = [give(store, experiment)[0], give(store, dataset, "dataset")[0]]
    store.experiments.delete("me", experiment.id)
    assert [link.names for link in store.links.opened_by(tokens)] == ["dataset"]
    store.datasets.delete("me", dataset.id)
    assert store.links.opened_by(tokens) == []


def test_there_are_only_so_many_links(store, experiment, monkeypatch):
    monkeypatch.setattr(link_rules, "MOST", 2)
    give(store, experiment)
    _, link = give(store, experiment)
    with pytest.raises(LimitError, match="Take some back"):
        give(store, experiment)
    store.links.take_back("me", link.id)
    give(store, experiment)
