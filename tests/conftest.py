"""How many files the fuzzers generate: `ci` by default, `nightly` with `--hypothesis-profile nightly`."""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings

FUZZERS = 8  # tests of tests/datasets/formats/test_fuzz.py, each of which generates `max_examples` files

_COMMON = settings(
    deadline=timedelta(seconds=30),  # a file of a few kilobytes; a loaded machine is slow, not wrong
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
settings.register_profile("ci", _COMMON, max_examples=200 // FUZZERS)
settings.register_profile("nightly", _COMMON, max_examples=2400 // FUZZERS)
settings.load_profile(os.environ.get("SEQLAB_FUZZ", "ci"))
