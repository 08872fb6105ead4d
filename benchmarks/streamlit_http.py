"""The HTTP side of a visitor of a Streamlit app: cookies, files of the page, uploads."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from http.cookiejar import CookieJar

XSRF = "_streamlit_xsrf"  # Streamlit's cookie; its value comes back with uploads and the websocket
PATIENCE = 120.0  # seconds that an answer may take before a visitor gives up


class Web:
    """Requests with a cookie jar of one's own.

    Args:
        url: Where the app is, without a slash at the end.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._cookies = CookieJar()
        self._web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def enter(self, page: str) -> None:
        """What a browser asks for, as far as it sets cookies: the page and what tells whether the server is there."""
        for resource in (page, "_stcore/health", "_stcore/host-config"):
            request = urllib.request.Request(f"{self.url}/{resource}", headers={"Accept": "text/html,*/*"})
            self._send(request)

    def knock(self) -> int:
        """Ask for the first page as a browser does; the place in the line, 0 when it is the page that came."""
        try:
            self._send(urllib.request.Request(f"{self.url}/", headers={"Accept": "text/html,*/*"}))
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
            return self.place()
        return 0

    def place(self) -> int:
        """The place in the line; 0 for who may come in."""
        return int(json.loads(self.get("/line/place"))["place"])

    def cookie(self, name: str) -> str:
        """The value of a cookie that the app has set; empty without."""
        return next((each.value or "" for each in self._cookies if each.name == name), "")

    def cookie_header(self) -> str:
        """All cookies, as one header."""
        return "; ".join(f"{each.name}={each.value}" for each in self._cookies)

    def put(self, address: str, name: str, data: bytes) -> None:
        """Upload a file to the address that the server gave for it."""
        border = uuid.uuid4().hex
        head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        body = f"{head}Content-Type: text/csv\r\n\r\n".encode() + data + f"\r\n--{border}--\r\n".encode()
        kind = f"multipart/form-data; boundary={border}"
        headers = {"Content-Type": kind, "X-Xsrftoken": self.cookie(XSRF), "Origin": self.url}
        self._send(urllib.request.Request(f"{self.url}{address}", data=body, headers=headers, method="PUT"))

    def get(self, address: str) -> bytes:
        """What lies at an address of the app."""
        return self._send(urllib.request.Request(f"{self.url}{address}"))

    def _send(self, request: urllib.request.Request) -> bytes:
        with self._web.open(request, timeout=PATIENCE) as answer:
            content: bytes = answer.read()
            return content
