"""One PostgreSQL and one Dask cluster for all tests of this folder, and a laboratory that trains on them."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import browser, page  # noqa: F401
from tests.cluster.dask_cluster import DaskCluster
from tests.cluster.laboratory import ClusterLab
from tests.cluster.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    started = DaskCluster(tmp_path_factory.mktemp("cluster"))
    try:
        for resources in ("train=1", "train=1", "inspect=1"):
            started.add_worker(resources)
        yield started
    finally:
        started.close()


@pytest.fixture(scope="session")
def lab(postgres: Postgres, cluster: DaskCluster, tmp_path_factory: pytest.TempPathFactory) -> ClusterLab:
    cluster.wait_for_workers()
    return ClusterLab(cluster, postgres.create_database("lab"), tmp_path_factory.mktemp("lab"))
