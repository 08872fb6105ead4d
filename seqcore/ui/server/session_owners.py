"""A session belongs to the visitor who opened it: nobody else comes back to it or uploads into it.

Streamlit gives a session to whoever names its id within ten minutes after its connection broke, and takes uploads for
it from anybody. The id is a long random number, but it stood in every address that a browser uploads to, and so in the
logs of every proxy on the way.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from weakref import WeakValueDictionary

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from seqcore.settings import Settings, get_settings
from seqcore.ui import compat
from seqcore.ui.compat import UPLOAD_PATH
from seqcore.ui.people.workspaces import Mode, Visit, mode_for, visitor_for
from seqcore.ui.server.cookies import visit_of
from seqcore.ui.server.kept_uploads import forget_old_uploads

UPLOADS_AT_ONCE = 2  # of a visitor, each of which may take the largest file in memory; the next waits, unread
VISITOR_HEADER = "x-seqlab-visitor"  # who opened a connection; we write it, whatever the browser sent
_SECRET = secrets.token_bytes(32)
_NAME_CHARACTERS = 32  # of a hash, in hexadecimal: 128 bits


class SessionOwners:
    """Tells Streamlit who opens a connection, and lets only them upload into their session (403).

    Args:
        app: What answers the requests.
        settings: Gives `SEQLAB_AUTH` and the personal workspace.
    """

    def __init__(self, app: ASGIApp, settings: Callable[[], Settings] = get_settings) -> None:
        self._app, self._settings = app, settings
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what opens no session and uploads nothing."""
        if scope["type"] == "websocket":
            compat.compare_on_return(VISITOR_HEADER)
            await self._app(_told(scope, owner_of(visit_of(scope), self._settings())), receive, send)
        elif scope["type"] == "http" and UPLOAD_PATH in scope["path"] and scope["method"] in ("PUT", "DELETE"):
            await self._upload(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        before, _, rest = scope["path"].partition(UPLOAD_PATH)
        name, _, file = rest.partition("/")
        owner = owner_of(visit_of(scope), self._settings())
        sessions = sessions_of(owner, compat.connected_sessions())
        session = session_named(name, sessions)
        if session is None:
            await PlainTextResponse("No session of yours takes files here", 403)(scope, receive, send)
            return
        path = f"{before}{UPLOAD_PATH}{session}/{file}"
        async with self._turns.setdefault(owner, asyncio.Semaphore(UPLOADS_AT_ONCE)):
            await self._app({**scope, "path": path, "raw_path": path.encode()}, receive, send)
        if scope["method"] == "PUT":
            forget_old_uploads([session, *(each for each in sessions if each != session)])


def hide_sessions_in_addresses() -> None:
    """Let upload addresses hold a name of the session from which nobody finds its id."""
    compat.call_sessions_otherwise_in_upload_addresses(name_in_addresses)


def name_in_addresses(session: str) -> str:
    """What a session is called in the addresses that its files are uploaded to, until this server ends."""
    return hashlib.blake2b(session.encode(), key=_SECRET, digest_size=_NAME_CHARACTERS // 2).hexdigest()


def owner_of(visit: Visit, settings: Settings) -> str:
    """Whom a request speaks for, as a hash; of two that bring neither cookie nor account, each is somebody else."""
    mode = mode_for(settings.auth, visit)
    account = compat.account_in(visit.cookies) if mode is Mode.OIDC else {}
    visitor = visitor_for(mode, visit, account=account, personal=settings.workspace)
    workspace = secrets.token_hex() if visitor is None else visitor.workspace
    return hashlib.sha256(f"{mode} {workspace}".encode()).hexdigest()


def sessions_of(owner: str, connected: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The sessions of an owner that have a connection.

    Args:
        owner: Of a request.
        connected: Headers of the connection of each session, by its id.
    """
    return [session for session, headers in connected.items() if headers.get(VISITOR_HEADER) == owner]


def session_named(name: str, sessions: Sequence[str]) -> str | None:
    """The one of these sessions that an upload address means."""
    same = (each for each in sessions if secrets.compare_digest(name_in_addresses(each).encode(), name.encode()))
    return next(same, None)


def _told(scope: Scope, owner: str) -> Scope:
    header = VISITOR_HEADER.encode()
    kept = [pair for pair in scope["headers"] if pair[0].lower() != header]
    return {**scope, "headers": [*kept, (header, owner.encode())]}
