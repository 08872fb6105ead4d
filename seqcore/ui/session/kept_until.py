"""Until when things are kept that nobody looks at, where the server keeps them for some days only."""

from __future__ import annotations

from datetime import datetime

from seqcore.lab.retention import ends
from seqcore.settings import get_settings
from seqcore.ui.session import shared, state


def ends_of_all() -> dict[str, datetime]:
    """When each of one's own things goes, by its id; empty where all is kept."""
    days = get_settings().keep_days
    if not days:
        return {}
    looks = shared.get_store().last_looks.all(state.workspace())
    return {look.id: end for look in looks if (end := ends(look, days)) is not None}


def sentence(end: datetime) -> str:
    """What a page says of it."""
    return f"Deleted on {end.astimezone():%d %b %Y} unless looked at"
