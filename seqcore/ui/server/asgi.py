"""The web server around the pages: headers, Plotly's script, what starts and ends with it."""

from __future__ import annotations

import gc
import importlib.metadata
import importlib.util
import threading
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqcore.errors import SeqlabError
from seqcore.ui.compat import inline_scripts, leave_out_of_start, log_mistakes_only
from seqcore.ui.kit.plotly_script import PLOTLY_URL
from seqcore.ui.server.admission import Admission, waiting_routes
from seqcore.ui.server.cookies import VisitorCookie
from seqcore.ui.server.door import WhoseTurn, guarded_door
from seqcore.ui.server.health import Health
from seqcore.ui.server.hosts import OurHosts
from seqcore.ui.server.left_sessions import Goodbyes
from seqcore.ui.server.limits import RequestLimits, follow_settings
from seqcore.ui.server.login_return import LoginReturn
from seqcore.ui.server.messages import BrowserMessages
from seqcore.ui.server.open_routes import OpenRoutes
from seqcore.ui.server.open_tabs import OpenTabs
from seqcore.ui.server.packing import PackedFiles, plotly_script
from seqcore.ui.server.page_head import PageHead, linked_routes
from seqcore.ui.server.session_owners import SessionOwners, hide_sessions_in_addresses
from seqcore.ui.server.tidying import tidying
from seqcore.ui.session.header import show_calm_sentence

__all__ = ["leave_out_of_start", "lifespan", "middleware", "routes", "show_calm_sentence"]

# Seconds that the engine lets the first page have the processor for itself.
_PATIENCE = 5.0


def _hashes_of_inline_scripts() -> str:
    """The scripts that stand in Streamlit's own page, by their hashes: no other inline script may run."""
    return " ".join(f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in inline_scripts())


# Streamlit's own front end needs inline styles, blob: scripts (its components) and data: images;
# nothing may come from another origin, and no site may put the app into a frame.
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' blob: 'wasm-unsafe-eval' {_hashes_of_inline_scripts()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",  # what was just recorded is played before it is sent
        "font-src 'self' data:",
        "connect-src 'self' blob:",  # ... and sent: the recorder holds it under an address of the page itself
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
_HEADERS = (
    (b"content-security-policy", _CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"permissions-policy",
        b"camera=(), microphone=(self), geolocation=()",
    ),  # sounds are recorded on Predict and Look inside
    (b"cross-origin-opener-policy", b"same-origin"),
)


class SecurityHeaders:
    """Adds to every response what tells a browser to trust nothing but this server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; complete the head of its response, that of a failure too."""
        started = scope["type"] != "http"

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": [*message.get("headers", ()), *_HEADERS]}
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            if not started:
                await PlainTextResponse("Something went wrong here", 500)(scope, receive, send_with_headers)
            raise  # to the log


def middleware() -> list[Middleware]:
    """What stands before every request."""
    known = (WhoseTurn, SecurityHeaders, OurHosts, OpenRoutes)
    admitted = (Health, OpenTabs, Admission, RequestLimits, SessionOwners, BrowserMessages)
    answered = (VisitorCookie, LoginReturn, PageHead, PackedFiles, Goodbyes)
    return [Middleware(guard) for guard in known + admitted + answered]


def routes() -> list[Route]:
    """Plotly's own script, which draws every picture, offline, and the files that pages link to."""
    return [Route(PLOTLY_URL, plotly_script), *linked_routes(), *waiting_routes()]


@asynccontextmanager
async def lifespan(_app: ASGIApp) -> AsyncIterator[None]:
    """Start the engine as soon as the first page is drawn, or soon if nobody looks, and go on with the sweeps; end both
    with the server."""
    from seqcore.ui.session import shared

    follow_settings()
    hide_sessions_in_addresses()
    log_mistakes_only(SeqlabError)
    threading.Thread(target=_warm_up, name="seqlab-warm-up", daemon=True).start()
    try:
        async with guarded_door(), tidying():
            yield
    finally:
        shared.daily_round().close()
        shared.sweep_room().close()  # before the engine: what goes on is interrupted, not failed
        shared.xray_room().close()
        shared.measuring_room().close()
        shared.work_room().close()
        shared.engine_room().close()


def _warm_up() -> None:
    from seqcore.ui.session import shared

    room = shared.engine_room()
    room.page_drawn.wait(_PATIENCE)
    room.start()
    for name in ("sqlalchemy", "pandas", "pyarrow", "plotly.graph_objects"):
        if importlib.util.find_spec(name.partition(".")[0]) is not None:
            importlib.import_module(name)
    shared.sweep_room().start()
    shared.daily_round().start()
    gc.collect()
    gc.freeze()  # what is loaded now stays; later collections need not look at it
