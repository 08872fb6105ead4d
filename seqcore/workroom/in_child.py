"""What a child does: one piece of work that it is given on standard input, within the bounds that come with it.

The input begins with a line of JSON that says what to do; behind it stand the parts. The output has a line of JSON for
each thing that is told, and one that says how many bytes the answer behind it has.
"""

from __future__ import annotations

import importlib
import json
import math
import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from seqcore.errors import SeqlabError

MARK = "IN_A_CHILD"  # stands in the environment of a child and of nothing else
_LOOK_FOR_PARENT = 1.0  # seconds between two looks whether anybody still waits
_MEGABYTE = 1024**2
_MAPPED = 1024**3  # bytes of address space for libraries and files, which take no memory of their own
_LONGEST_TRACEBACK = 4000


def is_child() -> bool:
    """Whether this process is a child that works within bounds already."""
    return MARK in os.environ


def tell(stage: str) -> None:
    """From inside a child: what is being done, told to whoever waits; elsewhere nothing."""
    if _output:
        _say(_output[0], {"stage": stage})


_output: list[BinaryIO] = []


def work() -> None:
    """Wait for a piece of work and do it; `sys.argv` names modules that are imported before it comes."""
    _, _, parent, *modules = sys.argv
    for name in modules:
        importlib.import_module(name)
    entry = sys.stdin.buffer
    header = entry.readline()
    if not header:  # nobody needs it any more
        os._exit(0)
    asked: dict[str, Any] = json.loads(header)
    threading.Thread(target=_end_with_parent, args=(int(parent),), daemon=True).start()
    parts = [entry.read(size) for size in asked["sizes"]]
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _output.append(output)
    _bound(asked["memory"], asked["seconds"], asked["nice"])
    try:
        _answer(output, asked, parts)
    except SeqlabError as error:
        said = {"problem": error.problem, "received": error.received, "remedy": error.remedy}
        _say(output, {"kind": type(error).__name__, **said})
    except MemoryError:
        _say(output, {"stopped": "memory"})
    except Exception:
        _say(output, {"failed": traceback.format_exc()[-_LONGEST_TRACEBACK:]})
    output.flush()
    os._exit(0)  # Arrow's threads now and then abort an orderly end


def _answer(output: BinaryIO, asked: dict[str, Any], parts: list[bytes]) -> None:
    module, _, name = asked["work"].partition(":")
    do: Callable[..., bytes] = getattr(importlib.import_module(module), name)
    found = do(asked["options"], parts, tell)
    _say(output, {"answer": len(found)})
    view = memoryview(found)
    for at in range(0, len(view), _MEGABYTE):
        output.write(view[at : at + _MEGABYTE])


def _say(output: BinaryIO, what: dict[str, Any]) -> None:
    output.write(json.dumps(what).encode() + b"\n")
    output.flush()


def _end_with_parent(parent: int) -> None:
    """On Windows the system tells nobody who was orphaned; there the limit of time ends it."""
    pause = threading.Event()
    while os.name != "nt" and not pause.wait(_LOOK_FOR_PARENT):
        if os.getppid() != parent:
            os._exit(0)


def _bound(memory: int, seconds: float, nice: int) -> None:
    """At most so many bytes and seconds for this process, where the system can see to it (not on Windows).

    The limit of data counts what is written to and shared with nobody, which is what it takes of the machine; that of
    the address space, which libraries and mapped files count towards too, stands behind it.
    """
    with suppress(OSError, AttributeError):
        os.nice(nice)
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_DATA: memory,
        resource.RLIMIT_AS: memory + _MAPPED,
        resource.RLIMIT_CPU: math.ceil(seconds),  # then a signal ends it that says so
        resource.RLIMIT_CORE: 0,  # an abort leaves no copy of somebody's data on the disk
    }
    for limit, value in wanted.items():
        _, most = resource.getrlimit(limit)
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, most))
