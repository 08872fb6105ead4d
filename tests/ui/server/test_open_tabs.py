"""Tabs of one visitor, and of those that cannot be told apart."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from seqcore.ui.people.workspaces import COOKIE, new_key
from seqcore.ui.server.open_tabs import MOST_TABS, OpenTabs

MINE, YOURS = new_key(), new_key()


def tab(key: str = "", peer: str = "192.0.2.7") -> Scope:
    headers = [(b"host", b"lab")] + ([(b"cookie", f"{COOKIE}={key}".encode())] if key else [])
    return {"type": "websocket", "path": "/_stcore/stream", "client": (peer, 1), "headers": headers}


def opened(scopes: list[Scope], setting: str = "browser") -> list[bool]:
    """Which of these connections, all open at a time, are let in; every one of them is closed at the end."""

    async def visit() -> list[bool]:
        leave, let_in = asyncio.Event(), [False] * len(scopes)

        async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
            let_in[scope["number"]] = True
            await leave.wait()

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message) -> None:
            assert message == {"type": "websocket.close", "code": 1013}

        guard = OpenTabs(app, lambda: setting)
        tasks = [
            asyncio.ensure_future(guard({**scope, "number": at}, receive, send)) for at, scope in enumerate(scopes)
        ]
        await asyncio.sleep(0)
        leave.set()
        await asyncio.gather(*tasks)
        assert not guard._open
        return let_in

    return asyncio.run(visit())


def test_one_tab_too_many_is_refused_and_another_visitors_is_not() -> None:
    assert opened([tab(MINE)] * (MOST_TABS + 2) + [tab(YOURS)]) == [True] * MOST_TABS + [False, False, True]


def test_those_without_a_cookie_are_counted_by_their_address() -> None:
    assert opened([tab()] * (MOST_TABS + 1) + [tab(peer="192.0.2.8"), tab(MINE)]) == [
        *[True] * MOST_TABS, False, True, True,
    ]  # fmt: skip


def test_who_has_the_machine_has_as_many_as_they_like() -> None:
    assert all(opened([tab()] * (MOST_TABS + 5), "personal"))
