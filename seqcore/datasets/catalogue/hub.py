"""Data sets of the Hugging Face hub, by the Parquet files that the hub itself makes of every public one.

Nothing that a data set brings along is run: its own loading script is never fetched. Source:
https://huggingface.co/docs/dataset-viewer/parquet
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seqcore.datasets.column_names import SPLIT_NAMES
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

PARQUET = "refs/convert/parquet"  # the revision in which the hub keeps what it made
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?")
_PATH = re.compile(r"(?P<config>[^/]+)/(?P<split>[^/]+)/\d+\.parquet")
SECONDS = 10.0  # for an answer of the hub
MOST_FILES = 2_000  # of which a listing is looked at
_PIECE = 1 * MEGABYTE


@dataclass(frozen=True)
class HubSet:
    """A data set of the hub.

    Attributes:
        repo: Owner and name.
        config: One of its configurations; "" where it has one only.
        parts: Which of its splits are which of ours; empty: as their names say.
    """

    repo: str
    config: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What it is kept under: no path, whatever the names."""
        readable = re.sub(r"\W+", "-", f"{self.repo} {self.config}").strip("-")[:80]
        return f"{readable}-{hashlib.sha256(repr(self).encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class HubFile:
    """One file: where it lies in the revision, its bytes, and their sha256 as the hub says it."""

    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, sibling: Any) -> HubFile:
        """One of what the hub lists beside each other."""
        digest = sibling.lfs.sha256 if sibling.lfs is not None else ""
        return cls(sibling.rfilename, int(sibling.size or 0), digest)


@dataclass(frozen=True)
class Listing:
    """What the hub has of a data set.

    Attributes:
        repo: Owner and name, as the hub writes them.
        commit: The revision that was looked at.
        licence: As its owner says; "" for nothing.
        configs: By configuration and split, its files.
    """

    repo: str
    commit: str
    licence: str
    configs: Mapping[str, Mapping[str, tuple[HubFile, ...]]]

    def files_of(self, wanted: HubSet) -> dict[str, tuple[HubFile, ...]]:
        """The files that are wanted, by our part: train, validation or test.

        Raises:
            DataError: there is no such configuration or split, or one has to be chosen.
        """
        names = list(self.configs)
        config = wanted.config or (names[0] if len(names) == 1 else "")
        if config not in self.configs:
            raise DataError(
                f"{self.repo} has " + ("no configuration of that name" if config else "several configurations"),
                received=config[:60],
                remedy=f"Choose from: {', '.join(names[:20])}",
            )
        splits = self.configs[config]
        parts = wanted.parts or as_parts(self.usual_parts(config))
        missing = [split for split, _ in parts if split not in splits]
        if missing:
            raise DataError(
                f"{self.repo} has no part “{missing[0][:60]}”",
                remedy=f"It has: {', '.join(list(splits)[:20])}. It may have been changed; upload a file instead",
            )
        found: dict[str, tuple[HubFile, ...]] = {}
        for split, part in parts:
            found[part] = (*found.get(part, ()), *splits[split])
        return found

    def usual_parts(self, config: str) -> list[str]:
        """The splits of a configuration that are train, validation or test; all of them where none is train."""
        splits = list(self.configs[config])
        known = [split for split in splits if split.casefold() in SPLIT_NAMES]
        return known if "train" in map(part_of, known) else splits


def part_of(split: str) -> str:
    """What the hub's split is here: train, validation or test, or its own name where it is none of them."""
    return SPLIT_NAMES.get(split.casefold(), split)


def as_parts(splits: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The hub's splits, each with what it is here: the `parts` of a `HubSet`."""
    return tuple((split, part_of(split)) for split in splits)


def size_of(files: Mapping[str, Sequence[HubFile]]) -> int:
    """Bytes of all of them."""
    return sum(file.size for some in files.values() for file in some)


def licence_in(card: Any) -> str:
    """The licence that an owner states on a card, of several all of them; "" where none is stated."""
    licence = getattr(card, "license", None) or ""
    return (", ".join(map(str, licence)) if isinstance(licence, list) else str(licence))[:100]


def is_name(repo: str) -> bool:
    """Whether something can be a name on the hub."""
    return bool(_NAME.fullmatch(repo)) and ".." not in repo and "--" not in repo


def list_hub_set(repo: str, endpoint: str) -> Listing:
    """What the hub has of a data set.

    Args:
        repo: Owner and name.
        endpoint: Address of the hub, or of a mirror.

    Raises:
        DataError: that is no name, the hub cannot be reached, or it has made no Parquet files of it.
        NotFoundError: the hub has no such data set for everybody.
    """
    if not is_name(repo):
        raise DataError(
            "That is no name of a data set",
            received=repr(repo[:60]),
            remedy="Write it as the hub shows it: owner/name, for example stanfordnlp/imdb",
        )
    from huggingface_hub import HfApi

    with problems_of(repo):
        api = HfApi(endpoint=endpoint, token=False)
        found = api.dataset_info(repo, revision=PARQUET, files_metadata=True, timeout=SECONDS)
        about = api.dataset_info(repo, timeout=SECONDS)
    configs: dict[str, dict[str, list[HubFile]]] = {}
    for file in (found.siblings or [])[:MOST_FILES]:
        place = _PATH.fullmatch(file.rfilename)
        if place is not None and not place["split"].startswith("partial-"):
            configs.setdefault(place["config"], {}).setdefault(place["split"], []).append(HubFile.of(file))
    if not configs:
        raise DataError(
            f"The hub has no complete Parquet files of {repo}",
            remedy="It may be too large for that, or hold no table. Upload a file of it instead",
        )
    sorted_files = {
        config: {split: tuple(sorted(files, key=lambda file: file.path)) for split, files in splits.items()}
        for config, splits in configs.items()
    }
    return Listing(found.id or repo, found.sha or "", licence_in(about.card_data), sorted_files)


def download(listing: Listing, file: HubFile, folder: Path, endpoint: str) -> Path:
    """Fetch one file and compare it with what the hub says of it.

    Raises:
        DataError: it cannot be fetched, or arrived as another file than was promised.
    """
    from huggingface_hub import hf_hub_download

    with problems_of(listing.repo):
        path = Path(
            hf_hub_download(
                listing.repo, file.path, repo_type="dataset", revision=listing.commit or PARQUET, local_dir=folder,
                endpoint=endpoint, token=False, etag_timeout=SECONDS,
            )
        )  # fmt: skip
    if not path.resolve().is_relative_to(folder.resolve()):
        raise DataError("The hub gave a file a place outside its folder", received=file.path[:60])
    refuse_another_file(path, file.size, file.sha256)
    return path


def refuse_another_file(path: Path, size: int, sha256: str) -> None:
    """Refuse a file that is not what was promised.

    Args:
        path: The file.
        size: Its bytes; 0: not promised.
        sha256: Of its content; "": not promised.

    Raises:
        DataError: it is another one.
    """
    refuse_other_content(path.stat().st_size, sha256_of(path), size, sha256)


def refuse_other_content(found_size: int, found_sha256: str, size: int, sha256: str) -> None:
    """The same, of content whose size and checksum are known.

    Raises:
        DataError: it is another one.
    """
    if (size and found_size != size) or (sha256 and found_sha256 != sha256):
        raise DataError(
            "What was fetched is not what was promised: its checksum is another",
            received=f"{found_size:,} bytes with sha256 {found_sha256[:12]}…, promised {size:,} and {sha256[:12]}…",
            remedy="Try again; if it stays so, the file was changed, or something on the way changes it",
        )


def sha256_of(path: Path) -> str:
    """The checksum of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def problems_of(repo: str, what: str = "data set") -> Iterator[None]:
    """What the hub's library raises, said as a sentence."""
    import httpx2
    from huggingface_hub import errors

    try:
        yield
    except errors.RepositoryNotFoundError:
        raise NotFoundError(
            f"The hub has no {what} of that name that everybody may read",
            received=repo[:100],
            remedy="Check the name on the hub. What needs an account is not fetched: upload its file instead",
        ) from None
    except (errors.RevisionNotFoundError, errors.EntryNotFoundError):
        raise DataError(
            f"The hub has no Parquet files of {repo}",
            remedy="It makes them of every public data set that is a table. Upload a file of it instead",
        ) from None
    except (errors.HfHubHTTPError, errors.OfflineModeIsEnabled, httpx2.HTTPError, OSError) as error:
        raise unreachable("The Hugging Face hub", error) from None


def unreachable(who: str, error: BaseException) -> DataError:
    """The error for a place that does not answer, or answers that it cannot."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    return DataError(
        f"{who} cannot be reached from here" if status is None else f"{who} did not give it",
        received=f"status {status}" if status is not None else type(error).__name__,
        remedy="Fetch the file elsewhere and upload it, or try again later",
    )
