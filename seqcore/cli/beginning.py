"""`--vectors` and `--pretrained`: what models begin with."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from seqcore.architectures.pretrained import NAME as PRETRAINED
from seqcore.cli.output import harmless, print_progress
from seqcore.datasets import LabelledData
from seqcore.errors import DataError, OptionError
from seqcore.kinds.text.pretrained import PretrainedEncoder
from seqcore.kinds.text.vectors import WordVectors
from seqcore.lab.plan import Choices
from seqcore.lab.pretrained import find_encoder
from seqcore.lab.vectors import coverage_of, vectors_for
from seqcore.settings import get_settings


@dataclass(frozen=True)
class Wanted:
    """What a person said of what models begin with.

    Attributes:
        file: With pretrained ones; None: models begin as their settings say.
        beside_random: Whether each model is trained with random ones too.
        pretrained: Folder or zip of a pretrained encoder, or its name on the hub; "": none.
        values: Settings that were given by name; they hold, whatever the file has.
    """

    file: Path | None = None
    beside_random: bool = False
    pretrained: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


NO_VECTORS = Wanted()


def with_vectors(data: LabelledData, chosen: Choices, wanted: Wanted) -> tuple[Choices, WordVectors | None]:
    """The choices of models that begin so, and the vectors; how much they cover is said on standard error.

    Raises:
        OptionError: the data are no texts, or models are to be compared with themselves without any vectors.
        DataError: the file cannot be read as word vectors.
    """
    vectors = None
    if wanted.file is not None:
        vectors = _read(data, wanted.file)
        chosen = chosen.with_vectors(vectors).with_values(wanted.values)
        said = coverage_of(data, chosen, vectors).sentences()
        sys.stderr.writelines(f"{harmless(sentence)}\n" for sentence in said)
    if wanted.beside_random and not chosen.input.begins_with_vectors:
        raise OptionError(
            "--beside-random compares models that begin with word vectors",
            remedy="Give a file of them: --vectors FILE, or learn them: --set word_vectors=word2vec",
        )
    return replace(chosen, beside_random=wanted.beside_random or chosen.beside_random), vectors


def with_encoder(chosen: Choices, wanted: Wanted) -> tuple[Choices, PretrainedEncoder | None]:
    """The choices of models that begin with the pretrained encoder, and the encoder; None where none is wanted.

    Raises:
        OptionError: none of the models could begin with one.
        DataError: it cannot be read or fetched.
    """
    if not wanted.pretrained:
        return chosen, None
    if PRETRAINED not in chosen.architectures:
        raise OptionError(
            "--pretrained is for the pretrained transformer, which is not among the models",
            remedy=f"Name it: --architectures {PRETRAINED}",
        )
    encoder = find_encoder(wanted.pretrained, get_settings(), print_progress)
    print_progress(f"{encoder.name}: {encoder.config.told(encoder.parameters)}")
    return chosen.with_pretrained(encoder.content_hash, encoder.config), encoder


def _read(data: LabelledData, path: Path) -> WordVectors:
    try:
        with path.open("rb") as file:
            return vectors_for(data, file, path.name)
    except OSError as error:
        raise DataError("The file of word vectors cannot be opened", received=f"{path}: {error.strerror}") from None
