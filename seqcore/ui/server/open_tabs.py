"""How many tabs one visitor may have open: each is a session, which holds memory until it is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from seqcore.settings import get_settings
from seqcore.ui.compat import LOGIN_COOKIE
from seqcore.ui.people.workspaces import Mode, Visit, browser_key, mode_for
from seqcore.ui.server.cookies import visit_of

MOST_TABS = 40  # of one visitor, and of all from one address that bring neither cookie nor account
_TRY_AGAIN_LATER = 1013  # code of a closed websocket


class OpenTabs:
    """Refuses the websocket of one tab too many; who sits at this machine has as many as they like.

    Args:
        app: What answers.
        setting: Gives `SEQLAB_AUTH`.
    """

    def __init__(self, app: ASGIApp, setting: Callable[[], str] = lambda: get_settings().auth) -> None:
        self._app, self._setting = app, setting
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count a connection for as long as it is open."""
        visit = visit_of(scope) if scope["type"] == "websocket" else None
        if visit is None or mode_for(self._setting(), visit) is Mode.PERSONAL:
            await self._app(scope, receive, send)
            return
        who = who_opens(visit)
        if self._open[who] >= MOST_TABS:
            await receive()
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        self._open[who] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]


def who_opens(visit: Visit) -> str:
    """What tells a visitor: the browser's key, an account's cookie, or where the connection comes from."""
    return browser_key(visit.cookies) or visit.cookies.get(LOGIN_COOKIE) or visit.peer
