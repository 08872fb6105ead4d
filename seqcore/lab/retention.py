"""Retention: what nobody looked at for some days goes, with its files and links."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from seqcore.errors import NotFoundError, SeqlabError
from seqcore.lab.delete import delete_dataset, delete_experiment, delete_sweep

if TYPE_CHECKING:
    from seqcore.store import Store
    from seqcore.store.last_looks import LastLook

_LOG = logging.getLogger(__name__)
_DELETE = {"sweep": delete_sweep, "experiment": delete_experiment, "data set": delete_dataset}


def ends(look: LastLook, days: int) -> datetime | None:
    """When a thing goes that nobody looks at until then; None where all is kept."""
    return look.at + timedelta(days=days) if days else None


def what_is_due(store: Store, days: int) -> list[LastLook]:
    """What nobody looked at for so many days, in the order in which it can be deleted; nothing for 0."""
    now = store.clock()
    return [look for look in store.last_looks.all() if days and look.at + timedelta(days=days) <= now]


def let_go(store: Store, days: int) -> list[LastLook]:
    """Delete what is due, and links whose time is over; gives what went.

    What cannot be deleted, such as the data set of what somebody began to train a moment ago, is left for another day.
    """
    gone = []
    for look in what_is_due(store, days):
        try:
            _DELETE[look.kind](store, look.workspace, look.id)
        except NotFoundError:
            _LOG.debug("the %s %s went with its sweep", look.kind, look.id)
        except SeqlabError as error:
            _LOG.info("the %s %s stays: %s", look.kind, look.id, error.problem)
            continue
        gone.append(look)
    store.links.forget_expired()
    if gone:
        _LOG.info("deleted what nobody looked at for %d days: %d things", days, len(gone))
    return gone
