"""Data sets and experiments of a workspace."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from seqcore.errors import DataError, SeqlabError
from seqcore.spec import RunSpec
from seqcore.store import schema
from seqcore.store.allowance import Allowance
from seqcore.store.database import clean_name, new_id, only
from seqcore.store.records import Dataset, Experiment, RunState

if TYPE_CHECKING:
    from seqcore.datasets.labelled_text import LabelledText

_log = logging.getLogger(__name__)
_TEXT_FILE = "data.parquet"


class Catalogue(Allowance):
    """Data sets and experiments; every look-up names the workspace it looks in."""

    def add_dataset(self, workspace: str, data: LabelledText, *, meta: dict[str, Any] | None = None) -> Dataset:
        """Keep labelled text; the same content under the same name is kept once.

        Raises:
            LimitError: there is no room for it.
        """
        name, content = clean_name(data.name) or "data", data.content_hash
        found = self._same_dataset(workspace, name, content)
        if found is not None:
            if not self.artifacts.has(_files_of(found.id), _TEXT_FILE):
                self.artifacts.write(_files_of(found.id), _TEXT_FILE, data.to_parquet())
            return found
        dataset_id, parquet = new_id(), data.to_parquet()
        with self.database.reading() as connection:
            self._allow(connection, workspace, storage=len(parquet))
        row = {
            "id": dataset_id,
            "workspace": workspace,
            "name": name,
            "content_hash": content,
            "rows": len(data.texts),
            "classes": list(data.classes),
            "created": self._clock(),
            "meta": meta or {},
            "bytes": len(parquet),
        }
        self.artifacts.write(_files_of(dataset_id), _TEXT_FILE, parquet)
        try:
            with self.database.writing() as connection:
                connection.execute(schema.datasets.insert().values(row))
        except IntegrityError:  # somebody kept the same at the same moment
            self.artifacts.remove(_files_of(dataset_id))
            found = self._same_dataset(workspace, name, content)
            if found is None:
                raise
            return found
        return self.dataset(workspace, dataset_id)

    def dataset(self, workspace: str, dataset_id: str) -> Dataset:
        """A data set of this workspace.

        Raises:
            NotFoundError: there is none of that id.
        """
        found = self._datasets(schema.datasets.c.workspace == workspace, schema.datasets.c.id == dataset_id)
        return only(found, "data set", dataset_id)

    def datasets(self, workspace: str) -> list[Dataset]:
        """All data sets of a workspace, newest first."""
        return self._datasets(schema.datasets.c.workspace == workspace)

    def find_dataset(self, dataset_id: str) -> Dataset:
        """A data set of any workspace, for workers.

        Raises:
            NotFoundError: there is none of that id.
        """
        return only(self._datasets(schema.datasets.c.id == dataset_id), "data set", dataset_id)

    def dataset_of(self, run_id: str) -> Dataset:
        """The data set that a run learns from, for workers.

        Raises:
            NotFoundError: there is no run of that id.
        """
        chosen = (
            sa.select(schema.experiments.c.dataset_id)
            .join(schema.runs, schema.runs.c.experiment_id == schema.experiments.c.id)
            .where(schema.runs.c.id == run_id)
        )
        return only(self._datasets(schema.datasets.c.id.in_(chosen)), "run", run_id)

    def load_dataset(self, dataset: Dataset) -> LabelledText:
        """The texts and labels of a data set.

        Raises:
            NotFoundError: its file is gone.
            DataError: its file is damaged.
        """
        from seqcore.datasets.labelled_text import LabelledText

        data = self.artifacts.read(_files_of(dataset.id), _TEXT_FILE)
        try:
            loaded = LabelledText.from_parquet(data, dataset.name)
        except Exception as error:
            _log.exception("data set %s cannot be read", dataset.id)
            raise _damaged(dataset) from error
        if loaded.content_hash != dataset.content_hash:
            raise _damaged(dataset)
        return loaded

    def delete_dataset(self, workspace: str, dataset_id: str) -> None:
        """Remove a data set that no experiment uses.

        Raises:
            NotFoundError: there is none of that id.
            SeqlabError: an experiment uses it.
        """
        dataset = self.dataset(workspace, dataset_id)
        with self.database.writing() as connection:
            used = schema.experiments.c.dataset_id == dataset.id
            count = connection.execute(sa.select(sa.func.count()).where(used)).scalar_one()
            if count:
                raise SeqlabError(
                    "This data set is used", received=f"{count} experiments", remedy="Delete these experiments first"
                )
            connection.execute(schema.datasets.delete().where(schema.datasets.c.id == dataset.id))
        self._remove_files(_files_of(dataset.id))

    def add_experiment(self, workspace: str, dataset_id: str, specs: Sequence[RunSpec], name: str = "") -> Experiment:
        """Queue one run for each spec, in order.

        Raises:
            NotFoundError: there is no data set of that id.
            LimitError: too many runs would be in flight, or the storage is full.
            ValueError: there is no spec.
        """
        if not specs:
            raise ValueError("an experiment needs at least one run")
        dataset = self.dataset(workspace, dataset_id)
        experiment = Experiment(
            new_id(), workspace, clean_name(name) or dataset.name, dataset.id, created=self._clock()
        )
        with self.database.writing() as connection:
            self._allow(connection, workspace, runs=len(specs))
            connection.execute(schema.experiments.insert().values(vars(experiment)))
            connection.execute(schema.runs.insert(), _queued_runs(experiment, specs))
        return experiment

    def experiment(self, workspace: str, experiment_id: str) -> Experiment:
        """An experiment of this workspace.

        Raises:
            NotFoundError: there is none of that id.
        """
        table = schema.experiments
        found = self._experiments(table.c.workspace == workspace, table.c.id == experiment_id)
        return only(found, "experiment", experiment_id)

    def find_experiment(self, experiment_id: str) -> Experiment:
        """An experiment of any workspace, for whoever was given its link.

        Raises:
            NotFoundError: there is none of that id.
        """
        return only(self._experiments(schema.experiments.c.id == experiment_id), "experiment", experiment_id)

    def experiments(self, workspace: str) -> list[Experiment]:
        """All experiments of a workspace, newest first."""
        return self._experiments(schema.experiments.c.workspace == workspace)

    def rename_experiment(self, workspace: str, experiment_id: str, name: str) -> None:
        """Give an experiment another name; an empty one changes nothing.

        Raises:
            NotFoundError: there is none of that id.
        """
        self._rename(schema.experiments, "experiment", workspace, experiment_id, name)

    def _same_dataset(self, workspace: str, name: str, content: str) -> Dataset | None:
        columns = schema.datasets.c
        found = self._datasets(columns.workspace == workspace, columns.content_hash == content, columns.name == name)
        return found[0] if found else None

    def _datasets(self, *conditions: sa.ColumnElement[bool]) -> list[Dataset]:
        query = sa.select(schema.datasets).where(*conditions).order_by(schema.datasets.c.created.desc())
        with self.database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [Dataset(**{**row, "classes": tuple(row["classes"])}) for row in rows]

    def _experiments(self, *conditions: sa.ColumnElement[bool]) -> list[Experiment]:
        query = sa.select(schema.experiments).where(*conditions).order_by(schema.experiments.c.created.desc())
        with self.database.reading() as connection:
            return [Experiment(**row) for row in connection.execute(query).mappings()]


def _queued_runs(experiment: Experiment, specs: Sequence[RunSpec]) -> list[dict[str, Any]]:
    several = {name for name, count in Counter(spec.architecture for spec in specs).items() if count > 1}
    return [
        {
            "id": new_id(),
            "workspace": experiment.workspace,
            "experiment_id": experiment.id,
            "position": position,
            "architecture": spec.architecture,
            "seed": spec.seed,
            "name": f"{spec.architecture}, seed {spec.seed}" if spec.architecture in several else spec.architecture,
            "spec": spec.model_dump(mode="json"),
            "state": RunState.QUEUED.value,
            "created": experiment.created,
            "epochs": spec.training.epochs,
        }
        for position, spec in enumerate(specs)
    ]


def _files_of(dataset_id: str) -> str:
    return f"datasets/{dataset_id}"


def _damaged(dataset: Dataset) -> DataError:
    return DataError("The stored data set is damaged", received=dataset.name, remedy="Upload the file again")
