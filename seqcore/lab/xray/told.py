"""The x-ray as JSON: rows by the number that they have in the person's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from seqcore.analysis.xray import Finding, XRay, findings_of, trust_in
from seqcore.analysis.xray.result import ScoreWithout
from seqcore.datasets import LabelledData, LabelledText

_SHOWN = 200  # characters of a text


def as_json(found: XRay, data: LabelledText) -> dict[str, Any]:
    """What was found.

    Rows are those of the file (the header of a table is row 1); rows of a test file of its own are "test_rows".
    """
    findings = findings_of(found)
    trust = trust_in(findings)
    rows = _Numbers(data)
    return {
        "trust": trust.word,
        "sentence": trust.sentence,
        "findings": [
            {"name": each.name, "weight": each.weight, "sentence": each.sentence, "count": len(each.rows)}
            for each in findings
        ],
        "duplicates": _repeated(found.duplicates.rows, found.duplicates.groups, rows),
        "near_duplicates": _repeated(found.near_duplicates.rows, found.near_duplicates.groups, rows),
        "across_splits": {
            "count": found.across.texts,
            **rows.of(found.across.rows),
            "near": {"count": len(found.across.near_rows), **rows.of(found.across.near_rows)},
            "learned": rows.of(found.across.learned_rows),
            "score": _score(found.across.score),
        },
        "conflicts": {
            "count": len(found.conflicts),
            **rows.of(sorted(row for conflict in found.conflicts for row in conflict.rows)),
            "groups": [
                {**rows.of(each.rows), "labels": list(each.labels), "text": rows.text(each.rows[0])}
                for each in found.conflicts
            ],
        },
        "suspects": [
            {**rows.one(each.row), "label": each.label, "suggested": each.suggested, "score": each.score,
             "text": rows.text(each.row)}
            for each in found.suspects
        ],
        "agreement": found.agreement,
        "shortcuts": [each.model_dump() for each in found.shortcuts],
        "without_shortcuts": _score(found.without_shortcuts),
        "short": {
            "count": len(found.without_words) + len(found.one_word),
            **rows.of(sorted((*found.without_words, *found.one_word))),
        },
        "cut": {
            "count": len(found.cut.rows), **rows.of(found.cut.rows), "length": found.cut.length,
            "unit": found.cut.unit,
        },
        "foreign": [{**rows.one(each.row), "what": each.what} for each in found.foreign],
        "language": {"script": found.language[0], "language": found.language[1] or None},
        "encoding": [
            {**rows.one(each.row), "excerpt": each.excerpt, "mended": each.mended and rows.shortened(each.mended)}
            for each in found.damaged
        ],
        "small_classes": list(found.small_classes),
        "rows": {"all": found.rows, "learned": found.learned, "tested": found.tested},
    }  # fmt: skip


def findings_as_json(findings: Sequence[Finding], data: LabelledData) -> dict[str, Any]:
    """What was found in data of any kind: the word, and every finding with its rows as the file counts them."""
    trust = trust_in(findings)
    told = [
        {"name": each.name, "weight": each.weight, "sentence": each.sentence, "count": len(each.rows),
         "rows": [data.number(row) for row in each.rows]}
        for each in findings
    ]  # fmt: skip
    return {"trust": trust.word, "sentence": trust.sentence, "findings": told, "rows": {"all": len(data)}}


class _Numbers:
    """The rows of a file, and of the test file beside it, by their numbers."""

    def __init__(self, data: LabelledText) -> None:
        self._data = data
        self._two_files = data.reading is not None and data.reading.test is not None
        self._split = data.given_split or ()

    def of(self, rows: Iterable[int]) -> dict[str, list[int]]:
        known = list(rows)
        told = {"rows": [self._data.number(row) for row in known if not self._tested(row)]}
        if self._two_files:
            told["test_rows"] = [self._data.number(row) for row in known if self._tested(row)]
        return told

    def one(self, row: int) -> dict[str, Any]:
        return {"row": self._data.number(row)} | ({"test_file": True} if self._tested(row) else {})

    def text(self, row: int) -> str:
        return self.shortened(self._data.texts[row])

    def shortened(self, text: str) -> str:
        return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"

    def _tested(self, row: int) -> bool:
        return self._two_files and self._split[row] == "test"


def _repeated(rows: Iterable[int], groups: Iterable[Iterable[int]], numbers: _Numbers) -> dict[str, Any]:
    known = list(rows)
    every = [list(group) for group in groups]
    return {
        "count": len(known),
        **numbers.of(known),
        "groups": [{**numbers.of(group), "text": numbers.text(group[0])} for group in every],
    }


def _score(score: ScoreWithout | None) -> dict[str, Any] | None:
    return None if score is None else score.model_dump()
