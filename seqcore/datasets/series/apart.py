"""Files of series, the small ones of text read at once, others by a child that a hostile file may break."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from seqcore.datasets.formats.reading_bounds import SECONDS, memory_to_read, said_when_stopped
from seqcore.datasets.formats.small import is_small
from seqcore.datasets.formats.unpacking import pieces_of
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.series.chosen import AS_FOUND, NO_COLUMN, SeriesColumns
from seqcore.datasets.series.labelling import NamedSeries, label_series
from seqcore.datasets.series.outline import Outline, is_parquet, outline_of
from seqcore.datasets.series.reading import read_series
from seqcore.datasets.series.unlabelled import SeriesToAnswer, series_to_answer
from seqcore.datasets.size_limits import refuse_large_file
from seqcore.datasets.table import safe_name
from seqcore.errors import DataError
from seqcore.settings import Settings
from seqcore.workroom import Job

Files = Sequence[tuple[str, bytes]]  # name and content
_T = TypeVar("_T")
_LIMITS = {"max_file_mb", "max_rows", "max_classes"}
_HERE = "seqcore.datasets.series.apart"


def look_into(
    data: bytes,
    name: str,
    *,
    limits: Settings,
    do: Callable[[Job[Outline | None]], Outline | None],
    chosen: SeriesColumns = AS_FOUND,
) -> Outline | None:
    """What a file is; None where it cannot hold series.

    Raises:
        DataError: it is damaged.
    """
    if not is_parquet(data):
        return outline_of(data, name, chosen)
    return do(_job("look_in_child", [(name, data)], chosen, limits, _outline))


def read_labelled(
    files: Files,
    *,
    limits: Settings,
    do: Callable[[Job[LabelledSeries]], LabelledSeries],
    chosen: SeriesColumns = AS_FOUND,
) -> LabelledSeries:
    """Labelled series of a file; of a second one those to test on.

    Raises:
        DataError: they cannot be used.
    """
    refuse_large_file(sum(len(data) for _, data in files), limits)
    if all(is_small(data) for _, data in files):
        return _labelled(files, chosen, limits)
    return do(_job("read_in_child", files, chosen, limits, LabelledSeries.from_parquet))


def read_to_answer(
    data: bytes,
    name: str,
    *,
    limits: Settings,
    do: Callable[[Job[SeriesToAnswer]], SeriesToAnswer],
    chosen: SeriesColumns = AS_FOUND,
    classes: Sequence[str],
) -> SeriesToAnswer:
    """Series with or without labels, for a model of these classes to answer.

    Raises:
        DataError: they cannot be used.
    """
    refuse_large_file(len(data), limits)
    if is_small(data):
        return _to_answer(data, name, chosen, limits, classes)
    return do(_job("answer_in_child", [(name, data)], chosen, limits, SeriesToAnswer.from_parquet, classes))


def look_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the outline as JSON."""
    found = outline_of(parts[0], options["names"][0], SeriesColumns.from_json(options["chosen"]))
    return json.dumps(None if found is None else found.to_json()).encode()


def read_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the labelled series as Parquet."""
    limits, chosen = Settings.model_validate(options["limits"]), SeriesColumns.from_json(options["chosen"])
    return _labelled(list(zip(options["names"], parts, strict=True)), chosen, limits).to_parquet()


def answer_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the series to be answered as Parquet."""
    limits, chosen = Settings.model_validate(options["limits"]), SeriesColumns.from_json(options["chosen"])
    return _to_answer(parts[0], options["names"][0], chosen, limits, options["classes"]).to_parquet()


def _labelled(files: Files, chosen: SeriesColumns, limits: Settings) -> LabelledSeries:
    main, *test = (
        NamedSeries(safe_name(name), read_series(data, name, limits=limits, chosen=chosen)) for name, data in files
    )
    return label_series(main, test=test[0] if test else None, merge_look_alikes=chosen.merge_labels, limits=limits)


def _to_answer(
    data: bytes, name: str, chosen: SeriesColumns, limits: Settings, classes: Sequence[str]
) -> SeriesToAnswer:
    """The series, with the labels that were found where they are classes of the model: else they are values too."""
    found = series_to_answer(read_series(data, name, limits=limits, chosen=chosen))
    if chosen.label is not None or found.hold_classes(classes):
        return found
    try:
        return series_to_answer(
            read_series(data, name, limits=limits, chosen=replace(chosen, label=NO_COLUMN)), labelled=False
        )
    except DataError:
        return found  # the label was no number


def _outline(answer: bytes) -> Outline | None:
    found = json.loads(answer)
    return None if found is None else Outline.from_json(found)


def _job(
    work: str,
    files: Files,
    chosen: SeriesColumns,
    limits: Settings,
    answer: Callable[[bytes], _T],
    classes: Sequence[str] = (),
) -> Job[_T]:
    size = sum(len(data) for _, data in files)
    packed = any(pieces_of(data) is not None or is_parquet(data) for _, data in files)
    return Job(
        work=f"{_HERE}:{work}",
        options={
            "names": [safe_name(name) for name, _ in files],
            "chosen": chosen.to_json(),
            "classes": list(classes),
            "limits": limits.model_dump(mode="json", include=_LIMITS),
        },
        parts=lambda: [data for _, data in files],
        answer=answer,
        memory=memory_to_read(None if packed else size, limits),
        seconds=SECONDS,
        stopped=said_when_stopped(SECONDS),
    )
