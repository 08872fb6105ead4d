"""Becoming somebody else, or speaking in somebody else's name."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from benchmarks.attack.asking import ask, shake_hands
from benchmarks.attack.target import Target
from benchmarks.attack.tries import Outcome, attack
from benchmarks.streamlit_client import Tab
from benchmarks.streamlit_http import XSRF, Web


async def session_opened_with(target: Target, identity: str) -> str:
    """The session that a stranger with cookies of their own is given, who asks for one by its id; empty: none."""
    web = Web(target.url)
    await asyncio.to_thread(web.enter, "")
    protocols = [Subprotocol("streamlit"), Subprotocol(web.cookie(XSRF) or "placeholder"), Subprotocol(identity)]
    headers = {"Cookie": web.cookie_header()}
    place = f"{target.url.replace('http', 'ws', 1)}/_stcore/stream"
    message = BackMsg()
    message.rerun_script.query_string = ""
    with suppress(InvalidHandshake, ConnectionClosed, TimeoutError):
        async with (
            asyncio.timeout(30),
            connect(
                place, subprotocols=protocols, additional_headers=headers, origin=Origin(target.url), max_size=None
            ) as socket,
        ):
            await socket.send(message.SerializeToString())
            async for data in socket:
                said = ForwardMsg()
                said.ParseFromString(data if isinstance(data, bytes) else data.encode())
                if said.WhichOneof("type") == "new_session":
                    return str(said.new_session.initialize.session_id)
    return ""


@attack("session_id", alone=False, seconds=90)
async def session_id(target: Target) -> Outcome:
    """A visitor's session id in the websocket's subprotocol, with another cookie, after the visitor has closed."""
    async with Tab(target.url) as victim:
        identity = victim.session
    given = await session_opened_with(target, identity)
    return Outcome(given != identity, "opens that session" if given == identity else "opens nothing of theirs")


@attack("upload_address", alone=False, seconds=90)
async def upload_address(target: Target) -> Outcome:
    """What stands in the address of an upload, and so in logs, as a session id with another cookie."""
    async with Tab(target.url) as victim:
        await victim.choose("data-source", "Upload")
        place = await victim.place_for("file.csv")
        identity = victim.session
    parts = [part for part in urlsplit(place.upload_url).path.split("/") if len(part) > 20]
    opened = [part for part in parts if await session_opened_with(target, part) == identity]
    named = identity in place.upload_url
    figure = f"the session's id {'stands' if named else 'does not stand'} in the address"
    return Outcome(not opened, f"{figure}, what stands there opens {'the session' if opened else 'nothing'}")


@attack("foreign_file", alone=False, seconds=90)
async def foreign_file(target: Target) -> Outcome:
    """A file put, with another cookie, to the address that a visitor was given."""
    async with Tab(target.url) as victim:
        await victim.choose("data-source", "Upload")
        place = await victim.place_for("file.csv")
        stranger = Web(target.url)
        await asyncio.to_thread(stranger.enter, "")
        try:
            await asyncio.to_thread(stranger.put, place.upload_url, "file.csv", b"text,label\na,b\n")
        except OSError as error:
            return Outcome(True, f"refused: {error}")
    return Outcome(False, "taken: the stranger's file lies with the visitor's")


@attack("foreign_names", alone=False, seconds=60)
async def foreign_names(target: Target) -> Outcome:
    """A host name that is not ours, a websocket for another site's page, a foreign site that wants to read."""

    def status_of() -> list[int]:
        host = {"Host": "evil.example"}
        return [
            ask(target.url, "/", headers=host)[0],
            shake_hands(target.url, host),
            shake_hands(target.url, {"Origin": "http://evil.example"}),
            shake_hands(target.url, {"Origin": "null"}),
        ]

    found = await asyncio.to_thread(status_of)
    _, heads, _ = await asyncio.to_thread(ask, target.url, "/", headers={"Origin": "http://evil.example"})
    shared = heads.get("access-control-allow-origin", "") in ("*", "http://evil.example")
    held = all(400 <= status < 500 for status in found) and not shared
    return Outcome(held, f"statuses {found}, {'readable' if shared else 'not readable'} by other sites")
