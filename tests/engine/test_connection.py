"""Leaving a scheduler: nothing is said any more once the end was said, so that nobody logs a broken connection."""

import logging
from collections.abc import Iterator

import distributed
import pytest
from distributed.batched import BatchedSend

from seqcore.engine.connection import Connection, connect

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=0, processes=False, dashboard_address=None, silence_logs=logging.ERROR
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What clients say to the scheduler, in order."""
    words: list[str] = []
    send = BatchedSend.send

    def noting(self: BatchedSend, *messages: dict) -> None:
        if "Client->" in repr(self.comm):
            words.extend(message["op"] for message in messages)
        send(self, *messages)

    monkeypatch.setattr(BatchedSend, "send", noting)
    return words


@pytest.mark.parametrize("jobs", [0, 1, 40])
def test_every_job_is_let_go_of_before_the_end_is_said(address: str, said: list[str], jobs: int) -> None:
    client = connect(address)
    held = [client.submit(lambda number=number: number, pure=False) for number in range(jobs)]
    Connection("engine", client).close(held)
    assert said[-2:] == ["close-client", "close-stream"]
    assert said.count("client-releases-keys") == jobs
    assert client.status == "closed"
    del held
    assert said[-2:] == ["close-client", "close-stream"]


def test_a_connection_that_is_gone_is_left_without_a_word(address: str, caplog: pytest.LogCaptureFixture) -> None:
    client = connect(address)
    client.close()
    with caplog.at_level(logging.INFO):
        Connection("engine", client).close()
    assert not [record for record in caplog.records if record.exc_info]
