"""`planted`: texts and series of which it is known which words or moments decide the label."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seqcore.cli.output import print_json, print_table, write_file
from seqcore.datasets import LabelledData
from seqcore.datasets.evidence import EVIDENCE, evidence_of
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.planted import PlantedTask, planted_task, planted_tasks
from seqcore.export.tables import write_exact_csv
from seqcore.spec import validated

_SHOWN = 4  # examples, where nobody asked for all
_MATTERS = "[{}]"


def list_tasks(*, as_json: bool) -> None:
    """Every task with what decides its label."""
    if as_json:
        print_json({"tasks": [_task_json(task) for task in planted_tasks()]})
        return
    rows = [
        (task.name, task.kind, task.idea, task.distance or "—", "yes" if task.by_order else "no")
        for task in planted_tasks()
    ]
    print_table(("name", "of", "what decides", "distance: how many", "only order tells"), rows)


def write_planted(name: str, values: dict[str, Any], output: Path | None, *, as_csv: bool, as_json: bool) -> None:
    """The examples of a task: all of them as CSV, or what they are and the first few.

    Args:
        name: Of the task.
        values: Its settings.
        output: Where the CSV goes; None: to standard output, with `as_csv`.
        as_csv: Whether all examples are wanted.
        as_json: Whether the account is JSON.

    Raises:
        NotFoundError: there is no such task.
        OptionError: a setting is out of bounds, or of tasks of another kind.
        DataError: so many examples are too large.
        SeqlabError: the file cannot be written.
    """
    task = planted_task(name)
    options = validated(task.options, values, owner=f"The planted task {name}")
    data = task.plant(options)
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
    """Text, label and places of the words that matter, counted from 0 where white space parts them; or a series a row.

    Of series a column for each moment of each channel; which moments matter is not in it, for it would be one of them.
    """
    sink = io.BytesIO()
    if isinstance(data, LabelledSeries):
        moments = range(1, len(data.series[0]) + 1)
        names = [f"{channel.replace(' ', '')}_{moment}" for channel in data.channels for moment in moments]
        write_exact_csv(sink, ("label", *names), _rows_of_series(data))
    else:
        rows = zip(data.examples, data.labels, data.other_columns[EVIDENCE], strict=True)
        write_exact_csv(sink, ("text", "label", EVIDENCE), rows)
    return sink.getvalue()


def _rows_of_series(data: LabelledSeries) -> Iterator[tuple[str, ...]]:
    for one, label in zip(data.series, data.labels, strict=True):
        yield (label, *(f"{value:.4f}" for value in one.T.ravel().tolist()))


def _print(task: PlantedTask, data: LabelledData) -> None:
    sys.stdout.write(f"{task.label}: {task.idea}\n" + (f"Distance: {task.distance}.\n" if task.distance else ""))
    if isinstance(data, LabelledSeries):
        rows = [
            (data.labels[row], "{} to {}".format(*data.evidence[row]) if data.evidence else "", data.summary(row))
            for row in range(_SHOWN)
        ]
        print_table(("label", "moments that matter", f"{_SHOWN} of {len(data):,} series"), rows)
    else:
        words = []
        for each in _first(data):
            matters = set(each[EVIDENCE])
            said = [_MATTERS.format(word) if n in matters else word for n, word in enumerate(each["text"].split())]
            words.append((each["label"], " ".join(said)))
        print_table(("label", f"{_SHOWN} of {len(data):,} texts, what matters in brackets"), words)
    sys.stderr.write("All of them: --csv, or --output FILE.csv\n")


def _first(data: LabelledData) -> list[dict[str, Any]]:
    if isinstance(data, LabelledSeries):
        return [
            {"series": one.tolist(), "label": label, EVIDENCE: list(span)}
            for one, label, span in zip(data.series[:_SHOWN], data.labels, data.evidence or (), strict=False)
        ]
    evidence = evidence_of(data) or ()
    return [
        {"text": text, "label": label, EVIDENCE: list(places)}
        for text, label, places in zip(
            data.examples[:_SHOWN], data.labels[:_SHOWN], evidence[:_SHOWN], strict=True
        )
    ]  # fmt: skip


def _task_json(task: PlantedTask) -> dict[str, Any]:
    return {name: getattr(task, name) for name in ("name", "label", "idea", "distance", "by_order", "kind")}
