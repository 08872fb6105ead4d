"""What stays with somebody who should no longer, or never, have it."""

from __future__ import annotations

import asyncio
import socket
import stat
from contextlib import suppress

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.attack.asking import ask
from benchmarks.attack.target import Target, until
from benchmarks.attack.training import tick_models
from benchmarks.attack.tries import Outcome, attack
from benchmarks.streamlit_client import Tab, VisitError
from benchmarks.student import own_file

_OUTSIDE = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}  # as nginx says it
_SECRET = "zanzibarquartz"


@attack("crossing_report", seconds=120)
async def crossing_report(target: Target) -> Outcome:
    """A data report of the same texts as another's, whose file had rows that were left out."""
    kept = own_file(60, 5).decode().strip().splitlines()
    dropped = [f"{_SECRET} number {number}," for number in range(7)]
    theirs, ours = "\n".join([*kept, *dropped]).encode(), "\n".join(kept).encode()

    async def words_on_page(name: str, content: bytes) -> str:
        async with Tab(target.url) as tab:
            await tab.choose("data-source", "Upload")
            await tab.upload("data-file", name, content)
            words = tab.page.words()
            await tab.click("to-train")
            return words + tab.page.words()

    first, second = await words_on_page("theirs.csv", theirs), await words_on_page("ours.csv", ours)
    told = [phrase for phrase in ("7 rows", "without a label", "left out", _SECRET) if phrase in first]
    leaked = [phrase for phrase in told if phrase in second]
    return Outcome(bool(told) and not leaked, f"told to the owner: {told}; told to the other visitor: {leaked}")


@attack("after_deletion", seconds=300)
async def after_deletion(target: Target) -> Outcome:
    """The open page of a link holder, after the owner has deleted what it shows."""
    async with Tab(target.url) as owner:
        await owner.click("to-train")
        await tick_models(owner, ("rnn", "lstm"), wanted=True)
        await owner.enter("train-training-epochs", 1)
        await owner.click("train")
        experiment = owner.page.query_values()["experiment"]
        await owner.until(lambda: owner.page.find("to-compare"), "finished models", 200.0)
        async with Tab(target.url, f"compare?experiment={target.shown_to_others(experiment)}") as holder:
            buttons = list(holder.page.of_kind("download_button"))
            before = await downloadable(holder)
            await owner.go("runs")
            await owner.click(f"confirm-experiment-{experiment}")
            gone = not target.rows("SELECT id FROM experiments WHERE id = ?", experiment)
            after = [await _can_get(holder, button) for button in buttons]
            await holder.refresh()
            shown = bool(list(holder.page.of_kind("download_button")))
    figure = f"{before} of {len(buttons)} files before, {sum(after)} after the deletion"
    figure += ", none on the page drawn again" if not shown else ", files on the page drawn again"
    return Outcome(gone and before > 0 and not any(after) and not shown, figure)


async def downloadable(tab: Tab) -> int:
    """How many of the files on a page can be had."""
    return sum([await _can_get(tab, button) for button in tab.page.of_kind("download_button")])


async def _can_get(tab: Tab, button: object) -> bool:
    try:
        return bool(await tab.download(button))  # type: ignore[arg-type]
    except (VisitError, OSError):
        return False


@attack("metrics", alone=False, seconds=60)
async def metrics(target: Target) -> Outcome:
    """Streamlit's figures about the server, asked for by a visitor who comes through the proxy."""
    status, _, body = await asyncio.to_thread(ask, target.url, "/_stcore/metrics", headers=_OUTSIDE)
    here, _, _ = await asyncio.to_thread(ask, target.url, "/_stcore/metrics")
    return Outcome(status >= 400, f"status {status} with {len(body)} bytes; on the machine itself {here}")


@attack("dask_pages", alone=False, seconds=120)
async def dask_pages(target: Target) -> Outcome:
    """Pages of the engine's own, on any port that it listens at."""
    await until(lambda: target.supervisors(), 60.0)
    await asyncio.sleep(5.0)
    open_pages = await asyncio.to_thread(_pages_of_engine, target)
    return Outcome(not open_pages, f"{len(open_pages)} pages answer {open_pages[:3]}")


def _pages_of_engine(target: Target) -> list[str]:
    ports = set[int]()
    for process in target.processes()[1:]:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            ports |= {each.laddr.port for each in process.net_connections() if each.status == psutil.CONN_LISTEN}
    found = []
    for port in sorted(ports):
        for path in ("/status", "/info/main/workers.html", "/metrics", "/"):
            with suppress(OSError, socket.timeout):
                status, _, _ = ask(f"http://127.0.0.1:{port}", path, timeout=3.0)
                if status < 400:
                    found.append(f":{port}{path}")
    return found


@attack("modes", seconds=120)
async def modes(target: Target) -> Outcome:
    """Whether others on the machine may read the home folder, the database and what is stored."""
    async with Tab(target.url) as tab:
        await tab.click("train-now")
    loose = await asyncio.to_thread(_loose, target)
    return Outcome(not loose, "closed to others" if not loose else f"open to others: {', '.join(loose[:5])}")


def _of_what_is_not_there() -> list[BackMsg]:
    """Messages with an id that nobody ever gave."""
    fragment, file, rows = BackMsg(), BackMsg(), BackMsg()
    fragment.rerun_script.fragment_id = "nosuch"
    file.backend_operation_request.deferred_file.file_id = "nosuch"
    rows.backend_operation_request.dataframe_chunk.source_id = "nosuch"
    return [fragment, file, rows]


def _loose(target: Target) -> list[str]:
    home = target.ground.home
    found = []
    for path in (home, *home.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & 0o077:
            found.append(f"{path.relative_to(home.parent)} {mode:o}")
    if home.lstat().st_mode & 0o077:
        return found
    return [each for each in found if ".db" in each]  # in a closed folder the rest is closed, too


@attack("unknown_ids", alone=False, seconds=90)
async def unknown_ids(target: Target) -> Outcome:
    """Ids, pages, fragments and files that there are not: what the log says of them."""
    before = target.log_text().count("Traceback")
    for message in _of_what_is_not_there():
        with suppress(VisitError, TimeoutError):
            async with Tab(target.url) as tab, asyncio.timeout(30):
                await tab.send(message)
                await tab.refresh()
    for path in ("train?experiment=nosuch", "compare?experiment=..%2F..%2Fetc", "attention?experiment=%00&row=-1",
                 "?dataset=nosuch", "sweep?sweep=nosuch", "no-such-page"):  # fmt: skip
        with suppress(VisitError):
            async with Tab(target.url, path):
                pass
    for path, method in (
        ("/media/nosuch.csv", "GET"), ("/media/..%2f..%2fapp.py", "GET"), ("/_stcore/upload_file/nobody/file", "PUT"),
        ("/_stcore/upload_file/nobody/file", "DELETE"), ("/component/nosuch/index.html", "GET"), ("/%00", "GET"),
    ):  # fmt: skip
        with suppress(OSError):
            await asyncio.to_thread(ask, target.url, path, method)
    more = target.log_text().count("Traceback") - before
    return Outcome(more == 0, f"{more} tracebacks in the log")
