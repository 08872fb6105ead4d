"""Looking a set up and fetching it: in a process of its own for pages, at once for the command line."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from seqcore.datasets.catalogue.hub import HubFile, HubSet, Listing, download, list_hub_set, size_of
from seqcore.datasets.catalogue.kept_sets import KeptSet, KeptSets
from seqcore.datasets.catalogue.newsgroups import Newsgroups, check_removed, download_archive, read_archive
from seqcore.datasets.catalogue.one_parquet import join_parquet, write_rows
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError, SeqlabError
from seqcore.settings import Settings
from seqcore.workroom import Job, Stopped

Tell = Callable[[str], None]
_MEMORY = 2_000 * MEGABYTE
_SECONDS = 450.0  # of a processor; by the clock four times that, which a slow line may need
_LOOK_SECONDS = 30.0
_TELL_EVERY = 0.5  # seconds
NETWORK = frozenset(
    {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir", "requests_ca_bundle"}
)  # of the environment: how this machine reaches others
# Read by the hub's library when it is imported: nothing is reported, and files come by plain HTTPS.
LIBRARY = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}


def look_up(repo: str, settings: Settings) -> Listing:
    """What the hub has of a data set.

    Raises:
        DataError: no such name, or the hub cannot be reached.
        NotFoundError: the hub has none of that name.
    """
    os.environ.update(LIBRARY)
    return list_hub_set(repo, settings.hub)


def fetch(source: HubSet | Newsgroups, settings: Settings, tell: Tell = lambda stage: None) -> KeptSet:
    """A set: the one that is kept here, else fetched now, compared with its checksums, and kept.

    Args:
        source: Which one.
        settings: Where it is kept, and the largest that it may be.
        tell: Told how much of it is here, in words.

    Raises:
        DataError: it cannot be reached, is too large, or another one than was promised.
        StorageError: it cannot be kept.
    """
    kept = kept_sets(settings)
    found = kept.find(source.key)
    if found is not None:
        return found
    with kept.room_to_fetch() as room:
        if isinstance(source, Newsgroups):
            return _newsgroups(source, settings, kept, room, tell)
        return _hub_set(source, settings, kept, room, tell)


def kept_sets(settings: Settings) -> KeptSets:
    """Where this server keeps what it fetched."""
    return KeptSets(settings.home / "catalogue", settings.catalogue_mb)


def look_job(repo: str, settings: Settings) -> Job[Listing]:
    """`look_up`, as work for a child."""
    return _job("look_in_child", {"repo": repo}, settings, _listing, _LOOK_SECONDS)


def fetch_job(source: HubSet | Newsgroups, settings: Settings) -> Job[KeptSet]:
    """`fetch`, as work for a child, which tells how much of it is here."""
    options = {"kind": type(source).__name__, "source": asdict(source)}
    return _job("fetch_in_child", options, settings, _kept_set, _SECONDS)


def look_in_child(options: Mapping[str, Any], _parts: Sequence[bytes], _tell: Tell) -> bytes:
    """What the child does for `look_job`."""
    return json.dumps(asdict(look_up(options["repo"], settings_in_child(options)))).encode()


def fetch_in_child(options: Mapping[str, Any], _parts: Sequence[bytes], tell: Tell) -> bytes:
    """What the child does for `fetch_job`."""
    given = dict(options["source"])
    if options["kind"] == "HubSet":
        source: HubSet | Newsgroups = HubSet(
            given["repo"], given["config"], tuple((split, part) for split, part in given["parts"])
        )
    else:
        source = Newsgroups(**given | {"remove": tuple(given["remove"])})
    found = fetch(source, settings_in_child(options), tell)
    return json.dumps(asdict(found) | {"file": str(found.file)}).encode()


def _hub_set(source: HubSet, settings: Settings, kept: KeptSets, room: Path, tell: Tell) -> KeptSet:
    tell("looking it up")
    listing = look_up(source.repo, settings)
    parts = listing.files_of(source)
    size, most = size_of(parts), settings.max_file_mb * MEGABYTE
    if size > most:
        raise DataError(
            f"{listing.repo} is larger than a file may be here",
            received=f"{size / MEGABYTE:,.0f} MB packed",
            remedy=f"The largest is {settings.max_file_mb} MB (SEQLAB_MAX_FILE_MB). Choose one part of it",
        )
    with _telling_how_much(room, size, tell):
        fetched = {
            part: [download(listing, file, room / "hub", settings.hub) for file in files]
            for part, files in parts.items()
        }
    tell("putting its parts together")
    whole = room / "whole.parquet"
    rows = join_parquet(fetched, whole, settings.max_rows)
    return kept.keep(source.key, whole, rows, revision=listing.commit, licence=listing.licence)


def _newsgroups(source: Newsgroups, settings: Settings, kept: KeptSets, room: Path, tell: Tell) -> KeptSet:
    check_removed(source.remove)
    archive, whole = room / "archive.tar.gz", room / "whole.parquet"
    with _telling_how_much(room, source.size, tell):
        download_archive(source, archive, settings.max_file_mb * MEGABYTE)
    tell("reading the posts")
    rows = write_rows(read_archive(archive.read_bytes(), source.remove, settings), whole)
    return kept.keep(source.key, whole, rows, revision=source.sha256[:12])


@contextmanager
def _telling_how_much(folder: Path, size: int, tell: Tell) -> Iterator[None]:
    """Tell every now and then how many bytes lie in a folder, of how many."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_TELL_EVERY):
            here = sum(_size(file) for file in folder.rglob("*")) / MEGABYTE
            tell(f"{here:,.1f} of {size / MEGABYTE:,.1f} MB" if size else f"{here:,.1f} MB")

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:  # renamed meanwhile
        return 0


def _job(
    do: str, options: dict[str, Any], settings: Settings, answer: Callable[[bytes], Any], seconds: float
) -> Job[Any]:
    network = {name: value for name, value in os.environ.items() if name.lower() in NETWORK}
    return Job(
        work=f"seqcore.datasets.catalogue.fetching:{do}",
        options=options | {"settings": settings_for_child(settings), "network": network},
        parts=list,
        answer=answer,
        memory=_MEMORY,
        seconds=seconds,
        stopped=_stopped,
        long=True,
    )


def settings_for_child(settings: Settings) -> dict[str, Any]:
    """What a child is told of the settings, ready for JSON."""
    return settings.model_dump(mode="json", include={"home", "hub", "max_file_mb", "max_rows", "catalogue_mb"})


def settings_in_child(options: Mapping[str, Any]) -> Settings:
    """The settings that a child was told; how this machine reaches others is taken over as well."""
    os.environ.update(options["network"])
    return Settings.model_validate(options["settings"])


def _listing(answer: bytes) -> Listing:
    said = json.loads(answer)
    configs = {
        config: {split: tuple(HubFile(**file) for file in files) for split, files in splits.items()}
        for config, splits in said["configs"].items()
    }
    return Listing(said["repo"], said["commit"], said["licence"], configs)


def _kept_set(answer: bytes) -> KeptSet:
    said = json.loads(answer)
    return KeptSet(**said | {"file": Path(said["file"])})


def _stopped(why: Stopped, stage: str) -> SeqlabError:
    if why is Stopped.TIME:
        return DataError(
            "Fetching the data set takes too long",
            received=f"{stage or 'nothing'} after {4 * _SECONDS / 60:.0f} minutes",
            remedy="Fetch it elsewhere and upload it",
        )
    return DataError(
        "The data set takes more memory to put together than there is for one", remedy="Choose one part of it"
    )
