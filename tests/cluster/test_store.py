"""The store's own tests, all that do not look inside SQLite, once more on PostgreSQL."""

import os
import subprocess
import sys

import pytest

from scripts.running_app import ROOT
from tests.cluster.postgres import Postgres

pytestmark = pytest.mark.cluster


def test_the_store_keeps_on_postgresql_what_it_promises(postgres: Postgres) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/store", "-m", "not sqlite", "-n", "auto", "--dist", "loadfile"],
        cwd=ROOT,
        env=os.environ | {"SEQLAB_TEST_SERVER": postgres.url()},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert postgres.count_schemas("lab_%") > 100  # one a test: it was really there that they ran
