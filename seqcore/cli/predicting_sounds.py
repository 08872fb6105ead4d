"""`predict` of a model that learned from sounds: files, folders or archives of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from seqcore.cli.output import print_json, print_table, write_file
from seqcore.cli.training import open_store, started_engine
from seqcore.datasets.formats.parse import bytes_of
from seqcore.datasets.labelled_sounds import Sound
from seqcore.datasets.sounds.apart import sounds_apart
from seqcore.datasets.sounds.decoding import is_sound_file
from seqcore.errors import DataError, OptionError
from seqcore.export.tables import csv_bytes
from seqcore.inspections.contracts import ClassProbabilities
from seqcore.inspections.prediction import PREDICT
from seqcore.lab.ask import question
from seqcore.lab.ask_sounds import ask_sounds, note_on_sound
from seqcore.settings import Settings, get_settings
from seqcore.workroom.child import do_alone

_PRINTED = 100  # rows in the table for people


def is_of_sounds(run_id: str) -> bool:
    """Whether a run learns from sounds.

    Raises:
        NotFoundError: there is no run of that id.
    """
    settings = get_settings()
    run = open_store(settings).runs.get(settings.workspace, run_id)
    return not run.problem and run.spec.input.kind == "audio"


def predict_sounds(run_id: str, given: Sequence[str], output: Path | None, *, as_json: bool) -> None:
    """Ask a model about sound files.

    Args:
        run_id: Whose model.
        given: Paths of files, folders or archives.
        output: Where to write the answers as CSV.
        as_json: Whether JSON is printed.

    Raises:
        SeqlabError: a file is no sound, or the model cannot answer.
    """
    settings = get_settings()
    store = open_store(settings)
    question(store, settings.workspace, PREDICT, run_id, {"texts": ()})  # what can be refused is, before a file is read
    named = sounds_apart(_files(given, settings), settings, do_alone)
    sounds = [sound for _, sound in named]
    with started_engine(settings, training_workers=0) as engine:

        def ask(texts: tuple[str, ...]) -> ClassProbabilities:
            asked = question(store, settings.workspace, PREDICT, run_id, {"texts": texts})
            return cast(ClassProbabilities, asked.ask(engine))

        found = ask_sounds(sounds, ask)
    answers = _answers(named, found)
    if output is not None:
        write_file(output, csv_bytes(_table(answers)))
    if as_json:
        print_json({"run": run_id, "classes": list(found.classes), "predictions": answers})
        return
    rows = [
        (each["label"], f"{max(each['probabilities'].values()):.4f}", f"{each['seconds']:.2f}", each["note"],
         each["file"])
        for each in answers
    ]  # fmt: skip
    print_table(("label", "probability", "seconds", "note", "file"), rows[:_PRINTED])


def _files(given: Sequence[str], settings: Settings) -> list[tuple[str, bytes]]:
    if not given:
        raise OptionError("There is nothing to answer", remedy="Give sound files: predict RUN FILE.wav")
    named: list[tuple[str, Path]] = []
    for path in map(Path, given):
        if not path.is_dir():
            named.append((path.name, path))
            continue
        found = sorted(file for file in path.rglob("*") if is_sound_file(file.name))
        if not found:
            raise DataError("There is no sound file in the folder", received=path.name)
        named += [(file.relative_to(path).as_posix(), file) for file in found]
    return [(name, bytes_of(path, settings)) for name, path in named]


def _answers(named: Sequence[tuple[str, Sound]], found: ClassProbabilities) -> list[dict[str, Any]]:
    rows = zip(named, found.predictions, found.probabilities.tolist(), strict=True)
    return [
        {
            "file": name,
            "seconds": round(sound.seconds, 3),
            "label": label,
            "probabilities": dict(zip(found.classes, row, strict=True)),
            "note": note_on_sound(sound),
        }
        for (name, sound), label, row in rows
    ]


def _table(answers: Sequence[dict[str, Any]]) -> Any:
    import pandas as pd

    plain = [{name: value for name, value in each.items() if name != "probabilities"} for each in answers]
    shares = [{f"p({name})": round(value, 4) for name, value in each["probabilities"].items()} for each in answers]
    return pd.DataFrame([one | other for one, other in zip(plain, shares, strict=True)])
