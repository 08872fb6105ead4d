"""`predict`: the texts, or the file of them, that a finished model is asked about."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from seqcore.analysis.evaluation import read_evaluation
from seqcore.cli.answers import Words, print_answers
from seqcore.cli.loading import NOTHING_SAID, GivenSeries, tell_reading
from seqcore.cli.output import harmless, write_file
from seqcore.cli.training import open_store, started_engine
from seqcore.datasets.formats import formats
from seqcore.datasets.formats.parse import bytes_of, read_texts
from seqcore.datasets.formats.read_as import AS_FOUND, ReadAs
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.reading import reading_of
from seqcore.datasets.series.apart import read_to_answer
from seqcore.datasets.series.unlabelled import NO_VALUE
from seqcore.datasets.texts_to_answer import TextsToAnswer, texts_to_answer
from seqcore.errors import OptionError
from seqcore.export.answers import with_answers
from seqcore.export.tables import csv_bytes
from seqcore.inspections.contracts import ClassProbabilities
from seqcore.inspections.prediction import PREDICT
from seqcore.kinds import get_kind
from seqcore.lab.ask import question
from seqcore.settings import Settings, get_settings
from seqcore.store import Store
from seqcore.workroom.child import do_alone

_AT_ONCE = 1_000


@dataclass(frozen=True)
class GivenTexts:
    """What a person said about the texts on the command line.

    Attributes:
        texts: As they were given; one alone may be the path of a file.
        file: A file of texts.
        text: Name of the text column.
        label: Name of the label column; "none" for no such column.
        output: Where to write the file with the answers beside it.
        read_as: How the file is read.
        series: Of a model of series: how the file holds them.
    """

    texts: Sequence[str] = ()
    file: Path | None = None
    text: str | None = None
    label: str | None = None
    output: Path | None = None
    read_as: ReadAs = AS_FOUND
    series: GivenSeries = NOTHING_SAID


def predict(run_id: str, given: GivenTexts, *, as_json: bool) -> None:
    """Ask a model for labels and probabilities.

    Raises:
        SeqlabError: the file cannot be used or written, or the model cannot answer.
    """
    settings, file = get_settings(), _file_of(given)
    store = open_store(settings)
    if store.runs.get(settings.workspace, run_id).spec.input.kind == "series":
        _predict_series(store, settings, run_id, file, given, as_json=as_json)
        return
    question(store, settings.workspace, PREDICT, run_id, {"texts": ()})  # what can be refused is, before a file is read
    if file is None:
        found = _asked(store, settings, run_id, given.texts)
        print_answers(run_id, given.texts, found, as_json=as_json)
        return
    asked = _read(file, given, store, run_id, settings)
    texts = asked.texts
    reading = reading_of(asked.table, text=asked.text, label=asked.label, rows=len(texts), notes=asked.notes)
    tell_reading(reading)
    found = _asked(store, settings, run_id, texts)
    if given.output is not None:
        write_file(given.output, csv_bytes(with_answers(asked.table.frame, texts, {"label (model)": found})))
    print_answers(run_id, texts, found, as_json=as_json, asked=asked, reading=reading)


def _predict_series(
    store: Store, settings: Settings, run_id: str, file: Path | None, given: GivenTexts, *, as_json: bool
) -> None:
    """The same for a model that learned from series, which come in a file."""
    question(store, settings.workspace, PREDICT, run_id, {"texts": ()})
    if file is None:
        raise OptionError("This model reads series", received="a text", remedy="Give a file: predict RUN FILE")
    header = None if given.read_as.header is None else given.read_as.header > 0
    chosen = replace(given.series.columns, label=given.label, header=header)
    classes = read_evaluation(store.artifacts.read(run_id, "evaluation.json")).classes
    asked = read_to_answer(
        bytes_of(file, settings), file.name, limits=settings, do=do_alone, chosen=chosen, classes=classes
    )
    sys.stderr.write("".join(f"{harmless(note)}\n" for note in asked.kept.notes))
    learned = store.datasets.load(store.datasets.of_run(run_id))
    if isinstance(learned, LabelledSeries):
        asked.refuse_other_channels(len(learned.channels))
    kind = get_kind("series")
    there = asked.there()
    texts = [kind.to_text(one) for one, said in zip(asked.kept.series, there, strict=True) if said]
    found = _asked(store, settings, run_id, texts, at_once=asked.at_once).among(there)
    shown = asked.shown()
    if given.output is not None:
        table = with_answers(asked.frame(), shown, {"label (model)": found}, nothing=NO_VALUE)
        write_file(given.output, csv_bytes(table))
    print_answers(run_id, shown, found, as_json=as_json, asked=asked, words=Words("series", NO_VALUE))


def _file_of(given: GivenTexts) -> Path | None:
    """The file to answer; None when the texts themselves were given."""
    if given.file is not None:
        if given.texts:
            raise OptionError("Texts and a file were given", remedy="Give the texts, or --file and no text")
        return given.file
    alone = Path(given.texts[0]) if len(given.texts) == 1 else None
    if alone is not None and (_is_file(alone) or _is_called_like_a_file(alone)):
        return alone
    decided = given.text or given.label or given.output or given.read_as != AS_FOUND
    if decided or not given.texts:
        what = "These options are about a file" if decided else "There is nothing to answer"
        raise OptionError(what, remedy="Give texts, or a file: predict RUN FILE, or predict RUN --file FILE")
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long for a path, or with signs that no path has
        return False


def _is_called_like_a_file(path: Path) -> bool:
    """A path that leads nowhere is a slip of the pen, and no text: "reviews.csv" is answered by nobody on purpose."""
    endings = {f".{extension}" for each in formats(labelled=False) for extension in each.extensions}
    return len(path.name.split()) == 1 and path.suffix.lower() in endings and path.stem != ""


def _read(file: Path, given: GivenTexts, store: Store, run_id: str, settings: Settings) -> TextsToAnswer:
    table = read_texts(bytes_of(file, settings), file.name, limits=settings, read_as=given.read_as)
    classes = read_evaluation(store.artifacts.read(run_id, "evaluation.json")).classes
    return texts_to_answer(table, classes, text=given.text, label=given.label)


def _asked(
    store: Store, settings: Settings, run_id: str, texts: Sequence[str], *, at_once: int = _AT_ONCE
) -> ClassProbabilities:
    found = []
    with started_engine(settings, training_workers=0) as engine:
        for start in range(0, max(1, len(texts)), at_once):
            part = {"texts": list(texts[start : start + at_once])}
            asked = question(store, settings.workspace, PREDICT, run_id, part)
            found.append(cast(ClassProbabilities, asked.ask(engine)))
    return ClassProbabilities.joined(found)
