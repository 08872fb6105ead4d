"""Messages and files that keep the one process busy that draws everybody's pages."""

from __future__ import annotations

import asyncio
import struct
from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.attack.asking import ask
from benchmarks.attack.bystander import somebody_else
from benchmarks.attack.files import many_keys
from benchmarks.attack.target import Target, Watch
from benchmarks.attack.tries import Outcome, attack
from benchmarks.streamlit_client import Tab, VisitError

_NAMES = 1_000_000
_KEYS = 5_000_000
_MEGABYTE = 1024 * 1024


@attack("million_names", seconds=120)
async def million_names(target: Target) -> Outcome:
    """One message that asks for the places of a million files."""
    message = BackMsg()
    message.file_urls_request.request_id = "many"
    message.file_urls_request.file_names.extend(["a"] * _NAMES)
    async with somebody_else(target.url) as other:
        watch = Watch(target)
        with suppress(VisitError):
            async with Tab(target.url) as tab:
                message.file_urls_request.session_id = tab.session
                await tab.send(message)
                with suppress(TimeoutError):
                    await asyncio.wait_for(tab.refresh(), 40.0)
        grown = await asyncio.to_thread(watch.now)
        return Outcome(other.is_well, f"{other.told()}, memory +{grown:.0f} MB")


@attack("million_keys", seconds=240)
async def million_keys(target: Target) -> Outcome:
    """One JSON object of five million keys as an upload."""
    content = await asyncio.to_thread(many_keys, _KEYS)
    async with somebody_else(target.url) as other:
        watch = Watch(target)
        following = asyncio.create_task(watch.follow())
        with suppress(VisitError, OSError, TimeoutError):
            async with Tab(target.url) as tab, asyncio.timeout(120):
                await tab.choose("data-source", "Upload")
                await tab.upload("data-file", "keys.json", content)
        following.cancel()
        return Outcome(other.is_well, f"{other.told()}, memory +{watch.growth:.0f} MB at worst")


@attack("large_message", seconds=120)
async def large_message(target: Target) -> Outcome:
    """A websocket message of 60 MB, and uploads of a gigabyte that only say so."""
    message = BackMsg()
    message.rerun_script.query_string = "a" * 60 * _MEGABYTE
    async with somebody_else(target.url) as other:
        watch = Watch(target)
        following = asyncio.create_task(watch.follow())
        closed = ""
        async with Tab(target.url) as tab:
            with suppress(Exception):  # whatever the closing of a connection in the middle of a message looks like
                await tab.send(message)
            with suppress(VisitError):
                await tab.until(lambda: tab.closed_by_server, "the end of the connection", 20.0)
            closed = tab.closed_by_server
        length = {"Content-Length": str(1000 * _MEGABYTE)}
        status, _, _ = await asyncio.to_thread(
            ask, target.url, "/_stcore/upload_file/nobody/file", "PUT", headers=length
        )
        following.cancel()
        held = bool(closed) and status in (403, 413) and watch.growth < 150 and other.is_well
        figure = f"connection {'closed' if closed else 'NOT closed'}, upload {status}, memory +{watch.growth:.0f} MB"
        return Outcome(held, f"{figure}, {other.told()}")


@attack("many_pieces", seconds=120)
async def many_pieces(target: Target) -> Outcome:
    """A message of the right size that is 5 million empty fields, and bytes that are no message."""
    pieces = b"\x0a\x00" * 5_000_000  # a bytes field of no length, again and again
    rubbish = struct.pack("<Q", 2**63) * 1000
    async with somebody_else(target.url) as other:
        for data in (rubbish, pieces):
            with suppress(VisitError):
                async with Tab(target.url) as tab:
                    await tab.send_bytes(data)
                    with suppress(TimeoutError, VisitError):
                        await asyncio.wait_for(tab.refresh(), 20.0)
        trace = "Traceback" in target.log_text()
        return Outcome(other.is_well, other.told() + (", a traceback in the log" if trace else ""))
