"""Pretrained word vectors of a file, for the texts that models learn from."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO

from seqcore.datasets import LabelledData, split_rows
from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import DataError, OptionError, SeqlabError
from seqcore.kinds import get_kind
from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.vectors import WordVectors, read_vectors, words_of
from seqcore.kinds.text.vectors.coverage import Coverage, coverage
from seqcore.kinds.whole_data import fit_encoder
from seqcore.spec import InputOptions
from seqcore.workroom import Job, Stopped

if TYPE_CHECKING:
    from seqcore.datasets.split import Split
    from seqcore.lab.plan import Choices

SECONDS = 300.0  # of a processor
_MEMORY = 768 * 1024**2  # bytes of Python with its libraries, and of what is kept of a file
_PER_CHARACTER = 60  # bytes; of texts in which every word is another one


def vectors_for(data: LabelledData, file: BinaryIO, name: str) -> WordVectors:
    """The vectors that a file has of the words of the data.

    Args:
        data: Texts; of all of them words are kept, and which get a vector is decided by the training texts.
        file: Open, at its beginning.
        name: Its name as given.

    Raises:
        OptionError: the data are no texts.
        DataError: it is no file of word vectors, damaged, or has a vector of none of the words.
    """
    if not isinstance(data, LabelledText):
        raise OptionError("Word vectors are for texts", received=f"data of the kind {data.kind}")
    return read_vectors(file, name, words_of(data.texts))


def coverage_of(data: LabelledData, chosen: Choices, vectors: WordVectors) -> Coverage:
    """How much of the training texts the vectors cover, as the models will read them.

    Raises:
        DataError: the data are too few to be split.
        OptionError: the data are no texts.
    """
    return covered(data, split_rows(data, chosen.split.drawn_for(chosen.every_seed[0])), chosen.input, vectors)


def covered(data: LabelledData, split: Split, options: InputOptions, vectors: WordVectors) -> Coverage:
    """The same of rows that are shared out already.

    Raises:
        OptionError: the data are no texts.
    """
    encoder = fit_encoder(data, split.train, options)
    if not isinstance(encoder, TextEncoder):
        raise OptionError("Word vectors are for texts", received=f"data of the kind {data.kind}")
    return coverage(vectors, encoder, [data.examples[row] for row in split.train])


def read_job(data: LabelledData, file: bytes, name: str) -> Job[WordVectors]:
    """`vectors_for` as work for a child."""
    asked = {"kind": data.kind, "name": data.name, "file": name}
    return _job("read_in_child", data, asked, lambda: [data.to_parquet(), file], WordVectors.from_bytes, len(file))


def cover_job(data: LabelledData, split: Split, options: InputOptions, vectors: WordVectors) -> Job[Coverage]:
    """`covered` as work for a child."""
    asked = {"kind": data.kind, "name": data.name, "input": options.model_dump(mode="json"),
             "train": split.train.tolist()}  # fmt: skip

    def answer(said: bytes) -> Coverage:
        told = json.loads(said)
        missing = tuple((word, times) for word, times in told["missing"])
        return Coverage(**(told | {"missing": missing, "notes": tuple(told["notes"])}))

    parts = [data.to_parquet(), vectors.to_bytes()]
    return _job("cover_in_child", data, asked, lambda: parts, answer, len(parts[1]))


def read_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does of `read_job`."""
    data = get_kind(options["kind"]).load(parts[0], options["name"])
    return vectors_for(data, io.BytesIO(parts[1]), options["file"]).to_bytes()


def cover_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does of `cover_job`."""
    import numpy as np

    from seqcore.datasets.split import Split

    kind, none = get_kind(options["kind"]), np.zeros(0, np.int64)
    data, split = kind.load(parts[0], options["name"]), Split(np.array(options["train"], np.int64), none, none)
    found = covered(data, split, kind.options.model_validate(options["input"]), WordVectors.from_bytes(parts[1]))
    return json.dumps(asdict(found)).encode()


def _job(
    work: str, data: LabelledData, options: Mapping[str, Any], parts: Callable[[], Sequence[bytes]],
    answer: Callable[[bytes], Any], size: int,
) -> Job[Any]:  # fmt: skip
    written = sum(map(len, data.examples))
    return Job(
        work=f"{__name__}:{work}", options=options, parts=parts, answer=answer,
        memory=_MEMORY + _PER_CHARACTER * written + 3 * size, seconds=SECONDS, stopped=_said, long=True,
    )  # fmt: skip


def _said(why: Stopped, _stage: str) -> SeqlabError:
    if why is Stopped.TIME:
        received = f"not finished after {SECONDS:.0f} seconds"
        return DataError("The word vectors take too long to read", received=received, remedy="Give a smaller file")
    return DataError(
        "The word vectors take more memory to read than there is for one file",
        remedy="Give vectors of fewer dimensions",
    )
