"""Which width makes a model as large as another.

An architecture declares which of its settings is its width. The embedding is as wide as it was set, in every model:
what a word is told by is no property of the architectures that are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seqcore.architectures.registry import Architecture, Sizes
from seqcore.errors import OptionError
from seqcore.spec import Options, declared


@dataclass(frozen=True)
class Size:
    """How many numbers a model has.

    Attributes:
        parameters: All that training changes.
        beside_vectors: Those of them that do not give the steps their vectors (in models of text, the embedding).
    """

    parameters: int
    beside_vectors: int


def size_of(architecture: Architecture, sizes: Sizes, options: Options) -> Size:
    """How large a model is, as its architecture declares it."""
    parts = architecture.parameters(sizes, options)
    total = sum(parts.values())
    return Size(total, total - parts.get(sizes.input.part, 0))


def widths(architecture: Architecture) -> range:
    """Every width that an architecture may have; none where it declares no width."""
    if architecture.width is None:
        return range(0)
    rules = declared(architecture.options)[architecture.width].metadata
    (least,) = (int(rule.ge) for rule in rules if hasattr(rule, "ge"))
    (greatest,) = (int(rule.le) for rule in rules if hasattr(rule, "le"))
    return range(least, greatest + 1)


def with_width(architecture: Architecture, options: Options, width: int) -> Options:
    """The same options with another width.

    Raises:
        OptionError: it does not go together with the others.
    """
    return architecture.validate_options(options.model_dump() | {str(architecture.width): width})


def width_of_size(architecture: Architecture, sizes: Sizes, options: Options, parameters: int) -> int | None:
    """The width with which a model has as nearly as possible so many parameters in all, the smaller of two as near.

    Args:
        architecture: Of the model.
        sizes: What the data decide about it.
        options: Its other settings.
        parameters: How many are wanted.

    Returns:
        None where it has no width.
    """
    counted = [
        (abs(sum(architecture.parameters(sizes, wider).values()) - parameters), width)
        for width, wider in _every_width(architecture, options)
    ]
    return next((width for _, width in sorted(counted) if _goes(architecture, options, width)), None)


def _every_width(architecture: Architecture, options: Options) -> Iterator[tuple[int, Options]]:
    for width in widths(architecture):
        yield width, options.model_copy(update={str(architecture.width): width})


def _goes(architecture: Architecture, options: Options, width: int) -> bool:
    """Whether a width goes together with the other settings (heads, say, have to divide some of them)."""
    try:
        with_width(architecture, options, width)
    except OptionError:
        return False
    return True
