"""Whose workspace a visit belongs to, decided from what the connection says and nothing else.

A workspace's name is made from a secret (a cookie's key, an account's subject) by hashing, so that whoever reads
the database or a bundle cannot come back as that visitor.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from seqcore.lab.workspace_names import account_workspace, browser_workspace

COOKIE = "seqlab_visitor"
# Browsers take a cookie of this prefix only from the host itself and over https: no neighbouring site of the
# same domain can plant a key that it knows.
HOST_COOKIE = f"__Host-{COOKIE}"

_KEY = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 random bits
_FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"})


class Mode(StrEnum):
    """What makes a workspace: the machine, the browser or the account."""

    PERSONAL = "personal"
    BROWSER = "browser"
    OIDC = "oidc"


@dataclass(frozen=True)
class Visit:
    """What a connection says.

    Attributes:
        headers: Of the request, names in lower case; empty when the connection is gone.
        cookies: Of the request.
        peer: Address of the other end; empty when it is not known.
        bound_to: Address that the server listens on; empty: all of them.
    """

    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    peer: str
    bound_to: str


@dataclass(frozen=True)
class Visitor:
    """Whom a session belongs to.

    Attributes:
        mode: What makes the workspace.
        workspace: Its name.
        lasting: Whether a reload finds it again.
        name: Of the account, as its provider wrote it; empty without one.
        known: Whether there was a connection to ask.
        place: In the queue, shared with others at the same internet address; empty: it has one of its own.
    """

    mode: Mode
    workspace: str
    lasting: bool = True
    name: str = ""
    known: bool = True
    place: str = ""


def mode_for(setting: str, visit: Visit) -> Mode:
    """What makes the workspace of this visit.

    Only somebody at this very machine may have the personal workspace by default. No single header decides: the
    server is bound to loopback, so is the other end of the connection, the address bar says so, and nothing on
    the way passed the request on. Leaving a header out gains nothing either, because every browser's connection
    has a host.

    Args:
        setting: `SEQLAB_AUTH`; "auto" decides by the visit.
        visit: What the connection says.
    """
    if setting != "auto":
        return Mode(setting)
    forwarded = any(name in _FORWARDING or name.startswith("x-forwarded") for name in visit.headers)
    origin = visit.headers.get("origin")
    local = (
        is_loopback(visit.bound_to)
        and is_loopback(visit.peer)
        and is_loopback(_host_of(f"//{visit.headers.get('host', '')}"))
        and (origin is None or is_loopback(_host_of(origin)))
        and not forwarded
    )
    return Mode.PERSONAL if local else Mode.BROWSER


def visitor_for(mode: Mode, visit: Visit, *, account: Mapping[str, Any], personal: str) -> Visitor | None:
    """Whom the visit belongs to; None when an account is needed and nobody is logged in.

    Args:
        mode: What makes the workspace.
        visit: What the connection says.
        account: What the provider says of who is logged in.
        personal: Name of the personal workspace.
    """
    if mode is Mode.PERSONAL:
        return Visitor(mode, personal)
    if mode is Mode.OIDC:
        return _account_visitor(account)
    key = browser_key(visit.cookies)
    return Visitor(mode, browser_workspace(key or new_key()), lasting=key is not None, known=bool(visit.headers))


def browser_key(cookies: Mapping[str, str]) -> str | None:
    """The key that a browser keeps, or None when it has none of ours."""
    found = (valid_key(cookies.get(name)) for name in (HOST_COOKIE, COOKIE))
    return next((key for key in found if key), None)


def valid_key(value: object) -> str | None:
    """The value, if it has the shape of a key."""
    return value if isinstance(value, str) and _KEY.fullmatch(value) else None


def new_key() -> str:
    """256 random bits, as a cookie can hold them."""
    return secrets.token_urlsafe(32)


def is_loopback(host: str) -> bool:
    """Whether a host name or address can mean this machine only."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _account_visitor(account: Mapping[str, Any]) -> Visitor | None:
    issuer, subject = account.get("iss"), account.get("sub")
    if account.get("is_logged_in") is not True or not isinstance(subject, str) or not isinstance(issuer, str):
        return None
    if not issuer or not subject:
        return None
    names = (account.get(claim) for claim in ("name", "preferred_username", "email"))
    name = next((each for each in names if isinstance(each, str) and each.strip()), "")
    return Visitor(Mode.OIDC, account_workspace(issuer, subject), name=name)


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
