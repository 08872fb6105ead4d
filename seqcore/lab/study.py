"""Large data worked through by a child of the work room: shared out and reported on, or their words learned."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, TypeVar

import numpy as np

from seqcore.architectures import Sizes
from seqcore.architectures.memory import Load
from seqcore.datasets.checks import DataReport, report_on
from seqcore.datasets.labelled_data import Dropped, LabelledData
from seqcore.datasets.labelled_sounds import LabelledSounds
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.lengths import Lengths
from seqcore.datasets.split import PARTS, Split, split_rows
from seqcore.errors import DataError, SeqlabError
from seqcore.kinds import Encoder, get_kind
from seqcore.kinds.whole_data import fit_encoder, lengths_in_steps
from seqcore.lab.memory import Measured, measured, measured_here
from seqcore.lab.plan import Choices
from seqcore.spec import InputOptions, SplitOptions
from seqcore.workroom import Job, Stopped

LARGE = 4_000_000  # characters, beyond which working through them would keep the server's pages waiting
LARGE_SOUNDS = 20_000_000  # bytes of samples, ten minutes at 16 kHz
SECONDS = 300.0
_BASE = 512 * 1024**2
_PER_CHARACTER = 60  # bytes; of texts in which every word is another one
_PER_SAMPLE_BYTE = 8  # bytes; of samples, their copies on the way, and frames
_T = TypeVar("_T")


class Do(Protocol):
    """Has work done by a child, and waits for it."""

    def __call__(self, job: Job[_T], /) -> _T:
        """What the job asks for; raises a SeqlabError when it cannot be had."""


@dataclass(frozen=True)
class Looked:
    """What is found in data before a model is chosen."""

    split: Split
    report: DataReport


@dataclass(frozen=True)
class Learned:
    """What is learned from the training rows before any model is."""

    encoder: Encoder
    lengths: Lengths
    measured: Measured


def is_large(data: LabelledData) -> bool:
    """Whether data are to be worked through by a child."""
    if isinstance(data, LabelledSounds):
        return _sample_bytes(data) > LARGE_SOUNDS
    return isinstance(data, LabelledText) and _characters(data) > LARGE


def look(data: LabelledData, options: SplitOptions) -> Looked:
    """Share the rows out, and report on them.

    Raises:
        DataError: too few rows for three parts.
    """
    split = split_rows(data, options)
    return Looked(split, report_on(data, split))


def learn(data: LabelledData, split: Split, options: InputOptions) -> Learned:
    """Learn the encoder, and measure the data with it."""
    encoder = fit_encoder(data, split.train, options)
    return Learned(encoder, lengths_in_steps(data, encoder), measured(data, split, encoder))


def look_job(data: LabelledData, options: SplitOptions) -> Job[Looked]:
    """`look` as work for a child."""
    asked = {"kind": data.kind, "name": data.name, "split": options.model_dump(mode="json")}
    return _job("look_in_child", data, asked, lambda: [data.to_parquet()], _looked)


def learn_job(data: LabelledData, split: Split, options: InputOptions) -> Job[Learned]:
    """`learn` as work for a child."""

    def learned(answer: bytes) -> Learned:
        about, arrays = _opened(answer)
        encoder = get_kind(data.kind).read_encoder(arrays["encoder"].tobytes(), options)
        counted: dict[str, Any] = about["lengths"]
        counted |= {"edges": tuple(counted["edges"]), "counts": tuple(counted["counts"])}
        return Learned(encoder, Lengths(**counted), (Sizes(encoder.sizes, about["classes"]), Load(**about["load"])))

    asked = {"kind": data.kind, "name": data.name, "input": options.model_dump(mode="json")}
    return _job("learn_in_child", data, asked, lambda: [data.to_parquet(), _packed({}, _rows_of(split))], learned)


def measured_apart(data: LabelledData, chosen: Choices, do: Do) -> Measured:
    """What data ask of a training, measured by children where they are large.

    Args:
        data: The data.
        chosen: How they are shared out and read.
        do: Has work done by a child, and waits for it.

    Raises:
        DataError: too few rows, or it takes more than it may.
    """
    if not is_large(data):
        return measured_here(data, chosen)
    return do(learn_job(data, do(look_job(data, chosen.split)).split, chosen.input)).measured


def look_in_child(options: Mapping[str, Any], parts: Sequence[bytes], tell: Callable[[str], None]) -> bytes:
    """What the child does of `look_job`."""
    tell(f"Comparing the {get_kind(options['kind']).examples} with each other")
    data = get_kind(options["kind"]).load(parts[0], options["name"])
    found = look(data, SplitOptions.model_validate(options["split"]))
    return _packed({"report": asdict(found.report)}, _rows_of(found.split))


def learn_in_child(options: Mapping[str, Any], parts: Sequence[bytes], tell: Callable[[str], None]) -> bytes:
    """What the child does of `learn_job`."""
    kind = get_kind(options["kind"])
    tell("Learning the words" if kind.form == "tokens" else f"Looking at the {kind.examples}")
    data, (_, rows) = kind.load(parts[0], options["name"]), _opened(parts[1])
    found = learn(data, _split_of(rows), kind.options.model_validate(options["input"]))
    sizes, load = found.measured
    about = {"lengths": asdict(found.lengths), "classes": sizes.classes, "load": asdict(load)}
    return _packed(about, {"encoder": np.frombuffer(found.encoder.to_bytes(), np.uint8)})


def _job(
    work: str, data: LabelledData, options: Mapping[str, Any], parts: Callable[[], Sequence[bytes]],
    answer: Callable[[bytes], _T],
) -> Job[_T]:  # fmt: skip
    memory = _BASE + _PER_CHARACTER * (_characters(data) if isinstance(data, LabelledText) else 0)
    memory += _PER_SAMPLE_BYTE * (_sample_bytes(data) if isinstance(data, LabelledSounds) else 0)
    return Job(
        work=f"{__name__}:{work}", options=options, parts=parts, answer=answer, memory=memory, seconds=SECONDS,
        stopped=_said, long=True,
    )  # fmt: skip


def _said(why: Stopped, _stage: str) -> SeqlabError:
    remedy = "Use fewer rows, or words instead of subwords"
    if why is Stopped.TIME:
        received = f"not finished after {SECONDS:.0f} seconds"
        return DataError("The data take too long to work through", received=received, remedy=remedy)
    received = "texts with very many different words"
    return DataError("The data take more memory to work through than there is", received=received, remedy=remedy)


def _looked(answer: bytes) -> Looked:
    about, rows = _opened(answer)
    told = about["report"]
    lists = {
        "conflicts": tuple((text, tuple(labels)) for text, labels in told["conflicts"]),
        "small_classes": tuple(told["small_classes"]),
        "dropped": tuple(Dropped(each["reason"], each["count"], tuple(each["rows"])) for each in told["dropped"]),
        "notes": tuple(told["notes"]),
    }
    return Looked(_split_of(rows), DataReport(**(told | lists)))


def _rows_of(split: Split) -> dict[str, np.ndarray]:
    return {part: getattr(split, part) for part in PARTS}


def _split_of(rows: Mapping[str, np.ndarray]) -> Split:
    return Split(*(rows[part] for part in PARTS))


def _packed(about: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    sink = io.BytesIO()
    np.savez(sink, about=np.frombuffer(json.dumps(about).encode(), np.uint8), **arrays)  # type: ignore[arg-type]
    return sink.getvalue()


def _opened(packed: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    with np.load(io.BytesIO(packed), allow_pickle=False) as found:
        arrays = {name: found[name] for name in found.files}
    return json.loads(arrays.pop("about").tobytes()), arrays


def _characters(data: LabelledText) -> int:
    return sum(map(len, data.texts))


def _sample_bytes(data: LabelledSounds) -> int:
    return sum(len(sound.data) for sound in data.sounds)
