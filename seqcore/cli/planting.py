"""`planted`: texts of which it is known which words decide the label."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from seqcore.cli.output import print_json, print_table, write_file
from seqcore.datasets import LabelledData
from seqcore.datasets.evidence import EVIDENCE, evidence_of
from seqcore.datasets.planted import PlantedOptions, PlantedTask, plant, planted_task, planted_tasks
from seqcore.export.tables import write_exact_csv
from seqcore.spec import validated

_SHOWN = 4  # texts, where nobody asked for all
_MATTERS = "[{}]"


def list_tasks(*, as_json: bool) -> None:
    """Every task with what decides its label."""
    if as_json:
        print_json({"tasks": [_task_json(task) for task in planted_tasks()]})
        return
    rows = [(task.name, task.idea, task.distance, "yes" if task.by_order else "no") for task in planted_tasks()]
    print_table(("name", "what decides", "distance: how many", "only order tells"), rows)


def write_planted(name: str, values: dict[str, Any], output: Path | None, *, as_csv: bool, as_json: bool) -> None:
    """The texts of a task: all of them as CSV, or what they are and the first few.

    Args:
        name: Of the task.
        values: Its settings.
        output: Where the CSV goes; None: to standard output, with `as_csv`.
        as_csv: Whether all texts are wanted.
        as_json: Whether the account is JSON.

    Raises:
        NotFoundError: there is no such task.
        OptionError: a setting is out of bounds.
        DataError: so many texts are too large.
        SeqlabError: the file cannot be written.
    """
    task = planted_task(name)
    options = validated(PlantedOptions, values, owner="Planted tasks")
    data = plant(name, options)
    if output is not None:
        write_file(output, planted_csv(data))
        sys.stderr.write(f"Wrote {output.name}: {len(data):,} rows\n")
    elif as_csv:
        sys.stdout.write(planted_csv(data).decode("utf-8-sig"))
    elif as_json:
        print_json({"task": _task_json(task), "settings": options.model_dump(), "rows": len(data),
                    "classes": list(data.classes), "first": _first(data)})  # fmt: skip
    else:
        _print(task, data)


def planted_csv(data: LabelledData) -> bytes:
    """Text, label and places of the words that matter, counted from 0 where white space parts them."""
    sink = io.BytesIO()
    rows = zip(data.examples, data.labels, data.other_columns[EVIDENCE], strict=True)
    write_exact_csv(sink, ("text", "label", EVIDENCE), rows)
    return sink.getvalue()


def _print(task: PlantedTask, data: LabelledData) -> None:
    sys.stdout.write(f"{task.label}: {task.idea}\nDistance: {task.distance}.\n")
    rows = []
    for each in _first(data):
        matters = set(each["evidence"])
        words = [_MATTERS.format(word) if n in matters else word for n, word in enumerate(each["text"].split())]
        rows.append((each["label"], " ".join(words)))
    print_table(("label", f"{_SHOWN} of {len(data):,} texts, what matters in brackets"), rows)
    sys.stderr.write("All of them: --csv, or --output FILE.csv\n")


def _first(data: LabelledData) -> list[dict[str, Any]]:
    evidence = evidence_of(data) or ()
    return [
        {"text": text, "label": label, "evidence": list(places)}
        for text, label, places in zip(
            data.examples[:_SHOWN], data.labels[:_SHOWN], evidence[:_SHOWN], strict=True
        )
    ]  # fmt: skip


def _task_json(task: PlantedTask) -> dict[str, Any]:
    return {name: getattr(task, name) for name in ("name", "label", "idea", "distance", "by_order")}
