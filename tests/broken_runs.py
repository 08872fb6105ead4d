"""Ways in which what is stored of a run stops making sense, each with a word of the sentence that says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from seqcore.spec.run import VERSION
from seqcore.store import Run, Store, schema


@dataclass(frozen=True)
class Break:
    """One way to break a run.

    Attributes:
        apply: Does it.
        says: What the sentence about it has in it.
    """

    apply: Callable[[Store, Run], None]
    says: str


def change(store: Store, run: Run, **columns: Any) -> None:
    """Write into the row of a run behind the program's back."""
    with store.database.writing() as connection:
        connection.execute(schema.runs.update().where(schema.runs.c.id == run.id).values(columns))


def write_raw(store: Store, run: Run, column: str, text: str) -> None:
    """The same with text that no column type looks at (SQLite takes any)."""
    with store.database.writing() as connection:
        connection.execute(sa.text(f"UPDATE runs SET {column} = :text WHERE id = :id"), {"text": text, "id": run.id})


def _spec(**changes: Any) -> Callable[[Store, Run], None]:
    return lambda store, run: change(store, run, spec=run.stored_spec | changes)


def _no_json(store: Store, run: Run) -> None:
    write_raw(store, run, "spec", '{"version": 2, "datas')


def _architecture_is_gone(store: Store, run: Run) -> None:
    change(
        store, run, architecture="perceptron", name="perceptron", spec=run.stored_spec | {"architecture": "perceptron"}
    )


ANYWHERE = {
    "spec of a newer version": Break(_spec(version=VERSION + 1), "newer version"),
    "spec of a kind that is gone": Break(_spec(input={"kind": "smell"}), "smell"),
    "spec that is no object": Break(lambda store, run: change(store, run, spec=["?"]), "spec"),
    "spec of wrong types": Break(_spec(training={"epochs": "many"}), "epochs"),
    "architecture that is gone": Break(_architecture_is_gone, "perceptron"),
    "option that is gone": Break(_spec(model={"wings": 2}), "wings"),
    "option out of bounds": Break(_spec(model={"units": -1}), "units"),
    "state that is unknown": Break(lambda store, run: change(store, run, state="dreaming"), "state"),
    "nothing where something should be": Break(lambda store, run: change(store, run, seconds=sa.JSON.NULL), "seconds"),
}  # fmt: skip
IN_SQLITE = ANYWHERE | {
    "spec that is no JSON": Break(_no_json, "spec"),
    "moment that is none": Break(lambda store, run: write_raw(store, run, "created", "yesterday"), "created"),
    "text in a number": Break(lambda store, run: write_raw(store, run, "epochs", "many"), "epochs"),
}
AFTER_TRAINING = {
    "results of another shape": Break(lambda store, run: change(store, run, results={"test": [0.9]}), "scores"),
    "results that are no object": Break(lambda store, run: change(store, run, results=[1]), "results"),
}


def _evaluation(change_it: Callable[[bytes], bytes]) -> Callable[[Store, Run], None]:
    def apply(store: Store, run: Run) -> None:
        name = "evaluation.json"
        store.artifacts.write(run.id, name, change_it(store.artifacts.read(run.id, name)))

    return apply


IN_FILES = {
    "evaluation cut off": Break(_evaluation(lambda data: data[: len(data) // 2]), "evaluation"),
    "evaluation of a newer version": Break(
        _evaluation(lambda data: json.dumps(json.loads(data) | {"version": 99}).encode()), "newer version"
    ),
}
ALL = IN_SQLITE | AFTER_TRAINING | IN_FILES
