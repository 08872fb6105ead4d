"""Links that were given away: each a random token that shows one thing until it expires or is taken back."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from seqcore.errors import LimitError
from seqcore.store import schema
from seqcore.store.database import Database, missing, new_id

MOST = 200  # links of one workspace that can be used at a time
_PREFIX = "link-"
_TOKEN = re.compile(_PREFIX + r"[A-Za-z0-9_-]{32}")  # 192 random bits
_LINK, _EXPERIMENT = schema.links, schema.experiments
_COLUMNS = [column for column in _LINK.c if column.name != "token_hash"]
_TABLES = {"experiment": _EXPERIMENT, "dataset": schema.datasets}

Shareable = Literal["experiment", "dataset"]


@dataclass(frozen=True)
class Link:
    """A link as its owner sees it; the token itself is known to whoever has it.

    Attributes:
        names: What it shows.
        thing_id: Which one.
        expires: None: never.
    """

    id: str
    workspace: str
    names: Shareable
    thing_id: str
    created: datetime
    expires: datetime | None = None


def new_token() -> str:
    """What stands in the address of a new link."""
    return _PREFIX + secrets.token_urlsafe(24)


def is_token(written: str) -> bool:
    """Whether this has the shape of a token; no id has."""
    return _TOKEN.fullmatch(written) is not None


class Links:
    """Links of a workspace, and what those that somebody holds show; only hashes of tokens are kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def add(self, workspace: str, token: str, names: Shareable, thing_id: str, *, days: int | None) -> Link:
        """Let whoever has a token see a thing of this workspace.

        Args:
            workspace: Whose it is.
            token: As `new_token` made it.
            names: What is shown.
            thing_id: Which one.
            days: How long; None: until it is taken back.

        Raises:
            NotFoundError: there is no such thing in this workspace.
            LimitError: there are too many links already.
        """
        now = self._clock()
        link = Link(new_id(), workspace, names, thing_id, now, now + timedelta(days=days) if days else None)
        table = _TABLES[names]
        ours = sa.select(table.c.id).where(table.c.id == thing_id, table.c.workspace == workspace)
        with self._database.writing() as connection:
            if connection.execute(ours).scalar() is None:
                raise missing("experiment" if names == "experiment" else "data set", thing_id)
            count = sa.select(sa.func.count()).select_from(_LINK).where(_LINK.c.workspace == workspace, self._lasting())
            if connection.execute(count).scalar_one() >= MOST:
                raise LimitError(
                    "There are too many links", received=f"{MOST} that can be used", remedy="Take some back on Runs"
                )
            connection.execute(_LINK.insert().values(**vars(link), token_hash=_hash_of(token)))
        return link

    def all(self, workspace: str) -> list[Link]:
        """The links of a workspace that can be used, the newest first."""
        return self._found(_LINK.c.workspace == workspace)

    def opened_by(self, tokens: Iterable[str]) -> list[Link]:
        """Those of the links with these tokens that can be used."""
        hashes = [_hash_of(token) for token in tokens if is_token(token)]
        return self._found(_LINK.c.token_hash.in_(hashes)) if hashes else []

    def take_back(self, workspace: str, link_id: str) -> None:
        """End a link at once.

        Raises:
            NotFoundError: there is none of that id in this workspace.
        """
        chosen = _LINK.delete().where(_LINK.c.workspace == workspace, _LINK.c.id == link_id)
        with self._database.writing() as connection:
            if connection.execute(chosen).rowcount == 0:
                raise missing("link", link_id)

    def forget_expired(self) -> int:
        """Remove the links whose time is over; gives how many."""
        with self._database.writing() as connection:
            return connection.execute(_LINK.delete().where(_LINK.c.expires <= self._clock())).rowcount

    def _lasting(self) -> sa.ColumnElement[bool]:
        return sa.or_(_LINK.c.expires.is_(None), _LINK.c.expires > self._clock())

    def _found(self, condition: sa.ColumnElement[bool]) -> list[Link]:
        query = sa.select(*_COLUMNS).where(condition, self._lasting()).order_by(_LINK.c.created.desc(), _LINK.c.id)
        with self._database.reading() as connection:
            return [Link(**row) for row in connection.execute(query).mappings()]


def forget_links_of(connection: sa.Connection, thing_ids: Iterable[str]) -> None:
    """Remove the links to things that are deleted in this transaction."""
    connection.execute(_LINK.delete().where(_LINK.c.thing_id.in_(list(thing_ids))))


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
