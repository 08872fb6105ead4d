"""What a server does by itself every few seconds: let go of what nobody needs, and give the memory back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from seqcore.settings import get_settings
from seqcore.ui import compat
from seqcore.ui.server import left_sessions
from seqcore.ui.server.left_sessions import LeftSessions
from seqcore.ui.session.kept import MOST_BYTES, shelf
from seqcore.workroom import reserve
from seqcore.workroom.memory import shares

EVERY = 5.0  # seconds
_OF_SHELF = 0.75  # of what caches may take; the rest is for sessions without a browser
_QUIET_ROUNDS = 12  # without anything to let go of, after which pages that were drawn anew have left enough behind


@asynccontextmanager
async def tidying() -> AsyncIterator[LeftSessions]:
    """Keep the sessions of closed tabs ourselves, and look after memory, until the end."""
    reserve.keep_no_large_pieces()
    compat.share_bytes_of_uploads()
    share = shares(get_settings()).caches
    shelf.most_bytes = min(MOST_BYTES, int(_OF_SHELF * share))
    most = min(left_sessions.MOST_BYTES, share - int(_OF_SHELF * share))
    sessions = LeftSessions(float(st.get_option("server.disconnectedSessionTTL")), most)
    compat.keep_left_sessions_in(sessions)
    task = asyncio.create_task(_again_and_again(sessions))
    try:
        yield sessions
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _again_and_again(sessions: LeftSessions) -> None:
    quiet, held = 0, 0
    while True:
        await asyncio.sleep(EVERY)
        gone = sessions.let_go_of_old() + shelf.let_go_of_old()
        quiet = 0 if gone or sessions.bytes + shelf.bytes < held else quiet + 1
        held = sessions.bytes + shelf.bytes
        if quiet % _QUIET_ROUNDS == 0:
            await asyncio.to_thread(reserve.give_back)
