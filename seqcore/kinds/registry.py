"""The list of kinds of data: a look-up that names what exists."""

from __future__ import annotations

from collections.abc import Iterator

from seqcore.errors import DataError
from seqcore.kinds.base import Kind

_REGISTRY: dict[str, Kind] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Add a kind; from here on data, runs and models of it are understood everywhere.

    Raises:
        ValueError: the name is taken, or the options name another kind.
    """
    if kind.name in _REGISTRY:
        raise ValueError(f"kind {kind.name!r} is registered twice")
    if kind.options.model_fields["kind"].default != kind.name:
        raise ValueError(f"the options of kind {kind.name!r} name another kind")
    _REGISTRY[kind.name] = kind()
    return kind


def get_kind(name: str) -> Kind:
    """The kind of that name.

    Raises:
        DataError: there is none; the message lists those that exist.
    """
    try:
        return _REGISTRY[name]
    except KeyError:
        raise DataError(
            "There is no kind of data of that name", received=repr(name), remedy=f"Choose from: {', '.join(_REGISTRY)}"
        ) from None


def kinds() -> Iterator[Kind]:
    """Every kind, in the order of registration."""
    return iter(tuple(_REGISTRY.values()))
