"""Files that are of a kind of their own by their names, read by a process that they may break."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from seqcore.datasets.formats.parse import bytes_of
from seqcore.datasets.formats.reading_bounds import SECONDS, memory_to_read
from seqcore.datasets.formats.tarred import opens_like_tar, tar_members
from seqcore.datasets.formats.unpacking import opening, pieces_of
from seqcore.datasets.formats.zipped import ZIP_MAGIC, member_names
from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.size_limits import refuse_large_file
from seqcore.datasets.table import safe_name
from seqcore.errors import DataError
from seqcore.kinds.base import Kind
from seqcore.kinds.registry import get_kind, kinds
from seqcore.settings import Settings
from seqcore.workroom import Job, Stopped
from seqcore.workroom.child import do_alone


class _SeenEnough(Exception):
    """Ends the reading of an archive, whose first files say what it holds."""


Files = Sequence[tuple[str, bytes]]  # path and content
Do = Callable[[Job[LabelledData]], LabelledData]
_ENTRY_MAGIC = b"PK\x01\x02"  # one per file of a ZIP archive, in the list at its end
_MOST_FILES = 30_000
_PIECES = 64  # of a compressed tar archive, a megabyte each
_LOOKED_AT = 200  # files of a tar archive, which has no list of them
_LIMITS = {"max_file_mb", "max_rows", "max_classes", "max_sound_seconds", "max_sound_minutes", "sound_rate"}


def kind_of_files(files: Files, limits: Settings) -> Kind | None:
    """The kind that these files are of by their names, those in an archive included; None: of none, or of a table.

    Raises:
        DataError: an archive is broken, or has too many files.
    """
    names = [name for path, data in files for name in _names_in(path, data, limits)]
    return next((kind for kind in kinds() if kind.recognises(names)), None)


def read_apart(kind: Kind, files: Files, limits: Settings, do: Do) -> LabelledData:
    """Labelled data from files of a kind, read by a child.

    Args:
        kind: From `kind_of_files`.
        files: The files; nothing about them is trusted.
        limits: The largest file, most rows and so on.
        do: Has work done by a child, and waits for it.

    Raises:
        DataError: they cannot be used.
    """
    refuse_large_file(sum(len(data) for _, data in files), limits)
    first = safe_name(files[0][0])
    options = {
        "kind": kind.name,
        "names": [path for path, _ in files],
        "name": first if len(files) == 1 else f"{first} and {len(files) - 1:,} more",
        "limits": limits.model_dump(mode="json", include=_LIMITS),
    }
    return do(_job(kind, options, [data for _, data in files], limits))


def read_folder(folder: Path, limits: Settings) -> LabelledData | None:
    """What a folder of files of one kind holds; None when it is of none.

    Raises:
        DataError: they cannot be used, or are too large.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in paths]
    kind = next((kind for kind in kinds() if kind.recognises(names)), None)
    if kind is None:
        return None
    kept = [(path, name) for path, name in zip(paths, names, strict=True) if kind.recognises([name])]
    refuse_large_file(sum(path.stat().st_size for path, _ in kept), limits)
    options = {
        "kind": kind.name,
        "names": [name for _, name in kept],
        "name": safe_name(folder.resolve().name),
        "limits": limits.model_dump(mode="json", include=_LIMITS),
    }
    return do_alone(_job(kind, options, [bytes_of(path, limits) for path, _ in kept], limits))


def read_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the data as Parquet."""
    limits = Settings.model_validate(options["limits"])
    files = list(zip(options["names"], parts, strict=True))
    return get_kind(options["kind"]).read_files(files, options["name"], limits).to_parquet()


def _job(kind: Kind, options: Mapping[str, Any], parts: Sequence[bytes], limits: Settings) -> Job[LabelledData]:
    return Job(
        work="seqcore.kinds.given_files:read_in_child",
        options=options,
        parts=lambda: parts,
        answer=lambda answer: kind.load(answer, ""),
        memory=memory_to_read(None, limits),
        seconds=SECONDS,
        stopped=partial(_said_when_stopped, kind),
    )


def _said_when_stopped(kind: Kind, why: Stopped, _stage: str) -> DataError:
    if why is Stopped.TIME:
        received = f"not finished after {SECONDS:.0f} seconds"
        return DataError(f"The {kind.examples} take too long to read", received=received, remedy="Give fewer of them")
    return DataError(
        f"The {kind.examples} cannot be read",
        received="a damaged file, or one that unpacks to far more than it shows",
        remedy="Give fewer of them, or save them anew",
    )


def _first_of(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The first megabytes of an archive: a server unpacks no more of it before a page."""
    yield from islice(pieces, _PIECES)
    raise _SeenEnough


def _names_in(path: str, data: bytes, limits: Settings) -> list[str]:
    """Names of the files in an archive, of a tar archive the first ones; else the file's own."""
    if data.startswith(ZIP_MAGIC):
        if data.count(_ENTRY_MAGIC) > _MOST_FILES:  # a process of its own reads the list, and refuses it
            return [path]
        return sorted(name for name in member_names(data) if not name.endswith("/"))
    pieces = pieces_of(data)
    if not opens_like_tar(opening(data)):
        return [path]
    found: list[str] = []

    def note(name: str) -> bool:
        found.append(name)
        if len(found) >= _LOOKED_AT:
            raise _SeenEnough
        return False

    with suppress(_SeenEnough):
        list(tar_members(_first_of(iter([data]) if pieces is None else pieces), note, limits))
    return found
