"""How many bytes a value holds, with everything that hangs on it: what a cache has to count.

Python says it of one object alone (`sys.getsizeof`): of a tuple of texts it counts the tuple. Here an object counts
once however often it is met, an array with what it is a view of, a table with its cells.
"""

from __future__ import annotations

import enum
import sys
import types
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

_OF_THE_PROGRAM = (
    type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, property, enum.Enum,
)  # fmt: skip
_CONTAINERS = (tuple, list, set, frozenset)
_PLAIN = frozenset((str, int, float, bytes, bool, type(None)))  # hold nothing else
_PER_CHARACTER = 8  # bytes of a native tokenizer, for each character of its file: measured 6 to 8


def bytes_held(value: object) -> int:
    """Bytes of a value and of all that it alone can keep alive; code, classes and modules count nothing.

    Example:
        >>> bytes_held(np.zeros(1000)) // 1000
        8
    """
    return _Walk().over(value)


def make_read_only(value: object) -> int:
    """Let nobody change the arrays in a value that several are given; bytes of the value, as `bytes_held` says."""
    return _Walk(lock=True).over(value)


class _Walk:
    """Objects, each of them once.

    Args:
        lock: Whether arrays that are met are made read-only.
    """

    def __init__(self, *, lock: bool = False) -> None:
        self._lock = lock
        self._met: set[int] = set()
        self._waiting: list[object] = []
        self._slots: dict[type[Any], tuple[str, ...]] = {}

    def over(self, value: object) -> int:
        total = self._meet((value,))
        while self._waiting:
            total += self._open(self._waiting.pop())
        return total

    def _meet(self, values: Iterable[object]) -> int:
        """Note those that were not met yet, to be opened; texts and numbers, of which there are many, count at once."""
        met = self._met
        new = {id(value): value for value in values if id(value) not in met}
        met.update(new)
        plain = [value for value in new.values() if type(value) in _PLAIN]
        if len(plain) < len(new):
            self._waiting += [value for value in new.values() if type(value) not in _PLAIN]
        return sum(map(sys.getsizeof, plain))

    def _open(self, value: Any) -> int:
        if isinstance(value, _OF_THE_PROGRAM):
            return 0
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, _CONTAINERS):
            return sys.getsizeof(value) + self._meet(value)
        if isinstance(value, Mapping) and hasattr(value, "__sizeof__"):
            return sys.getsizeof(value) + self._meet(value.keys()) + self._meet(value.values()) + self._parts(value)
        module = type(value).__module__.partition(".")[0]
        if module == "pyarrow":
            size = getattr(value, "get_total_buffer_size", None)
            return sys.getsizeof(value) if size is None else int(size())
        if module == "pandas" and type(value).__name__ in ("DataFrame", "Series"):
            return self._table(value)
        if module == "tokenizers" and hasattr(value, "to_str"):
            return _PER_CHARACTER * len(value.to_str())
        return sys.getsizeof(value) + self._parts(value)

    def _array(self, value: np.ndarray) -> int:
        if self._lock:
            value.flags.writeable = False
        head = sys.getsizeof(value) - (value.nbytes if value.base is None else 0)
        if isinstance(value.base, np.ndarray):
            return head + self._meet((value.base,))
        return head + value.nbytes + (self._meet(value.ravel().tolist()) if value.dtype.hasobject else 0)

    def _table(self, value: Any) -> int:
        columns = [value.iloc[:, place] for place in range(value.shape[1])] if hasattr(value, "columns") else [value]
        total = int(value.index.nbytes)
        for column in columns:
            total += int(column.nbytes)
            if column.dtype == object:
                total += self._meet(column.array)
        return total

    def _parts(self, value: Any) -> int:
        """What an object of a class of its own holds, in its dictionary and in slots."""
        kind = type(value)
        if kind not in self._slots:
            self._slots[kind] = _slots(kind)
        held = [getattr(value, "__dict__", None), *(getattr(value, name, None) for name in self._slots[kind])]
        return self._meet(part for part in held if part is not None)


def _slots(kind: type[Any]) -> tuple[str, ...]:
    found: list[str] = []
    for each in kind.__mro__:
        slots = each.__dict__.get("__slots__", ())
        found += (slots,) if isinstance(slots, str) else slots
    return tuple(name for name in found if name not in ("__dict__", "__weakref__"))
