"""Who has no certificate of the cluster gets nothing from it, and is told why."""

import os
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.running_app import ROOT
from tests.cluster.certificates import Certificates
from tests.cluster.dask_cluster import DaskCluster

pytestmark = pytest.mark.cluster
JOIN = """
from seqcore.engine import Engine
from seqcore.errors import EngineError
from seqcore.settings import Settings
try:
    engine = Engine.start(Settings())
except EngineError as error:
    print(f"refused: {error}", end="")
else:
    print("let in", end="")
    engine.close()
"""


@pytest.fixture
def join(cluster: DaskCluster, tmp_path: Path):
    """Joins the cluster in a process of its own, with these settings of Dask; gives what came of it."""

    def join(settings: dict[str, str], address: str = cluster.address) -> str:
        environment = os.environ | {"SEQLAB_HOME": str(tmp_path), "SEQLAB_SCHEDULER": address} | settings
        command = [sys.executable, "-c", JOIN]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60).stdout

    return join


def first_bytes(cluster: DaskCluster, certificate: Path | None) -> bytes:
    """What the scheduler says first to whoever speaks TLS with it."""
    context = ssl.create_default_context(cafile=str(cluster.certificates.folder / "ca.pem"))
    if certificate is not None:
        context.load_cert_chain(certificate)
    port = int(cluster.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        return context.wrap_socket(plain, server_hostname="127.0.0.1").recv(16)


def test_a_client_with_a_certificate_of_the_cluster_is_let_in(join, cluster: DaskCluster) -> None:
    assert join(cluster.certificates.environment("client")) == "let in"


def test_the_scheduler_hangs_up_on_whoever_shows_no_certificate(cluster: DaskCluster) -> None:
    with pytest.raises(ssl.SSLError, match=r"(?i)certificate.required"):
        first_bytes(cluster, certificate=None)
    assert first_bytes(cluster, certificate=cluster.certificates.folder / "client.pem")


@pytest.mark.parametrize("knows_the_authority", [False, True])
def test_a_client_without_a_certificate_is_told_how_to_name_one(join, cluster, knows_the_authority) -> None:
    answer = join(cluster.certificates.environment() if knows_the_authority else {})
    assert answer.startswith("refused: The connection to the Dask scheduler cannot be encrypted")
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in answer


def test_a_certificate_of_another_authority_is_refused(join, tmp_path: Path) -> None:
    strangers = Certificates.issue(tmp_path / "strangers")
    assert join(strangers.environment("client")).startswith("refused: The certificates of the Dask scheduler and")


def test_a_certificate_file_that_is_missing_is_named(join, tmp_path: Path) -> None:
    answer = join(Certificates(tmp_path / "nowhere").environment("client"))
    assert answer.startswith("refused: The connection to the Dask scheduler cannot be encrypted")
    assert "nowhere" in answer


def test_a_client_that_does_not_encrypt_is_refused(join, cluster: DaskCluster) -> None:
    assert "refused: The Dask scheduler does not answer" in join({}, cluster.address.replace("tls://", "tcp://"))


def test_a_client_that_must_encrypt_does_not_connect_without(join, cluster: DaskCluster) -> None:
    answer = join(cluster.certificates.environment("client"), cluster.address.replace("tls://", "tcp://"))
    assert answer.endswith("Set SEQLAB_SCHEDULER to its tls:// address.")
