"""A browser tab without a browser: speaks Streamlit's own protocol over HTTP and its websocket, and keeps time.

It does what the front end does: fetches the page and its cookies, opens the websocket with the XSRF token, sends the
state of every widget with each rerun, keeps messages that the server may refer to, uploads files, and asks for
fragments that run by themselves as often as the server wants them to.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, UploadedFileInfo
from streamlit.proto.DownloadButton_pb2 import DownloadButton
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from benchmarks.streamlit_http import PATIENCE, XSRF, Web
from benchmarks.streamlit_messages import KeptMessages
from benchmarks.streamlit_page import Page
from benchmarks.streamlit_widgets import option_text, refresh_states


class VisitError(Exception):
    """The app did not do what a visitor expects; says what."""


@dataclass
class Update:
    """One request for a page and its answer.

    Attributes:
        page: Name of the page that stood after the answer.
        fragment: Fragment that was asked for; empty for the whole page.
        sent: When it was asked for, `time.perf_counter` seconds.
        seconds: Until the server said that the script has finished; 0 while it has not.
        bytes: Received with the answer.
        whole: Whether the answer was the whole page.
    """

    page: str
    fragment: str
    sent: float
    seconds: float = 0.0
    bytes: int = 0
    whole: bool = False


class Tab:
    """One visitor's tab, to be used with `async with`.

    Args:
        url: Where the app is, without a slash at the end.
        path: Page and query to open, `compare?experiment=...`.
        web: Whose cookies it has; without, those of somebody new.
        address: Of the loopback interface that its websocket comes from; without, the usual one.
        patience: Seconds that a page may take.

    Attributes:
        page: What stands on the page now.
        session: Streamlit's id of it, once it has one.
        updates: Every update that was answered.
        closed_by_server: Why the connection ended, when the server ended it.
    """

    def __init__(
        self, url: str, path: str = "", *, web: Web | None = None, address: str | None = None,
        patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        self.url, self._path, self._address, self._patience = url, path, address, patience
        self.page, self.updates = Page(), list[Update]()
        self.closed_by_server, self.session = "", ""
        self._web, self._kept = web or Web(url), KeptMessages()
        self._states: dict[str, WidgetState] = {}
        self._sending: set[asyncio.Future[None]] = set()
        self._asked: list[Update] = []
        self._running: list[Update] = []
        self._timers: dict[str, tuple[float, asyncio.Task[None]]] = {}
        self._bytes = 0
        self._places: dict[str, list[FileURLs]] = {}
        self._files: dict[str, str] = {}
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Tab:
        name, _, self.page.query = self._path.partition("?")
        await asyncio.to_thread(self._web.enter, name)
        self._socket: ClientConnection = await connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit"), Subprotocol(self._web.cookie(XSRF) or "placeholder")],
            additional_headers={"Cookie": self._web.cookie_header()},
            origin=Origin(self.url),
            max_size=None,
            ping_interval=None,
            local_addr=(self._address, 0) if self._address else None,
        )
        self._reader = asyncio.create_task(self._read())
        await self._answer(self._ask(name=name))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_timers()
        self._reader.cancel()
        await self._socket.close()

    async def click(self, key: str) -> None:
        """Press the button of that key; returns when the page stands."""
        button = self._widget(key)
        if button.disabled:
            raise VisitError(f"the button {key!r} cannot be pressed")
        await self._answer(self._ask(WidgetState(id=button.id, trigger_value=True)))

    async def refresh(self) -> Update:
        """Ask for the page again, as every interaction does; returns when it stands."""
        update = self._ask()
        await self._answer(update)
        return update

    async def send(self, message: BackMsg) -> None:
        """Send a message as it is."""
        await self.send_bytes(message.SerializeToString())

    async def send_bytes(self, data: bytes) -> None:
        """Send what may be no message at all."""
        await self._socket.send(data)

    async def write(self, key: str, text: str) -> None:
        """Write into a text area."""
        await self._set(WidgetState(id=self._widget(key).id, string_value=text))

    async def select(self, key: str, text: str) -> None:
        """Choose an option of a list by a word of it."""
        chosen = self._widget(key)
        option = next(each for each in chosen.options if text in each)
        await self._set(WidgetState(id=chosen.id, string_value=option))

    def ticked(self, key: str) -> bool:
        """Whether a checkbox is set."""
        return self._states[self._widget(key).id].bool_value

    async def tick(self, key: str, value: bool) -> None:
        """Set a checkbox."""
        await self._set(WidgetState(id=self._widget(key).id, bool_value=value))

    async def enter(self, key: str, number: float) -> None:
        """Enter a number."""
        await self._set(WidgetState(id=self._widget(key).id, double_value=number))

    async def choose(self, key: str, text: str) -> None:
        """Choose an option of a segmented control by a word of it."""
        group = self._widget(key)
        state = WidgetState(id=group.id)
        state.string_array_value.data.append(next(t for t in map(option_text, group.options) if text in t))
        await self._set(state)

    async def place_for(self, name: str) -> FileURLs:
        """Where the server wants a file of that name."""
        request, message = str(uuid.uuid4()), BackMsg()
        message.file_urls_request.request_id = request
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session
        await self.send(message)
        await self.until(lambda: request in self._places, "an address for the file")
        (place,) = self._places.pop(request)
        return place

    async def download(self, button: DownloadButton) -> bytes:
        """What a download button gives.

        Raises:
            OSError: the server refuses.
            VisitError: it does not say where the file is.
        """
        address = button.url
        if button.deferred_file_id:
            request, message = str(uuid.uuid4()), BackMsg()
            message.backend_operation_request.request_id = request
            message.backend_operation_request.session_id = self.session
            message.backend_operation_request.deferred_file.file_id = button.deferred_file_id
            await self.send(message)
            await self.until(lambda: request in self._files, "an address of the file", 20.0)
            address = self._files.pop(request)
        if not address:
            raise VisitError("the server gives no address of the file")
        return await asyncio.to_thread(self._web.get, address)

    async def upload(self, key: str, name: str, data: bytes) -> None:
        """Upload a file to a file uploader."""
        uploader, place = self._widget(key), await self.place_for(name)
        await asyncio.to_thread(self._web.put, place.upload_url, name, data)
        state = WidgetState(id=uploader.id)
        info = UploadedFileInfo(name=name, size=len(data), file_id=place.file_id, file_urls=place)
        state.file_uploader_state_value.uploaded_file_info.append(info)
        await self._set(state)

    async def go(self, name: str) -> None:
        """Follow the menu to another page."""
        self.page.query = ""
        await self._answer(self._ask(script_hash=self.page.pages[name]))

    async def until(self, condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Wait, while fragments run by themselves, until something holds.

        Raises:
            VisitError: it did not within so many seconds, or the server closed the connection.
        """
        deadline = time.perf_counter() + seconds
        while not condition():
            if self.closed_by_server:
                raise VisitError(f"the server closed the connection: {self.closed_by_server}")
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), max(0.0, deadline - time.perf_counter()))
            except TimeoutError:
                raise VisitError(f"no sign of {what} within {seconds:.0f} s") from None

    def _widget(self, key: str) -> Any:
        shown = self.page.find(key)
        if shown is None:
            raise VisitError(f"there is no {key!r} on the page {self._here()!r}")
        return shown.message

    def _here(self) -> str:
        names = {script_hash: name or "data" for name, script_hash in self.page.pages.items()}
        return names.get(self.page.script_hash, "")

    async def _set(self, state: WidgetState) -> None:
        self._states[state.id] = state
        await self._answer(self._ask())

    def _ask(
        self, trigger: WidgetState | None = None, *, name: str = "", script_hash: str | None = None, fragment: str = ""
    ) -> Update:
        """Send a rerun request with the state of every widget, as every interaction does."""
        message = BackMsg()
        request = message.rerun_script
        request.query_string, request.page_name = self.page.query, name
        request.page_script_hash = self.page.script_hash if script_hash is None else script_hash
        request.fragment_id, request.is_auto_rerun = fragment, bool(fragment)
        request.widget_states.widgets.extend(self._states.values())
        if trigger is not None:
            request.widget_states.widgets.append(trigger)
        request.cached_message_hashes.extend(self._kept.hashes())
        request.context_info.url = f"{self.url}/{name or self._here()}"
        request.context_info.timezone, request.context_info.locale = "Europe/Berlin", "en-GB"
        update = Update(self._here(), fragment, time.perf_counter())
        self._asked.append(update)
        sending = asyncio.ensure_future(self._socket.send(message.SerializeToString()))
        self._sending.add(sending)
        sending.add_done_callback(self._sent)
        return update

    def _sent(self, sending: asyncio.Future[None]) -> None:
        self._sending.discard(sending)
        if not sending.cancelled() and isinstance(sending.exception(), ConnectionClosed):
            self._changed.set()  # the reader says why

    async def _answer(self, update: Update) -> None:
        await self.until(lambda: update.seconds, "the end of a page update", self._patience)

    async def _read(self) -> None:
        try:
            async for data in self._socket:
                self._bytes += len(data)
                message = ForwardMsg()
                message.ParseFromString(data if isinstance(data, bytes) else data.encode())
                self._take(self._kept.whole(message))
                self._changed.set()
        except ConnectionClosed as error:
            self.closed_by_server = str(error)
        finally:
            self.closed_by_server = self.closed_by_server or "without a reason"
            self._changed.set()

    def _take(self, message: ForwardMsg) -> None:
        self.page.apply(message)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
            self._begin(list(message.metadata.run.fragment_ids))
        elif kind == "auto_rerun":
            self._start_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            self._stop_timers(list(message.stop_auto_rerun.fragment_ids))
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._finish(whole=not message.metadata.run.fragment_ids)
        elif kind == "file_urls_response":
            self._places[message.file_urls_response.response_id] = list(message.file_urls_response.file_urls)
        elif kind == "backend_operation_response":
            answer = message.backend_operation_response
            self._files[answer.request_id] = answer.deferred_file.url

    def _begin(self, fragments: list[str]) -> None:
        """A run begins: it answers what was asked for until now; a run of the whole page answers everything."""
        answered = [update for update in self._asked if not fragments or update.fragment in fragments]
        self._running += answered
        self._asked = [update for update in self._asked if update not in answered]
        if not fragments:
            self._stop_timers()

    def _finish(self, *, whole: bool) -> None:
        now = time.perf_counter()
        for update in self._running:
            update.seconds, update.bytes, update.whole = now - update.sent, self._bytes, whole
            update.page = self._here()
        self.updates += self._running
        self._running, self._bytes = [], 0
        self._kept.end_run()
        refresh_states(self._states, self.page)

    def _start_timer(self, fragment: str, interval: float) -> None:
        if fragment in self._timers and self._timers[fragment][0] == interval:
            return
        self._stop_timers([fragment])
        self._timers[fragment] = interval, asyncio.create_task(self._rerun_every(fragment, interval))

    async def _rerun_every(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            self._ask(fragment=fragment)

    def _stop_timers(self, fragments: list[str] | None = None) -> None:
        for fragment in list(self._timers) if fragments is None else fragments:
            if fragment in self._timers:
                self._timers.pop(fragment)[1].cancel()
