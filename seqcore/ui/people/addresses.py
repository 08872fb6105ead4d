"""Where a visit comes from, and so with whom it shares a place in the queue.

Whoever deletes a cookie gets a new workspace; an internet address costs more. So the browsers of an address share one
place, in which they are served in turn. What is kept is a hash with a key that never leaves this server's folder:
whoever reads the database alone learns no address.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from seqcore.errors import OptionError
from seqcore.ui.people.workspaces import Mode, Visit, Visitor, is_loopback

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

KEY_FILE = "address.key"
_KEY_BYTES = 32
_HOUSEHOLD = 64  # bits of an IPv6 address that a provider gives to one customer at least (RFC 6177)
_SIGNS = 32  # of a hash, in hexadecimal: 128 bits
_OF_THIS_PROCESS = secrets.token_bytes(_KEY_BYTES)
_MOST_KNOWN = 10_000  # visitors whose places are remembered, the latest


def networks(setting: str, name: str) -> list[Network]:
    """The addresses and networks of a setting.

    Raises:
        OptionError: one of them is none.
    """
    try:
        return [ipaddress.ip_network(part.strip(), strict=False) for part in setting.split(",") if part.strip()]
    except ValueError as error:
        raise OptionError(
            f"{name} names no internet address or network", received=str(error), remedy="Write 192.0.2.7, 2001:db8::/32"
        ) from error


def client_address(visit: Visit, proxies: Sequence[Network] = ()) -> Address | None:
    """Address of the visitor's own end of the connection; None when nobody can tell.

    A header is believed only of a proxy: one at this machine, or one of the networks given. Of the addresses that it
    names the last counts, which that proxy wrote itself; what stands before it anybody can have claimed. A proxy that
    names nobody has all its visitors counted as one address, in which they are served in turn.
    """
    peer = _address(visit.peer)
    if not is_loopback(visit.peer) and not (peer is not None and _among(peer, proxies)):
        return peer
    for named in reversed(visit.headers.get("x-forwarded-for", "").split(",")):
        address = _address(named)
        if address is None:
            return peer
        if not (address.is_loopback or _among(address, proxies)):
            return address
    return peer


def place_of(visitor: Visitor, address: Address | None, key: bytes, shared: Sequence[Network] = ()) -> str:
    """Name of the place in the queue that a visitor shares with the others at that address; "": it has its own.

    Accounts and the personal workspace count as themselves, and so does a browser whose address is not known or that
    comes from where many people sit.
    """
    if visitor.mode is not Mode.BROWSER or address is None or _among(address, shared):
        return ""
    width = _HOUSEHOLD if address.version == 6 else address.max_prefixlen
    network = ipaddress.ip_network((address, width), strict=False)
    return "address-" + hmac.new(key, network.compressed.encode(), hashlib.sha256).hexdigest()[:_SIGNS]


def read_key(home: Path) -> bytes:
    """The key of this server's hashes, drawn when there is none; of this process alone where none can be written."""
    try:
        return _key_in(home)
    except OSError:
        return _OF_THIS_PROCESS


def _key_in(home: Path) -> bytes:
    path = home / KEY_FILE
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        found = b""
    if len(found) == _KEY_BYTES:
        return found
    home.mkdir(parents=True, exist_ok=True)
    drawn = home / f".{KEY_FILE}.{secrets.token_hex(6)}"
    descriptor = os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
    drawn.replace(path)
    return path.read_bytes()


class KnownPlaces:
    """The places of the workspaces that visited this process lately; safe from several threads."""

    def __init__(self) -> None:
        self._places: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, workspace: str, place: str) -> None:
        """Remember where a workspace was visited from last."""
        with self._lock:
            self._places[workspace] = place
            self._places.move_to_end(workspace)
            while len(self._places) > _MOST_KNOWN:
                self._places.popitem(last=False)

    def __call__(self, workspace: str) -> str:
        """The place of a workspace; "" when none is known."""
        with self._lock:
            return self._places.get(workspace, "")


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _among(address: Address, those: Sequence[Network]) -> bool:
    return any(address in network for network in those if network.version == address.version)
