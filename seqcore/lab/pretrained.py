"""A pretrained encoder from a folder, a zip or a name on the hub, to begin models with."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError, SeqlabError
from seqcore.kinds.text.pretrained import PretrainedEncoder, read_folder, read_zip
from seqcore.lab.hub_encoder import fetch_encoder, look_up_encoder
from seqcore.settings import Settings
from seqcore.workroom import Job, Stopped

SECONDS = 300.0  # of a processor
_MEMORY = 768 * MEGABYTE  # of Python with its libraries
_COPIES = 4  # of the weights while they are read and written again


def find_encoder(given: str, settings: Settings, tell: Callable[[str], None] = lambda stage: None) -> PretrainedEncoder:
    """The encoder of a folder or zip that is there, else of that name on the hub.

    Args:
        given: A path, or a name such as sentence-transformers/all-MiniLM-L6-v2.
        settings: Which hub, and the largest file.
        tell: Told what is fetched, in words.

    Raises:
        DataError: it cannot be read, is too large, or the hub cannot be reached.
        NotFoundError: the hub has none of that name.
    """
    path, most = Path(given), settings.max_file_mb * MEGABYTE
    if path.is_dir():
        return read_folder(path, path.resolve().name, most)
    if path.is_file():
        try:
            with path.open("rb") as file:
                return read_zip(file, path.stem, most)
        except OSError as error:
            raise DataError("The encoder's file cannot be opened", received=f"{path}: {error.strerror}") from None
    if path.is_absolute() or given.startswith((".", "~")) or path.suffix == ".zip":
        raise DataError(
            "There is no such folder or zip", received=given[-80:],
            remedy="Give a folder or a zip of an encoder's files, or its name on the hub",
        )  # fmt: skip
    listing = look_up_encoder(given, settings)
    tell(f"{listing.repo}: {listing.size / MEGABYTE:,.1f} MB, licence: {listing.licence or 'none is stated'}")
    return fetch_encoder(listing, settings)


def read_job(file: bytes, name: str, settings: Settings) -> Job[PretrainedEncoder]:
    """An uploaded zip, read by a child."""
    options = {"name": name, "most": settings.max_file_mb * MEGABYTE}
    return Job(
        work=f"{__name__}:read_in_child", options=options, parts=lambda: [file], answer=PretrainedEncoder.from_bytes,
        memory=_MEMORY + _COPIES * max(2 * len(file), settings.max_file_mb * MEGABYTE), seconds=SECONDS, stopped=_said,
        long=True,
    )  # fmt: skip


def read_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does of `read_job`."""
    return read_zip(io.BytesIO(parts[0]), options["name"], options["most"]).to_bytes()


def _said(why: Stopped, _stage: str) -> SeqlabError:
    if why is Stopped.TIME:
        received = f"not finished after {SECONDS:.0f} seconds"
        return DataError("The encoder takes too long to read", received=received, remedy="Give a smaller one")
    return DataError("The encoder takes more memory to read than there is for one", remedy="Give a smaller one")
