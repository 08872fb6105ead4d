"""Which files of tests go first, and how many files the fuzzers generate (`--hypothesis-profile nightly`: many)."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings

# Each takes half a minute and more, mostly of one or two tests: begun last, it would leave the other cores idle.
LONGEST = (
    "test_killed_server", "test_two_servers", "test_people",  # in a browser
    "test_train", "test_engine", "test_resume", "test_cli", "test_real_worker", "test_cluster", "test_devices",
    "test_hostile_models", "test_full_disk", "test_locked_database",
)  # fmt: skip

FUZZERS = 8  # tests of tests/datasets/formats/test_fuzz.py, each of which generates `max_examples` files

_COMMON = settings(
    deadline=timedelta(seconds=30),  # a file of a few kilobytes; a loaded machine is slow, not wrong
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
settings.register_profile("ci", _COMMON, max_examples=200 // FUZZERS)
settings.register_profile("nightly", _COMMON, max_examples=2400 // FUZZERS)
settings.load_profile(os.environ.get("SEQLAB_FUZZ", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, in that order; the others stay as they are."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))
