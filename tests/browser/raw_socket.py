"""A browser's websocket in the hands of somebody who sends what no page sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.streamlit_http import XSRF, Web
from tests.waiting import PATIENCE


@dataclass
class RawSocket:
    """An open connection.

    Attributes:
        socket: To be read and written.
        session: Id that the server has given it.
    """

    socket: ClientConnection
    session: str = ""

    def say(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())

    def hear(self, kind: str) -> ForwardMsg:
        """The next message of that kind; whatever else comes before is passed over."""
        message = ForwardMsg()
        while message.WhichOneof("type") != kind:
            message = ForwardMsg()
            message.ParseFromString(self.socket.recv(timeout=PATIENCE))  # type: ignore[arg-type]
        return message

    def draw_page(self) -> None:
        """Ask for the first page, and wait until it stands."""
        message = BackMsg()
        message.rerun_script.SetInParent()
        self.say(message)
        self.session = self.hear("new_session").new_session.initialize.session_id
        self.hear("script_finished")

    def place_for_file(self) -> str:
        """The path that the server takes a file at."""
        message = BackMsg()
        message.file_urls_request.request_id, message.file_urls_request.session_id = "place", self.session
        message.file_urls_request.file_names.append("a.csv")
        self.say(message)
        return str(self.hear("file_urls_response").file_urls_response.file_urls[0].upload_url)


@contextmanager
def raw_socket(visitor: Web, session: str = "", headers: dict[str, str] | None = None) -> Iterator[RawSocket]:
    """A connection with the cookies of a visitor, the id of a session that it wants back, and other headers."""
    protocols = ["streamlit", visitor.cookie(XSRF) or "placeholder", *([session] if session else [])]
    with connect(
        f"{visitor.url.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=[Subprotocol(each) for each in protocols],
        additional_headers={"Cookie": visitor.cookie_header()} | (headers or {}),
        origin=Origin(visitor.url),
        max_size=None,
        open_timeout=PATIENCE,
        close_timeout=PATIENCE,
    ) as socket:
        found = RawSocket(socket)
        found.draw_page()
        yield found


def visitor_of(url: str) -> Web:
    """Somebody with cookies of their own."""
    visitor = Web(url)
    visitor.enter("")
    return visitor
