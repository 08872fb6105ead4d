"""Data sets of a workspace: a row in the database, the examples in a file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from seqcore.errors import DataError, SeqlabError, StorageError
from seqcore.kinds import get_kind
from seqcore.kinds.text.pretrained.config import EncoderConfig
from seqcore.kinds.text.pretrained.pretrained_encoder import PretrainedEncoder
from seqcore.kinds.text.vectors.word_vectors import WordVectors
from seqcore.store import schema
from seqcore.store.allowance import Allowance
from seqcore.store.database import Database, clean_name, new_id, only
from seqcore.store.files import Files
from seqcore.store.links import forget_links_of
from seqcore.store.looks import Looks
from seqcore.store.records import Dataset, KeptEncoder

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData

_log = logging.getLogger(__name__)
_FILE = "data.parquet"
_VECTORS = "vectors"  # in `meta`: files of word vectors that lie beside it, by their content
_ENCODERS = "encoders"  # in `meta`: pretrained encoders that lie beside it, by their content
_COLUMNS = "columns"  # in `meta`: names of the other columns that the file has


class Datasets:
    """Data sets; every look-up names the workspace it looks in, but for those of workers and of link holders."""

    def __init__(
        self, database: Database, files: Files, allowance: Allowance, looks: Looks, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._files, self._allowance, self._clock = database, files, allowance, clock
        self._looks = looks

    def add(self, workspace: str, data: LabelledData, *, meta: dict[str, Any] | None = None) -> Dataset:
        """Keep labelled data; the same content under the same name is kept once, with the other columns given last.

        Raises:
            LimitError: there is no room for it.
        """
        name, content = clean_name(data.name) or "data", data.content_hash
        found = self._same(workspace, name, content)
        if found is not None:
            if not self._files.has(files_of(found.id), _FILE):
                self._files.write(files_of(found.id), _FILE, data.to_parquet())
            return self._with_columns(found, data)
        dataset_id, parquet = new_id(), data.to_parquet()
        with self._database.reading() as connection:
            self._allowance.check(connection, workspace, storage=len(parquet))
        row = {
            "id": dataset_id,
            "workspace": workspace,
            "name": name,
            "content_hash": content,
            "rows": len(data),
            "kind": data.kind,
            "classes": list(data.classes),
            "created": self._clock(),
            "meta": (meta or {}) | _columns_of(data),
            "bytes": len(parquet),
            "looked_at": self._clock(),
        }
        self._files.write(files_of(dataset_id), _FILE, parquet)
        try:
            with self._database.writing() as connection:
                connection.execute(schema.datasets.insert().values(row))
        except IntegrityError:  # somebody kept the same at the same moment
            self._files.remove(files_of(dataset_id))
            found = self._same(workspace, name, content)
            if found is None:
                raise
            return found
        return _as_dataset(row)

    def get(self, workspace: str, dataset_id: str) -> Dataset:
        """A data set of this workspace, which is looked at by that.

        Raises:
            NotFoundError: there is none of that id.
        """
        found = self._found(schema.datasets.c.workspace == workspace, schema.datasets.c.id == dataset_id)
        self._looks.note(*found)
        return only(found, "data set", dataset_id)

    def all(self, workspace: str) -> list[Dataset]:
        """All data sets of a workspace, newest first."""
        return self._found(schema.datasets.c.workspace == workspace)

    def find(self, dataset_id: str) -> Dataset:
        """A data set of any workspace, for workers and for who may see it (`seqcore.lab.share`).

        Raises:
            NotFoundError: there is none of that id.
        """
        return only(self._found(schema.datasets.c.id == dataset_id), "data set", dataset_id)

    def of_run(self, run_id: str) -> Dataset:
        """The data set that a run learns from, for workers.

        Raises:
            NotFoundError: there is no run of that id.
        """
        chosen = (
            sa.select(schema.experiments.c.dataset_id)
            .join(schema.runs, schema.runs.c.experiment_id == schema.experiments.c.id)
            .where(schema.runs.c.id == run_id)
        )
        return only(self._found(schema.datasets.c.id.in_(chosen)), "run", run_id)

    def load(self, dataset: Dataset) -> LabelledData:
        """The examples and labels of a data set.

        Raises:
            NotFoundError: its file is gone.
            DataError: its file is damaged.
        """
        data = self._files.read(files_of(dataset.id), _FILE)
        try:
            loaded = get_kind(dataset.kind).load(data, dataset.name)
        except Exception as error:
            _log.exception("data set %s cannot be read", dataset.id)
            raise _damaged(dataset) from error
        if loaded.content_hash != dataset.content_hash:
            raise _damaged(dataset)
        return loaded

    def keep_vectors(self, dataset: Dataset, vectors: WordVectors) -> None:
        """Keep word vectors beside the data set whose words they are of; the same ones are kept once.

        Raises:
            LimitError: there is no room for them.
        """
        self._keep(dataset, _vectors_file(vectors.content_hash), vectors.to_bytes)
        self._note(dataset, _VECTORS, vectors.content_hash, {"name": vectors.name})

    def vectors(self, dataset_id: str, content: str) -> WordVectors:
        """Word vectors that were kept beside a data set, by the hash of their content.

        Raises:
            NotFoundError: they are not there.
            DataError: their file is damaged.
        """
        return WordVectors.from_bytes(self._files.read(files_of(dataset_id), _vectors_file(content)))

    def has_vectors(self, dataset_id: str, content: str) -> bool:
        """Whether these word vectors are kept beside a data set."""
        return self._files.has(files_of(dataset_id), _vectors_file(content))

    def with_vectors(self, data_hash: str, content: str) -> Dataset | None:
        """A data set of any workspace with the same examples that has these word vectors; None: there is none.

        Who knows what both of them hold has seen them: in a link, or in a workspace of their own.
        """
        same = self._found(schema.datasets.c.content_hash == data_hash)
        return next((each for each in same if self.has_vectors(each.id, content)), None)

    def keep_pretrained(self, dataset: Dataset, encoder: PretrainedEncoder) -> KeptEncoder:
        """Keep a pretrained encoder beside the data set that models learn from; the same one is kept once.

        Raises:
            LimitError: there is no room for it.
        """
        kept = KeptEncoder(encoder.content_hash, encoder.name, encoder.config, encoder.parameters)
        about = {"name": kept.name, "config": kept.config.stored(), "parameters": kept.parameters}
        self._keep(dataset, _pretrained_file(kept.content), encoder.to_bytes)
        self._note(dataset, _ENCODERS, kept.content, about)
        return kept

    def names_given(self, dataset: Dataset) -> dict[str, str]:
        """What the word vectors and encoders that are kept beside a data set were called, by their content.

        Vectors that an earlier version kept have none here.
        """
        given = {**dataset.meta.get(_VECTORS, {}), **dataset.meta.get(_ENCODERS, {})}
        return {content: str(about["name"]) for content, about in given.items()}

    def encoders(self, workspace: str) -> list[KeptEncoder]:
        """The pretrained encoders that are kept beside the data sets of a workspace, each once."""
        found: dict[str, KeptEncoder] = {}
        for dataset in self.all(workspace):
            for content, about in dataset.meta.get(_ENCODERS, {}).items():
                kept = KeptEncoder(content, about["name"], EncoderConfig(**about["config"]), about["parameters"])
                found.setdefault(content, kept)
        return list(found.values())

    def pretrained(self, dataset_id: str, content: str) -> PretrainedEncoder:
        """A pretrained encoder that was kept beside a data set, by the hash of its content.

        Raises:
            NotFoundError: it is not there.
            DataError: its file is damaged.
        """
        return PretrainedEncoder.from_bytes(self._files.read(files_of(dataset_id), _pretrained_file(content)))

    def has_pretrained(self, dataset_id: str, content: str) -> bool:
        """Whether this pretrained encoder is kept beside a data set."""
        return self._files.has(files_of(dataset_id), _pretrained_file(content))

    def with_pretrained(self, dataset: Dataset, content: str) -> Dataset | None:
        """A data set that has this pretrained encoder: of the same workspace, or with the same examples; or None.

        Who knows what both of them hold has seen them: in a link, or in a workspace of their own.
        """
        columns = schema.datasets.c
        same = self._found((columns.content_hash == dataset.content_hash) | (columns.workspace == dataset.workspace))
        return next((each for each in same if self.has_pretrained(each.id, content)), None)

    def _note(self, dataset: Dataset, group: str, content: str, about: dict[str, Any]) -> None:
        """Write down what is known of something that lies beside a data set."""
        here = schema.datasets.c.id == dataset.id
        (found,) = self._found(here)
        if found.meta.get(group, {}).get(content) == about:
            return
        meta = found.meta | {group: {**found.meta.get(group, {}), content: about}}
        with self._database.writing() as connection:
            connection.execute(schema.datasets.update().where(here).values(meta=meta))

    def _keep(self, dataset: Dataset, name: str, content: Callable[[], bytes]) -> None:
        """Keep a file beside a data set, unless it is there.

        Raises:
            LimitError: there is no room for it.
        """
        if self._files.has(files_of(dataset.id), name):
            return
        data = content()
        with self._database.reading() as connection:
            self._allowance.check(connection, dataset.workspace, storage=len(data))
        self._files.write(files_of(dataset.id), name, data)
        more = schema.datasets.update().where(schema.datasets.c.id == dataset.id)
        with self._database.writing() as connection:
            connection.execute(more.values(bytes=schema.datasets.c.bytes + len(data)))

    def delete(self, workspace: str, dataset_id: str) -> None:
        """Remove a data set that no experiment and no sweep uses.

        Raises:
            NotFoundError: there is none of that id.
            SeqlabError: an experiment or a sweep uses it.
        """
        dataset = self.get(workspace, dataset_id)
        with self._database.writing() as connection:
            searched = sa.select(schema.sweeps.c.id).where(schema.sweeps.c.dataset_id == dataset.id).limit(1)
            if connection.execute(searched).scalar() is not None:
                raise SeqlabError("A sweep uses this data set", remedy="Stop the sweep and delete it first")
            used = schema.experiments.c.dataset_id == dataset.id
            count = connection.execute(sa.select(sa.func.count()).where(used)).scalar_one()
            if count:
                raise SeqlabError(
                    "This data set is used", received=f"{count} experiments", remedy="Delete these experiments first"
                )
            forget_links_of(connection, [dataset.id])
            connection.execute(schema.datasets.delete().where(schema.datasets.c.id == dataset.id))
        self._remove_files(dataset.id)

    def _with_columns(self, found: Dataset, data: LabelledData) -> Dataset:
        """What was kept before, with the other columns of the file where they were not kept yet."""
        added = _columns_of(data)
        if not added or found.meta.get(_COLUMNS) == added[_COLUMNS]:
            return found
        parquet, meta = data.to_parquet(), found.meta | added
        self._files.write(files_of(found.id), _FILE, parquet)
        size = self._files.size(files_of(found.id))  # with word vectors that lie beside it
        changed = schema.datasets.update().where(schema.datasets.c.id == found.id)
        with self._database.writing() as connection:
            connection.execute(changed.values(meta=meta, bytes=size))
        return replace(found, meta=meta, bytes=size)

    def _same(self, workspace: str, name: str, content: str) -> Dataset | None:
        columns = schema.datasets.c
        found = self._found(columns.workspace == workspace, columns.content_hash == content, columns.name == name)
        return found[0] if found else None

    def _found(self, *conditions: sa.ColumnElement[bool]) -> list[Dataset]:
        query = sa.select(schema.datasets).where(*conditions).order_by(schema.datasets.c.created.desc())
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [_as_dataset(dict(row)) for row in rows]

    def _remove_files(self, dataset_id: str) -> None:
        """Remove the file of a row that is gone; what cannot be removed now is only wasted space."""
        try:
            self._files.remove(files_of(dataset_id))
        except StorageError:
            _log.warning("the file of data set %s could not be removed", dataset_id, exc_info=True)


def _as_dataset(row: dict[str, Any]) -> Dataset:
    return Dataset(**{**row, "classes": tuple(row["classes"])})


def _columns_of(data: LabelledData) -> dict[str, Any]:
    names = list(data.other_columns)
    return {_COLUMNS: names} if names else {}


def files_of(dataset_id: str) -> str:
    """Whom the files of a data set belong to."""
    return f"datasets/{dataset_id}"


def _vectors_file(content: str) -> str:
    return f"vectors-{content}.npz"


def _pretrained_file(content: str) -> str:
    return f"encoder-{content}.safetensors"


def _damaged(dataset: Dataset) -> DataError:
    return DataError("The stored data set is damaged", received=dataset.name, remedy="Upload the file again")
