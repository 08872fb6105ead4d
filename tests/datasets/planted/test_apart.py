"""Planted texts made by a child are those made at once."""

from __future__ import annotations

import pytest

from seqcore.datasets.evidence import evidence_of
from seqcore.datasets.planted import PlantedOptions, apart, plant
from seqcore.datasets.planted.apart import plant_apart, plant_in_child
from seqcore.errors import DataError
from seqcore.workroom import Stopped

FEW, MANY = PlantedOptions(distance=5, rows=40), PlantedOptions(distance=400, rows=400)


def refuse(_job):
    raise AssertionError("no child is needed")


def test_few_are_made_at_once() -> None:
    assert plant_apart("order", FEW, refuse) == plant("order", FEW)


@pytest.fixture
def little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "FEW", 100_000)


def test_many_are_made_by_a_child_and_are_the_same(little_at_once: None) -> None:
    def do(job):
        return job.answer(plant_in_child(job.options, job.parts(), lambda _line: None))

    made = plant_apart("order", MANY, do)
    assert made == plant("order", MANY)
    assert evidence_of(made) == evidence_of(plant("order", MANY))


def test_what_takes_too_much_says_what_to_do(little_at_once: None) -> None:
    def do(job):
        raise job.stopped(Stopped.TIME, "")

    with pytest.raises(DataError, match="fewer rows"):
        plant_apart("order", MANY, do)


def test_more_than_may_be_is_refused_without_a_child() -> None:
    with pytest.raises(DataError, match="more than"):
        plant_apart("order", PlantedOptions(distance=5000, rows=200_000), refuse)
