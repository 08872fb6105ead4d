"""Plain requests, and handshakes of a websocket, that say whatever they are told to."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

_HANDSHAKE = {
    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": "streamlit",
}  # fmt: skip


def ask(
    url: str, path: str, method: str = "GET", *, headers: Mapping[str, str] | None = None, timeout: float = 30.0
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer.

    Raises:
        OSError: there is none.
    """
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        answer = connection.getresponse()
        heads = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, heads, b"" if answer.status == 101 else answer.read()
    except http.client.HTTPException as error:
        raise OSError(f"no answer: {error!r}") from error
    finally:
        connection.close()


def shake_hands(url: str, headers: Mapping[str, str]) -> int:
    """Status of the answer to who wants a websocket; 101 opens it."""
    return ask(url, "/_stcore/stream", headers={**_HANDSHAKE, "Origin": url, **headers})[0]
