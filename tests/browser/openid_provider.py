"""A small OpenID provider on loopback: it asks for a name and signs whatever is typed."""

from __future__ import annotations

import html
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from scripts.running_app import free_port
from tests.waiting import until

CLIENT_ID, CLIENT_SECRET = "sequence-lab", "a secret between the two"
_FORM = """<!doctype html><title>School login</title><h1>School login</h1>
<form action="/consent"><input type="hidden" name="asked" value="{asked}">
<label>Who are you? <input name="name"></label><button>Continue</button></form>"""


class OpenidProvider:
    """Answers as OpenID Connect Core 1.0 says, for the code flow of one client.

    Attributes:
        url: Where it is; also its issuer.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/keys", self._keys),
                Route("/authorize", self._authorize),
                Route("/consent", self._consent),
                Route("/token", self._token, methods=["POST"]),
                Route("/end", self._end),
            ]
        )

    async def _metadata(self, _request: Request) -> Response:
        places = {
            "authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys",
            "end_session_endpoint": "end",
        }  # fmt: skip
        found: dict[str, Any] = {name: f"{self.url}/{path}" for name, path in places.items()}
        found |= {"issuer": self.url, "response_types_supported": ["code"], "subject_types_supported": ["public"]}
        found |= {"id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"]}
        return JSONResponse(found)

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        if request.query_params["client_id"] != CLIENT_ID:
            return Response("unknown client", status_code=400)
        return HTMLResponse(_FORM.format(asked=html.escape(request.url.query)))

    async def _consent(self, request: Request) -> Response:
        asked = {name: values[0] for name, values in parse_qs(request.query_params["asked"]).items()}
        code = secrets.token_urlsafe(16)
        self._codes[code] = {"name": request.query_params["name"], "nonce": asked["nonce"]}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def _token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        who = self._codes.pop(form["code"])
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT_ID, "sub": f"id-of-{who['name']}", "nonce": who["nonce"], "iat": now,
            "exp": now + 300, "name": who["name"], "email": "somebody@school.example",
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self._key)
        return JSONResponse({"access_token": "of no use", "token_type": "Bearer", "id_token": token, "expires_in": 300})

    async def _end(self, request: Request) -> Response:
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)


@contextmanager
def openid_provider() -> Iterator[OpenidProvider]:
    """The provider, while it runs."""
    port = free_port()
    provider = OpenidProvider(port)
    server = uvicorn.Server(uvicorn.Config(provider.app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until(lambda: server.started)
        yield provider
    finally:
        server.should_exit = True
        thread.join(timeout=30)
