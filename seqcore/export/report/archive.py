"""The zip of a report, written one file at a time: what is in memory at once is one model, not all."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

import numpy as np

from seqcore.datasets import LabelledText, Split
from seqcore.export.report.contents import contents_of, data_file_of
from seqcore.export.report.described import experiment_json, folders_of, part_columns
from seqcore.export.report.environment import environment, requirements
from seqcore.export.report.gathered import Gathered, gather
from seqcore.export.report.latex import latex_table
from seqcore.export.report.page import report_html
from seqcore.export.report.readme import readme
from seqcore.export.report.retraining import cells_of, notebook_of, script_of
from seqcore.export.tables import write_exact_csv
from seqcore.store import Experiment, Run, Store

_OF_RUN = ("run.json", "evaluation.json", "model.keras", "first_vectors.npy")  # and what the kind of data adds
_AT_ONCE = 1000  # answers
_PARTS = ("train", "validation", "test", "unused")  # the last where models learn from a share of the training rows


def write_report(store: Store, experiment: Experiment, file: IO[bytes], *, made: datetime | None = None) -> None:
    """Write the zip; the same experiment on the same day gives the same bytes.

    Args:
        store: Where the experiment is.
        experiment: Which.
        file: Open for writing; need not be seekable.
        made: The day on which it is written; None: today.

    Raises:
        NotFoundError: nothing of it can be told yet.
        DataError: its data are damaged.
    """
    gathered, packages, day = gather(store, experiment), environment(), made or datetime.now(UTC)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        members = _Members(archive, day)
        contents = contents_of(gathered)
        members.write("report.html", report_html(gathered, made=day, environment=packages, contents=contents))
        members.write("readme.txt", readme(contents, python=packages["Python"]))
        members.write("table.tex", latex_table(gathered))
        name = data_file_of(gathered.data)
        data_hash = _write_data(members, name, gathered)
        described = experiment_json(gathered, environment=packages, data_file=name, data_hash=data_hash)
        members.write("experiment.json", described)
        members.write("requirements.txt", requirements(packages))
        template = gathered.kind.retraining()
        if template is not None:
            cells = cells_of(template, [run.architecture for run in gathered.runs])
            members.write("notebook.ipynb", notebook_of(cells))
            members.write("train.py", script_of(cells))
        for run, folder in zip(gathered.runs, folders_of(gathered.runs).values(), strict=True):
            _write_run(members, folder, store, gathered, run)


class _Members:
    """The files of a zip, all of one day: what does not depend on the minute is the same when it is made again."""

    def __init__(self, archive: zipfile.ZipFile, day: datetime) -> None:
        self._archive, self._date = archive, (day.year, day.month, day.day, 0, 0, 0)

    def write(self, name: str, content: bytes | str) -> None:
        """A whole file."""
        self._archive.writestr(self._info(name), content)

    def opened(self, name: str) -> IO[bytes]:
        """A file to write bit by bit."""
        return self._archive.open(self._info(name), "w", force_zip64=True)

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._date)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        return info


def _write_data(members: _Members, name: str, gathered: Gathered) -> str:
    """Write the data with the part that each row is in; the SHA-256 of the file."""
    data = gathered.data
    with members.opened(name) as member:
        hashed = _Hashed(member)
        if isinstance(data, LabelledText):
            columns = part_columns(gathered.splits)
            write_exact_csv(
                hashed,
                ("row", *columns.values(), "label", "text"),
                _rows(data, [_parts(split, len(data)) for split in gathered.splits.values()]),
            )
        else:
            hashed.write(data.to_parquet())
    return hashed.digest()


def _rows(data: LabelledText, parts: list[np.ndarray]) -> Iterator[tuple[object, ...]]:
    for row, (label, text) in enumerate(zip(data.labels, data.texts, strict=True)):
        yield (row + 1, *(_PARTS[part[row]] for part in parts), label, text)


def _parts(split: Split, rows: int) -> np.ndarray:
    """(rows,) the place of each row's part in `_PARTS`."""
    parts = np.full(rows, _PARTS.index("unused"), np.int8)
    for number, taken in enumerate((split.train, split.validation, split.test)):
        parts[taken] = number
    return parts


def _write_run(members: _Members, folder: str, store: Store, gathered: Gathered, run: Run) -> None:
    """What `export` gives of the run, its scores and its answers to the test."""
    for name in (*_OF_RUN, gathered.kind.encoder_file):
        if store.artifacts.has(run.id, name):
            members.write(f"{folder}/{name}", store.artifacts.read(run.id, name))
    for name, text in gathered.kind.bundle_files().items():
        members.write(f"{folder}/{name}", text)
    with members.opened(f"{folder}/predictions.csv") as member:
        classes = gathered.evaluations[run.id].classes
        headings = ("row", "text", "label", "predicted", "confidence", *(f"p({name})" for name in classes))
        write_exact_csv(member, headings, _answers(store.artifacts.read(run.id, "predictions.parquet"), len(classes)))


def _answers(stored: bytes, classes: int) -> Iterator[tuple[Any, ...]]:
    import pyarrow.parquet as pq

    columns = ["row", "text", "label", "predicted", "confidence", *(f"p{code}" for code in range(classes))]
    for batch in pq.ParquetFile(io.BytesIO(stored)).iter_batches(_AT_ONCE, columns=columns):
        for row, *cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield (row + 1, *cells)


class _Hashed(io.BufferedIOBase):
    """A file that is hashed while it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Write and hash."""
        self._hash.update(data)
        return self._file.write(data)

    def digest(self) -> str:
        """SHA-256 of what was written, in hexadecimal digits."""
        return self._hash.hexdigest()
