"""`operator workspaces`: who has what, how much room all of it takes, who waits, which engines live."""

from __future__ import annotations

import shutil
from typing import Any

from seqcore.cli.operator.names import short_workspace
from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store
from seqcore.engine.presence import living_engines
from seqcore.settings import Settings, get_settings
from seqcore.store import RunState, Store

_MEGABYTE = 1024 * 1024


def list_workspaces(*, as_json: bool) -> None:
    """The workspaces, the one that takes most room first, and what they take together."""
    settings = get_settings()
    store = open_store(settings)
    workspaces, whole = store.oversight.workspaces(), _whole(store, settings)
    if as_json:
        described = [vars(each) | {"seen": each.seen.isoformat()} for each in workspaces]
        print_json({"workspaces": described, **whole})
        return
    columns = ("workspace", "last seen", "data sets", "experiments", "runs", "in flight", "links", "MB")
    rows = [
        (
            short_workspace(each.name), f"{each.seen:%Y-%m-%d %H:%M}", each.datasets, each.experiments, each.runs,
            each.going, each.links, f"{each.storage / _MEGABYTE:.1f}",
        )
        for each in workspaces
    ]  # fmt: skip
    print_table(columns, rows)
    most = settings.max_total_storage_mb
    said = {
        "stored": f"{whole['storage'] / _MEGABYTE:,.1f} MB" + (f" of {most:,} MB" if most else ""),
        "free on the disk": _mb(whole["free"]),
        "waiting": whole["waiting"],
        "trained or prepared": whole["worked_on"],
        "engines": ", ".join(f"{each['host']} ({each['pid']})" for each in whole["engines"]) or "none",
    }
    print_table(("all together", ""), list(said.items()))


def _whole(store: Store, settings: Settings) -> dict[str, Any]:
    going, living = store.oversight.runs(), living_engines(store)
    waiting = sum(run.state is RunState.QUEUED for run in going)
    engines = [
        {
            "host": each.host.partition(" ")[0],
            "pid": each.pid,
            "silent_seconds": round(store.engines.silence(each), 1),
        }
        for each in store.engines.all()
        if each.id in living
    ]
    storage = sum(each.storage for each in store.oversight.workspaces())
    return {
        "storage": storage, "free": _free(settings), "waiting": waiting, "worked_on": len(going) - waiting,
        "engines": engines,
    }  # fmt: skip


def _free(settings: Settings) -> int | None:
    """Bytes free where the files lie; None where that is no folder of this machine."""
    try:
        return shutil.disk_usage(settings.artifacts).free
    except OSError:
        return None


def _mb(size: int | None) -> str:
    return "unknown" if size is None else f"{size / _MEGABYTE:,.0f} MB"
