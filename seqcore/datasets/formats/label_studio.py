"""Exports of Label Studio: the text of a task and what its annotators chose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_KINDS = ("choices", "taxonomy", "rating", "number")  # of answers that say something of the whole text


def is_export(items: list[Any]) -> bool:
    """Whether the objects are tasks: each has its data, and annotations (completions, in old exports)."""
    return bool(items) and all(
        isinstance(item, dict)
        and isinstance(item.get("data"), dict)
        and isinstance(item.get("annotations", item.get("completions")), list)
        for item in items
    )


def read_tasks(items: list[Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """One object a task, its data and its answers by the name of their question; and notes.

    Of several annotations the first counts that was not cancelled.
    """
    rows: list[dict[str, Any]] = []
    disagreed = 0
    for item in items:
        given = [dict(_answers(annotation)) for annotation in _valid(item)]
        given = [answers for answers in given if answers]
        disagreed += any(answers != given[0] for answers in given[1:])
        rows.append(item["data"] | (given[0] if given else {}))
    notes = ["Read as an export of Label Studio: the data of each task and what was chosen for it"]
    if disagreed:
        texts = f"{disagreed:,} text{'s' * (disagreed != 1)}"
        notes.append(f"Annotators chose differently for {texts}; the first annotation was taken")
    return rows, notes


def _valid(task: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for annotation in task.get("annotations", task.get("completions", [])):
        if isinstance(annotation, dict) and annotation.get("was_cancelled") not in ("true", True):
            yield annotation


def _answers(annotation: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    results = annotation.get("result")
    for result in results if isinstance(results, list) else []:
        value = result.get("value") if isinstance(result, dict) else None
        if not isinstance(value, dict) or "start" in value:  # of a piece of the text, not of the whole
            continue
        for kind in _KINDS:
            if kind in value:
                yield str(result.get("from_name") or "label"), _plain(value[kind])


def _plain(answer: Any) -> Any:
    """A path through a taxonomy, ["Food", "Fruit"], is one label."""
    if not isinstance(answer, list):
        return answer
    return [" / ".join(map(str, part)) if isinstance(part, list) else part for part in answer]
