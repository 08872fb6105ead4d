"""A pretrained encoder of a folder or a zip, read without running anything of it."""

from __future__ import annotations

import io
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from seqcore.errors import DataError
from seqcore.kinds.text.pretrained.config import EncoderConfig, read_config
from seqcore.kinds.text.pretrained.piece_ids import LONGEST, with_our_ids
from seqcore.kinds.text.pretrained.pretrained_encoder import PretrainedEncoder
from seqcore.kinds.text.pretrained.tensor_file import Tensor, TensorFile
from seqcore.kinds.text.pretrained.tensor_names import POSITIONS, TYPES, WORDS, shapes, usual_name

CONFIG, TOKENIZER, WEIGHTS = "config.json", "tokenizer.json", "model.safetensors"
FILES = (CONFIG, TOKENIZER, WEIGHTS)
_PICKLES = ("pytorch_model.bin", "model.bin", "tf_model.h5", "model.pt")
_MOST_MEMBERS = 10_000  # of a zip
_MOST_CONFIG = 2 * 1024**2  # bytes


class _Files(ABC):
    """The files of an encoder, by their names."""

    @property
    @abstractmethod
    def sizes(self) -> Mapping[str, int]:
        """Bytes of each file of the folder in which the encoder is."""

    @abstractmethod
    def opened(self, name: str, stack: ExitStack) -> BinaryIO:
        """A file that can be sought, closed with the stack."""

    def whole(self, name: str, most: int) -> bytes:
        """All of a small file.

        Raises:
            DataError: it is larger.
        """
        if self.sizes[name] > most:
            raise DataError(f"The encoder's {name} is larger than any", received=f"{self.sizes[name]:,} bytes")
        with ExitStack() as stack:
            return self.opened(name, stack).read(most + 1)


class _Folder(_Files):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        found = [path for path in folder.iterdir() if path.is_file()][:_MOST_MEMBERS]
        self._sizes = {path.name: path.stat().st_size for path in found}

    @property
    def sizes(self) -> Mapping[str, int]:
        return self._sizes

    def opened(self, name: str, stack: ExitStack) -> BinaryIO:
        return stack.enter_context((self._folder / name).open("rb"))


class _Zip(_Files):
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = [each for each in archive.infolist() if not each.is_dir()]
        if len(members) > _MOST_MEMBERS:
            raise DataError("The zip has more files than an encoder", received=f"{len(members):,} files")
        folders = sorted(
            (each.filename[: -len(CONFIG)] for each in members if each.filename.rpartition("/")[2] == CONFIG),
            key=lambda folder: (folder.count("/"), folder),
        )
        self._within = folders[0] if folders else ""
        inside = [each for each in members if each.filename.startswith(self._within)]
        self._sizes = {each.filename[len(self._within) :]: each.file_size for each in inside}

    @property
    def sizes(self) -> Mapping[str, int]:
        return self._sizes

    def opened(self, name: str, stack: ExitStack) -> BinaryIO:
        with self._archive.open(self._within + name) as packed:  # read whole: seeking back would unpack it again
            return stack.enter_context(io.BytesIO(packed.read(self.sizes[name])))


def read_folder(folder: Path, name: str, most: int) -> PretrainedEncoder:
    """The encoder of a folder with `config.json`, `tokenizer.json` and `model.safetensors`.

    Args:
        folder: Where they are.
        name: What the encoder is called; never trusted.
        most: Bytes of its weights, at most.

    Raises:
        DataError: something is missing, damaged, too large, or of an encoder that is not read.
    """
    try:
        return _read(_Folder(folder), name, most)
    except OSError as error:
        raise DataError("The encoder's folder cannot be read", received=f"{name[-60:]}: {error.strerror}") from None


def read_zip(file: BinaryIO, name: str, most: int) -> PretrainedEncoder:
    """The same of a zip of these files, which may lie in a folder of it.

    Raises:
        DataError: it is no zip, or damaged; or as for a folder.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _read(_Zip(archive), name, most)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise DataError(
            "The encoder's file is no zip, or it is damaged or protected", received=name[-60:],
            remedy=f"Give a zip of {', '.join(FILES)}",
        ) from None  # fmt: skip


def _read(files: _Files, name: str, most: int) -> PretrainedEncoder:
    refuse_missing(files.sizes)
    if files.sizes[WEIGHTS] > most:
        raise DataError(
            "The encoder is larger than a file may be here",
            received=f"{files.sizes[WEIGHTS] / 1024**2:,.0f} MB of weights",
            remedy=f"The largest is {most / 1024**2:,.0f} MB (SEQLAB_MAX_FILE_MB); weights of 16 bits take half",
        )
    config = read_config(files.whole(CONFIG, _MOST_CONFIG))
    tokenizer, order = with_our_ids(files.whole(TOKENIZER, LONGEST))
    if len(order) > config.vocabulary:
        raise DataError(
            "The encoder's tokenizer has more tokens than the encoder has vectors",
            received=f"{len(order):,} tokens, vocab_size {config.vocabulary:,}",
            remedy="Give the tokenizer.json that belongs to the encoder",
        )
    with ExitStack() as stack:
        weights = _weights(TensorFile(files.opened(WEIGHTS, stack), files.sizes[WEIGHTS]), config, order)
    return PretrainedEncoder(_shown(name), replace(config, vocabulary=len(order), family="bert"), tokenizer, weights)


def refuse_missing(sizes: Mapping[str, int]) -> None:
    """Refuse a folder in which a file is missing, by the names that are there.

    Raises:
        DataError: that is so.
    """
    missing = [name for name in FILES if name not in sizes]
    if not missing:
        return
    if missing == [WEIGHTS] or WEIGHTS in missing:
        pickle = next((each for each in _PICKLES if each in sizes), None)
        if pickle is not None:
            raise DataError(
                f"The encoder's weights are there as {pickle} only, which is never opened: "
                "such a file can run code when it is read",
                remedy=f"Convert it to {WEIGHTS}, or take another revision that has one",
            )
        if f"{WEIGHTS}.index.json" in sizes:
            raise DataError(
                "The encoder's weights are in several files, which is not read", remedy=f"Give one {WEIGHTS}"
            )
    there = ", ".join(sorted(name[:40] for name in sizes)[:8]) or "no files"
    raise DataError(f"There is no {missing[0]}", received=there, remedy=f"Give a folder or a zip of {', '.join(FILES)}")


def _weights(file: TensorFile, config: EncoderConfig, order: list[int]) -> dict[str, Tensor]:
    """The weights that are read, by their usual names, by our ids and positions.

    Raises:
        DataError: one is missing, or of another shape than the sizes say.
    """
    names = {usual_name(name): name for name in file.places}
    wanted = dict(shapes(config))
    for usual, shape in wanted.items():
        if usual not in names:
            raise DataError(
                "A weight of the encoder is missing", received=usual,
                remedy="Give the model.safetensors that belongs to the config.json",
            )  # fmt: skip
        found = file.places[names[usual]].shape
        if found != shape:
            raise DataError(
                "A weight of the encoder has another shape than its config.json says",
                received=f"{usual} of {_sides(found)} instead of {_sides(shape)}",
                remedy="Give the model.safetensors that belongs to the config.json",
            )
    weights = {usual: file.read(names[usual]) for usual in wanted}
    weights[WORDS] = weights[WORDS][order]
    positions = weights[POSITIONS][config.offset :]
    if TYPES in names:
        types = file.read(names[TYPES])
        if types.ndim != 2 or not len(types) or types.shape[1] != config.hidden:
            raise DataError(
                "A weight of the encoder has another shape than its config.json says",
                received=f"{TYPES} of {_sides(types.shape)}",
            )
        positions = positions.astype(np.float32) + types[0].astype(np.float32)
    weights[POSITIONS] = positions
    return weights


def _sides(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "a single number"


def _shown(name: str) -> str:
    """The end of a path, short and without signs that move the cursor."""
    last = name.replace("\\", "/").rstrip("/")
    return "".join(sign for sign in last if sign.isprintable())[-80:] or "encoder"
