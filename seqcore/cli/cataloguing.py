"""`catalogue`: public data sets, listed and fetched."""

from __future__ import annotations

import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from seqcore.cli.output import print_json, print_progress, print_table, written_file
from seqcore.datasets.catalogue import KNOWN, HubSet, KnownSet, Newsgroups, fetch, get_known
from seqcore.datasets.catalogue.newsgroups import check_removed
from seqcore.errors import OptionError
from seqcore.settings import get_settings


def list_sets(*, as_json: bool) -> None:
    """Every well-known set: how large it is, and on what terms it is given."""
    if as_json:
        print_json({"sets": [_described(each) for each in KNOWN]})
        return
    rows = [
        (each.name, f"{each.rows:,}", each.classes, f"{each.megabytes:g}", each.licence, each.citation)
        for each in KNOWN
    ]
    print_table(("name", "texts", "classes", "MB", "licence", "cite"), rows)


def fetch_set(name: str, to: Path | None, *, remove: str, config: str, as_json: bool) -> None:
    """Fetch a set, or take it from what was fetched before, and write it as one Parquet file.

    Raises:
        DataError: it cannot be reached, is too large, or another one than was promised.
        NotFoundError: there is none of that name.
        OptionError: options that do not go together.
    """
    known = None if "/" in name else get_known(name)
    source: HubSet | Newsgroups = HubSet(name, config) if known is None else known.source
    removed = tuple(part.strip() for part in remove.split(",") if part.strip())
    check_removed(removed)
    if isinstance(source, Newsgroups):
        source = replace(source, remove=removed)
    elif removed:
        raise OptionError("Only posts have headers, footers and quotes", remedy="Leave out --remove")
    if known is not None and config:
        raise OptionError("A set of the catalogue has one configuration", remedy="Leave out --config")
    kept = fetch(source, get_settings(), print_progress)
    file = to or Path(f"{name.rpartition('/')[2]}.parquet")
    with kept.file.open("rb") as source_file, written_file(file) as target:
        shutil.copyfileobj(source_file, target)
    said: dict[str, Any] = {"file": str(file), "rows": kept.rows, "bytes": kept.size, "sha256": kept.sha256}
    said |= {"licence": known.licence if known else kept.licence, "cite": known.citation if known else ""}
    if as_json:
        print_json(said | {"columns": _columns(known)})
        return
    print_table(("what", ""), [(what, value) for what, value in said.items() if value != ""])
    print_progress(f"Now: python -m seqcore train {file}{_options(known)}")


def _described(known: KnownSet) -> dict[str, Any]:
    return {key: value for key, value in asdict(known).items() if key not in ("source", "columns")} | {
        "columns": _columns(known)
    }


def _columns(known: KnownSet | None) -> dict[str, str | None]:
    if known is None:
        return {}
    return {"text": known.columns.texts[0], "label": known.columns.label, "split": known.columns.split}


def _options(known: KnownSet | None) -> str:
    """The columns, for a command that reads the file."""
    return "" if known is None else f" --text {known.columns.texts[0]} --label {known.columns.label}"
