"""Pretrained encoders of the Hugging Face hub: three of their files, none of which is run."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from seqcore.datasets.catalogue.fetching import LIBRARY, NETWORK, settings_for_child, settings_in_child
from seqcore.datasets.catalogue.hub import (
    MOST_FILES,
    SECONDS,
    HubFile,
    is_name,
    licence_in,
    problems_of,
    refuse_another_file,
)
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError, SeqlabError
from seqcore.kinds.text.pretrained import PretrainedEncoder, read_folder
from seqcore.kinds.text.pretrained.reading import FILES, refuse_missing
from seqcore.settings import Settings
from seqcore.workroom import Job, Stopped

_LOOK_SECONDS, _FETCH_SECONDS = 30.0, 450.0  # of a processor; by the clock four times that
_MEMORY = 1_500 * MEGABYTE
_WHAT = "encoder"


@dataclass(frozen=True)
class EncoderListing:
    """What the hub has of an encoder.

    Attributes:
        repo: Owner and name, as the hub writes them.
        commit: The revision that was looked at.
        licence: As its owner says; "" for nothing.
        files: Those that are read.
    """

    repo: str
    commit: str
    licence: str
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(file.size for file in self.files)


def look_up_encoder(repo: str, settings: Settings) -> EncoderListing:
    """What the hub has of an encoder, its size before anything is fetched.

    Raises:
        DataError: that is no name, the hub cannot be reached, a file is missing, or they are too large.
        NotFoundError: the hub has none of that name for everybody.
    """
    if not is_name(repo):
        raise DataError(
            "That is no name of an encoder on the hub", received=repr(repo[:60]),
            remedy="Write it as the hub shows it: owner/name, for example sentence-transformers/all-MiniLM-L6-v2",
        )  # fmt: skip
    os.environ.update(LIBRARY)
    from huggingface_hub import HfApi

    with problems_of(repo, _WHAT):
        found = HfApi(endpoint=settings.hub, token=False).model_info(repo, files_metadata=True, timeout=SECONDS)
    there = [HubFile.of(file) for file in (found.siblings or [])[:MOST_FILES]]
    refuse_missing({file.path: file.size for file in there if "/" not in file.path})
    files = tuple(file for file in there if file.path in FILES)
    listing = EncoderListing(found.id or repo, found.sha or "", licence_in(found.card_data), files)
    if listing.size > settings.max_file_mb * MEGABYTE:
        raise DataError(
            f"{listing.repo} is larger than a file may be here", received=f"{listing.size / MEGABYTE:,.0f} MB",
            remedy=f"The largest is {settings.max_file_mb} MB (SEQLAB_MAX_FILE_MB). Choose a smaller encoder",
        )  # fmt: skip
    return listing


def fetch_encoder(listing: EncoderListing, settings: Settings) -> PretrainedEncoder:
    """Fetch the files of an encoder, compare them with what the hub says of them, and read them.

    Raises:
        DataError: one cannot be fetched, arrived as another file than was promised, or cannot be read.
    """
    os.environ.update(LIBRARY)
    from huggingface_hub import hf_hub_download

    with tempfile.TemporaryDirectory() as folder:
        for file in listing.files:
            with problems_of(listing.repo, _WHAT):
                fetched = hf_hub_download(
                    listing.repo, file.path, revision=listing.commit or None, local_dir=folder,
                    endpoint=settings.hub, token=False, etag_timeout=SECONDS,
                )  # fmt: skip
            refuse_another_file(Path(fetched), file.size, file.sha256)
        return read_folder(Path(folder), listing.repo, settings.max_file_mb * MEGABYTE)


def look_encoder_job(repo: str, settings: Settings) -> Job[EncoderListing]:
    """`look_up_encoder`, as work for a child."""
    return _job("look_in_child", {"repo": repo}, settings, _listing, _LOOK_SECONDS)


def fetch_encoder_job(listing: EncoderListing, settings: Settings) -> Job[PretrainedEncoder]:
    """`fetch_encoder`, as work for a child."""
    return _job(
        "fetch_in_child", {"listing": asdict(listing)}, settings, PretrainedEncoder.from_bytes, _FETCH_SECONDS
    )  # fmt: skip


def look_in_child(options: Mapping[str, Any], _parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does for `look_encoder_job`."""
    return json.dumps(asdict(look_up_encoder(options["repo"], settings_in_child(options)))).encode()


def fetch_in_child(options: Mapping[str, Any], _parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does for `fetch_encoder_job`."""
    said = json.dumps(options["listing"]).encode()
    return fetch_encoder(_listing(said), settings_in_child(options)).to_bytes()


def _listing(answer: bytes) -> EncoderListing:
    said = json.loads(answer)
    return EncoderListing(**said | {"files": tuple(HubFile(**file) for file in said["files"])})


def _job(
    do: str, options: dict[str, Any], settings: Settings, answer: Callable[[bytes], Any], seconds: float
) -> Job[Any]:
    network = {name: value for name, value in os.environ.items() if name.lower() in NETWORK}
    asked = options | {"settings": settings_for_child(settings), "network": network}
    return Job(
        work=f"{__name__}:{do}", options=asked, parts=list, answer=answer,
        memory=_MEMORY + 4 * settings.max_file_mb * MEGABYTE, seconds=seconds, stopped=_stopped, long=True,
    )  # fmt: skip


def _stopped(why: Stopped, _stage: str) -> SeqlabError:
    if why is Stopped.TIME:
        return DataError("Fetching the encoder takes too long", remedy="Fetch it elsewhere and upload it as a zip")
    return DataError("The encoder takes more memory to read than there is for one", remedy="Choose a smaller one")
