"""What stands on a Streamlit page, kept from the messages that the server sends, as the browser's front end does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Place = tuple[int, ...]


@dataclass(frozen=True)
class Shown:
    """One element or block on the page: its kind ("button", "checkbox", ...), its message, who drew it last."""

    kind: str
    message: Any
    run: str
    fragment: str


class Page:
    """The elements of a page by their place in its tree.

    Attributes:
        script_hash: The page's name for the server.
        query: What stands behind the question mark of its address.
        pages: Script hash of every page by its path in the address.
        problems: Errors and exceptions that ever stood on it.
    """

    def __init__(self) -> None:
        self.script_hash, self.query = "", ""
        self.pages: dict[str, str] = {}
        self.problems: list[str] = []
        self._shown: dict[Place, Shown] = {}
        self._run = ""

    def apply(self, message: ForwardMsg) -> None:
        """Let a message of the server change the page."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._start(message)
        elif kind == "delta":
            self._draw(message)
        elif kind == "script_finished":
            self._clear(message)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "navigation":
            self.pages = {each.url_pathname: each.page_script_hash for each in message.navigation.app_pages}
            self.script_hash = message.navigation.page_script_hash

    def find(self, key: str) -> Shown | None:
        """The widget or container with that key, or None."""
        return next((shown for shown in self._shown.values() if key_of(shown) == key), None)

    def of_kind(self, kind: str) -> Iterator[Any]:
        """Messages of all elements of a kind."""
        return (shown.message for shown in self._shown.values() if shown.kind == kind)

    def words(self) -> str:
        """Everything that stands on it, in the form of its messages."""
        return "\n".join(str(shown.message) for shown in self._shown.values())

    def widgets(self) -> Iterator[Shown]:
        """Everything on the page that has an id."""
        return (shown for shown in self._shown.values() if getattr(shown.message, "id", ""))

    def widget_ids(self) -> set[str]:
        """Ids of everything on the page that has one."""
        return {shown.message.id for shown in self.widgets()}

    def query_values(self) -> dict[str, str]:
        """The parameters in its address."""
        return dict(parse_qsl(self.query))

    def _start(self, message: ForwardMsg) -> None:
        run, session = message.metadata.run, message.new_session
        self._run = run.script_run_id
        if not run.fragment_ids:
            self.script_hash = session.page_script_hash

    def _draw(self, message: ForwardMsg) -> None:
        delta, place = message.delta, tuple(message.metadata.delta_path)
        what = delta.WhichOneof("type")
        if what == "new_transient":  # a spinner: gone before one could act on it
            return
        whole = delta.new_element if what == "new_element" else delta.add_block
        kind = whole.WhichOneof("type") or "container"
        inner = getattr(whole, kind) if what == "new_element" else whole
        if what == "new_element":
            for below in [known for known in self._shown if len(known) > len(place) and known[: len(place)] == place]:
                del self._shown[below]
        self._shown[place] = Shown(kind, inner, self._run, delta.fragment_id)
        if kind == "exception" or (kind == "alert" and inner.format == Alert.ERROR):
            self.problems.append(inner.message if kind == "exception" else inner.body)

    def _clear(self, message: ForwardMsg) -> None:
        """Remove what the run that ended has not drawn again: of the whole page, or of its fragments."""
        fragments = set(message.metadata.run.fragment_ids)
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        for place, shown in list(self._shown.items()):
            if shown.run != self._run and (not fragments or shown.fragment in fragments):
                del self._shown[place]


def key_of(shown: Shown) -> str:
    """The key that the app gave a widget or container; empty without."""
    identity = getattr(shown.message, "id", "")
    return identity.split("-", 2)[2] if identity.startswith("$$ID-") else identity
