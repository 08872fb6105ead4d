"""Observers: each does nothing by itself, all are told in order, any may end a training, and keeps what it needs."""

from __future__ import annotations

import pytest

from seqcore.worker.fit.kept import Kept
from seqcore.worker.fit.observer import Batch, Epoch, Observer, Observers
from seqcore.worker.fit.stop_when_asked import StopWhenAsked

BATCH, EPOCH = Batch(2.0, 1.0, 4, 0.5), Epoch(1, 0.5, 0.75)


class Noted(Observer):
    """Writes down what it is told, under its name."""

    def __init__(self, name: str, told: list[tuple[str, str]]) -> None:
        self.name, self.told, self.number = name, told, 0

    def batch_ends(self, batch: Batch) -> None:
        self.told.append((self.name, f"batch of {batch.texts}"))

    def epoch_ends(self, epoch: Epoch) -> None:
        self.told.append((self.name, f"epoch {epoch.number}"))

    def state(self) -> Kept:
        return Kept({self.name: self.number})

    def check(self, kept: Kept) -> None:
        if kept.numbers[self.name] < 0:
            raise ValueError(self.name)

    def restore(self, kept: Kept) -> None:
        self.number = kept.numbers[self.name]


def tell_everything(observers: Observer | Observers) -> None:
    observers.training_begins()
    observers.training_resumes(3)
    observers.batch_begins()
    observers.batch_ends(BATCH)
    observers.epoch_ends(EPOCH)
    observers.training_ends()
    observers.check(observers.state())
    observers.restore(observers.state())


@pytest.mark.parametrize("observers", [Observer(), Observers(), Observers(Observer(), Observer())])
def test_an_observer_does_nothing_until_it_says_otherwise(observers):
    tell_everything(observers)
    assert (observers.finished, observers.cancelled) == (False, False)
    assert observers.state() == Kept()


def test_all_are_told_in_order():
    told: list[tuple[str, str]] = []
    tell_everything(Observers(Noted("a", told), Observer(), Noted("b", told)))
    assert told == [("a", "batch of 4"), ("b", "batch of 4"), ("a", "epoch 1"), ("b", "epoch 1")]


@pytest.mark.parametrize("wish", ["finished", "cancelled"])
def test_any_of_them_may_end_the_training(wish):
    one, other = Observer(), Observer()
    observers = Observers(one, other)
    setattr(other, wish, True)
    assert (observers.finished, observers.cancelled) == (wish == "finished", wish == "cancelled")
    assert not getattr(one, wish)


def test_each_finds_its_own_numbers_again():
    before, after = (Observers(Noted("a", []), Noted("b", [])) for _ in range(2))
    for number, observer in enumerate(before.all, start=1):
        observer.number = number
    after.restore(before.state())
    assert [observer.number for observer in after.all] == [1, 2]


def test_any_of_them_may_refuse_what_was_kept():
    observers = Observers(Noted("a", []), Noted("b", []))
    with pytest.raises(ValueError, match="b"):
        observers.check(Kept({"a": 1, "b": -1}))
    with pytest.raises(KeyError):
        observers.check(Kept({"a": 1}))


def test_two_of_one_name_cannot_be_kept_because_one_would_be_lost():
    with pytest.raises(ValueError, match="same name twice"):
        Observers(Noted("a", []), Noted("a", [])).state()


def test_a_wish_is_looked_at_before_every_batch():
    wishes = iter([False, False, True])
    observer = StopWhenAsked(lambda: next(wishes))
    found = []
    for _ in range(3):
        observer.batch_begins()
        found.append(observer.cancelled)
    assert found == [False, False, True]
