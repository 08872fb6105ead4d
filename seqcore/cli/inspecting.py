"""`preprocess`, `predict`, `attention`, `inspect`, `inspections`: looking at data and at finished models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from seqcore.architectures import architectures
from seqcore.cli.answer_tables import print_answer
from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store, started_engine
from seqcore.datasets import LabelledData
from seqcore.datasets.reading import Reading
from seqcore.errors import InspectionError, NotFoundError
from seqcore.inspections import Inspection, get_inspection, inspections
from seqcore.inspections.attention import ATTENTION
from seqcore.kinds import get_kind, kinds
from seqcore.lab.ask import about_rows, about_texts, question
from seqcore.settings import Settings, get_settings
from seqcore.spec import InputOptions
from seqcore.store import RunState, Store

# Of `inspect`, and the part of a request that each is.
OPTIONS = {"class": "label", "method": "method", "texts": "most"}
_NUMBERS = 8  # of a series of frames that a table shows
_NAMED = 8  # runs, where one is not found


def preprocess(data: LabelledData, options: InputOptions, *, as_json: bool, reading: Reading | None = None) -> None:
    """Encode a whole data set by what is learned from itself, as the teaching notebook does."""
    encoder = get_kind(data.kind).fit(data.examples, options)
    encoded = encoder.encode(data.examples)
    padded = np.full((len(encoded), max(map(len, encoded), default=0), *encoder.empty.shape[1:]), encoder.padding)
    for row, array in enumerate(encoded):
        padded[row, : len(array)] = array
    if as_json:
        names = {"labels": data.codes().tolist(), "classes": list(data.classes)}
        names |= {} if reading is None else {"read": reading.to_json()}
        read = padded.astype(encoder.empty.dtype)
        kept = {"ids": read.tolist()} if read.ndim == 2 else {"frames": _without_padding(read)}
        print_json({**encoder.about(), **kept, **names})
        return
    print_table(
        ("label", "code", "ids" if encoder.empty.ndim == 1 else "numbers", get_kind(data.kind).example),
        [
            (label, code, _written(array), data.summary(row)[:60])
            for row, (label, code, array) in enumerate(zip(data.labels, data.codes(), encoded, strict=True))
        ],
    )


def _without_padding(frames: np.ndarray) -> list[Any]:
    """(examples, steps, channels) as lists, null for the padding, which JSON has no word for."""
    there = ~np.isnan(frames).any(axis=2)
    return [
        [step if kept else None for step, kept in zip(*one, strict=True)]
        for one in zip(frames.tolist(), there, strict=True)
    ]


def _written(array: np.ndarray) -> str:
    """Ids all, of frames the first numbers."""
    if array.ndim == 1:
        return " ".join(map(str, array))
    shown = [f"{number:.3g}" for number in array.ravel()[:_NUMBERS].tolist()]
    return " ".join(shown) + (" …" if array.size > _NUMBERS else "")


def attention(run_id: str, text: str, *, as_json: bool) -> None:
    """Ask a model where it looked."""
    found = _ask(ATTENTION, run_id, {"text": text})
    if as_json:
        print_json(found.model_dump(mode="json", exclude_none=True))
    else:
        print_answer(found, [text])


def inspect(
    name: str,
    run_id: str,
    texts: list[str],
    values: dict[str, Any],
    options: Mapping[str, Any],
    *,
    rows: Sequence[int] = (),
    epoch: int | None,
    as_json: bool,
) -> None:
    """Ask a model anything that an inspection can answer.

    Args:
        name: Of the inspection.
        run_id: Of the run.
        texts: What is asked about.
        values: Of the request, by their names there.
        options: Values of the options in `OPTIONS`; None where one is not given.
        rows: What is asked about in place of texts: rows of the run's data set, from 1.
        epoch: Of its training, after which it is asked; None: the model that was kept.
        as_json: Whether for programs: the parts of the answer beside the names of inspection and run, and once more
            together under "answer".
    """
    inspection = get_inspection(name)
    examples = about_texts(inspection, texts) if texts or not rows else {}
    values = examples | about_rows(inspection, rows) | _chosen(inspection, options) | values
    found = _ask(name, run_id, values, epoch)
    if as_json:
        answer = found.model_dump(mode="json", exclude_none=True)
        asked = {"inspection": name, "run": run_id} | ({} if epoch is None else {"epoch": epoch})
        print_json({**answer, **asked, "answer": answer})
    else:
        print_answer(found, texts or [f"row {row}" for row in rows])


def list_inspections(*, as_json: bool) -> None:
    """Every inspection: how to read it, and of which models of which data it can be asked."""
    if as_json:
        print_json({"inspections": [_described(each) for each in inspections()]})
        return
    rows = []
    for each in inspections():
        rows += [(each.name, each.label), ("", each.how_to_read), ("", each.how_not_to_read)]
        rows += [("", f"of series and sounds: {each.of_moments}")] if each.of_moments else []
        for kind, (able, others) in _who(each).items():
            rows += [("", f"{kind}: {', '.join(able) or 'no model'}")]
            for reason in dict.fromkeys(others.values()):
                names = ", ".join(name for name, why in others.items() if why == reason)
                rows += [("", f"{kind}, not {names}: {reason}")]
    print_table(("name", ""), rows)


def _chosen(inspection: Inspection, options: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a request that options set.

    Raises:
        InspectionError: the inspection has no such part.
    """
    given = {name: value for name, value in options.items() if value is not None}
    has = [f"--{name}" for name, part in OPTIONS.items() if part in inspection.request.model_fields]
    for name, value in given.items():
        if f"--{name}" not in has:
            remedy = f"It takes {' and '.join(has)}" if has else "Leave it out"
            raise InspectionError(f"{inspection.name} takes no --{name}", received=repr(value), remedy=remedy)
    return {OPTIONS[name]: value for name, value in given.items()}


def _ask(name: str, run_id: str, values: dict[str, Any], epoch: int | None = None) -> Any:
    settings = get_settings()
    store = open_store(settings)
    try:
        asked = question(store, settings.workspace, name, run_id, values, epoch)
    except NotFoundError as error:
        raise NotFoundError(error.problem, received=error.received, remedy=_which_runs(store, settings)) from None
    with started_engine(settings, training_workers=0) as engine:
        return asked.ask(engine)


def _which_runs(store: Store, settings: Settings) -> str:
    """The runs that can be asked, the newest first."""
    able = [run for run in store.runs.all(settings.workspace) if run.state == RunState.FINISHED]
    if not able:
        return "It may have been deleted, and no other run is finished: train one"
    named = ", ".join(f"{run.id} ({run.architecture}, seed {run.seed})" for run in able[:_NAMED])
    return f"Choose from: {named}" + (" …; `runs` lists all" if len(able) > _NAMED else "")


def _described(inspection: Inspection) -> dict[str, Any]:
    return {
        "name": inspection.name,
        "label": inspection.label,
        "how_to_read": inspection.how_to_read,
        "how_not_to_read": inspection.how_not_to_read,
        "of_moments": inspection.of_moments,
        "request": {name: field.description or "" for name, field in inspection.request.model_fields.items()},
        "applies_to": {
            kind: {"architectures": able, "not": others} for kind, (able, others) in _who(inspection).items()
        },
    }


def _who(inspection: Inspection) -> dict[str, tuple[list[str], dict[str, str]]]:
    """For each kind of data the architectures that it applies to, and the others with the reason why not."""
    found = {}
    for kind in kinds():
        reasons = {each.name: inspection.applies_to(each, kind.name) for each in architectures()}
        able = [name for name, reason in reasons.items() if reason is None]
        found[kind.name] = able, {name: reason for name, reason in reasons.items() if reason is not None}
    return found
