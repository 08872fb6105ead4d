"""The x-ray in a process of its own: it imports scikit-learn and works for seconds, which no page shall wait for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from seqcore.analysis.xray import XRay
from seqcore.datasets import LabelledText
from seqcore.errors import DataError, SeqlabError
from seqcore.lab.xray.examine import examine
from seqcore.spec import SplitOptions

SECONDS = 900.0
_ROOT = Path(__file__).resolve().parents[3]
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from seqcore.lab.xray import child; child.examine_in_child()"
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
_NICE = 10  # whoever waits for a page or a training comes first


class Look:
    """One x-ray in its own process; `cancel` ends it from another thread.

    Args:
        data: What is looked at.
        options: How its rows are shared out.
    """

    def __init__(self, data: LabelledText, options: SplitOptions) -> None:
        self._data, self._options = data, options
        self._lock = threading.Lock()
        self._cancelled = False
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, told: Callable[[str], None], seconds: float = SECONDS) -> XRay | None:
        """Wait for what it finds; None when it was cancelled.

        Args:
            told: Called with what is looked at now.
            seconds: The longest that it may take.

        Raises:
            SeqlabError: it cannot be done, or takes too long.
        """
        process = self._started()
        if process is None:
            return None
        watch = threading.Timer(seconds, process.kill)
        watch.daemon = True
        watch.start()
        try:
            threading.Thread(target=self._feed, args=(process,), daemon=True).start()
            return self._listened(process, told)
        finally:
            watch.cancel()
            process.kill()
            process.wait()

    def cancel(self) -> None:
        """End it; what it found so far is lost."""
        with self._lock:
            self._cancelled = True
            if self._process is not None:
                self._process.kill()

    def _started(self) -> subprocess.Popen[bytes] | None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _ONE_THREAD
        options = self._options.model_dump_json()
        command = [sys.executable, "-I", "-c", _CHILD, str(_ROOT), options, str(os.getpid())]
        with self._lock:
            if self._cancelled:
                return None
            self._process = subprocess.Popen(
                command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            return self._process

    def _feed(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is not None:
            with suppress(OSError), process.stdin as entry:  # it may have ended before it has read all
                entry.write(self._data.to_parquet())

    def _listened(self, process: subprocess.Popen[bytes], told: Callable[[str], None]) -> XRay | None:
        for line in process.stdout or ():
            try:
                said: dict[str, Any] = json.loads(line)
            except ValueError:  # it ended in the middle of it
                break
            if "stage" in said:
                told(str(said["stage"]))
            elif "problem" in said:
                raise DataError(said["problem"], received=said["received"], remedy=said["remedy"])
            else:
                return XRay.model_validate(said["found"])
        if self._cancelled:
            return None
        raise SeqlabError(
            "The data could not be looked through",
            received="it took too long, or more memory than there is",
            remedy="Try fewer rows, or python -m seqcore xray FILE on your own machine",
        )


def examine_in_child() -> None:
    """What the child does: the data on standard input, stages and what was found as lines of JSON on the output."""
    _, _, options, parent = sys.argv
    with suppress(OSError, AttributeError):  # Windows has neither
        os.nice(_NICE)

    def told(stage: str) -> None:
        if os.name != "nt" and os.getppid() != int(parent):
            os._exit(0)  # nobody waits for it any more
        _say({"stage": stage})

    try:
        data = LabelledText.from_parquet(sys.stdin.buffer.read())
        _say({"found": examine(data, SplitOptions.model_validate_json(options), told).model_dump(mode="json")})
    except SeqlabError as error:
        _say({"problem": error.problem, "received": error.received, "remedy": error.remedy})
    sys.stdout.flush()
    os._exit(0)  # Arrow's threads now and then abort an orderly end


def _say(what: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.flush()
