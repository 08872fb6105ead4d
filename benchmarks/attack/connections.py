"""Connections that never ask for anything."""

from __future__ import annotations

import asyncio
import resource
import socket
import time
from contextlib import ExitStack, suppress

from benchmarks.attack.asking import ask
from benchmarks.attack.target import Target
from benchmarks.attack.tries import Outcome, attack

_CONNECTIONS = 1_100
_DESCRIPTORS = 1_024
_LET_IN = 40.0  # seconds
_PATIENCE = 75.0
_OPENING = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


@attack("half_open", seconds=240)
async def half_open(target: Target) -> Outcome:
    """1,100 connections that send half a head, at a server with 1,024 descriptors; then a newcomer."""
    return await asyncio.to_thread(_crowd, target, _OPENING)


@attack("half_a_body", seconds=240)
async def half_a_body(target: Target) -> Outcome:
    """1,100 connections that promise a body and send none of it; then a newcomer."""
    head = b"PUT /_stcore/upload_file/nobody/file HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n"
    return await asyncio.to_thread(_crowd, target, head)


def _crowd(target: Target, opening: bytes) -> Outcome:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limits[1] < _CONNECTIONS + 100:
        return Outcome(False, f"only {limits[1]} descriptors here", tried=False)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(limits[0], _CONNECTIONS + 500), limits[1]))
    resource.prlimit(target.pid, resource.RLIMIT_NOFILE, (_DESCRIPTORS, _DESCRIPTORS))
    with ExitStack() as stack:
        opened = 0
        for _ in range(_CONNECTIONS):
            connection = stack.enter_context(socket.socket())
            connection.settimeout(1.0)
            with suppress(OSError):
                connection.connect(("127.0.0.1", target.port))
                connection.send(opening)
                opened += 1
        start = time.monotonic()
        seconds = _until_answered(target, start)
    return Outcome(seconds < _LET_IN, f"{opened} opened, a newcomer was answered after {seconds:.0f} s")


def _until_answered(target: Target, start: float) -> float:
    while time.monotonic() - start < _PATIENCE:
        with suppress(OSError):
            if ask(target.url, "/", headers={"Accept": "text/html"}, timeout=5.0)[0] == 200:
                break
        time.sleep(0.5)
    return time.monotonic() - start
