"""One piece of work done by a process of its own: whatever its data break or swell is that process."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from seqcore import errors
from seqcore.errors import DataError, SeqlabError
from seqcore.workroom.in_child import MARK
from seqcore.workroom.job import Job, Stopped

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_ROOT = Path(__file__).resolve().parents[2]
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from seqcore.workroom import in_child; in_child.work()"
# The last two choose how BLAS multiplies: the same numbers come out here and there.
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
# One thread, and memory by the plain allocator: others reserve gigabytes that they never use.
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    MARK: "1",
}
_BUSY = 4.0  # times its seconds of a processor, for a machine on which others want it too
_LONGEST_LINE = 1_000_000  # bytes of what is told; a child that was taken over may write anything


class Child:
    """A process that does one piece of work; `end` ends it from another thread.

    Args:
        modules: What it imports before the work comes, so that the work need not wait for it.
    """

    def __init__(self, modules: Sequence[str] = ()) -> None:
        command = [sys.executable, "-I", "-c", _CHILD, str(_ROOT), str(os.getpid()), *modules]
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _ENVIRONMENT
        self._stopped: Stopped | None = None
        self._ended = False
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def do(self, job: Job[_T], told: Callable[[str], None] = lambda stage: None) -> _T | None:
        """Have the work done, and wait for it; None when it was ended from elsewhere.

        Args:
            job: The work.
            told: Called with what the child is at.

        Raises:
            SeqlabError: what the work says is wrong, or what is said when it passes its bounds.
        """
        process = self._process
        watch = threading.Timer(_BUSY * job.seconds, self._stop, (Stopped.TIME,))
        watch.daemon = True
        watch.start()
        try:
            threading.Thread(target=self._feed, args=(job,), daemon=True).start()
            said = _Said(told)
            size = said.listen(process.stdout, job.memory) if process.stdout else None
            answer = _received(job, process.stdout, size) if process.stdout and size is not None else None
            process.kill()  # it has said all that is heard
            process.wait()
        finally:
            watch.cancel()
            self.end()
        if answer is not None:
            return answer()
        if self._ended and self._stopped is None:
            return None
        if said.problem is not None:
            raise said.problem
        if said.failed:
            _LOG.error("Work in a child failed at %r: %s", job.work, said.failed)
        raise job.stopped(self._stopped or (Stopped.TIME if self._was_slow() else said.stopped), said.stage)

    def end(self) -> None:
        """End it; what it found so far is lost."""
        self._ended = self._ended or self.alive
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()

    def _was_slow(self) -> bool:
        """Whether the system ended it because its seconds were used up."""
        return hasattr(signal, "SIGXCPU") and self._process.returncode == -signal.SIGXCPU

    def _stop(self, why: Stopped) -> None:
        self._stopped = why
        self._process.kill()

    def _feed(self, job: Job[Any]) -> None:
        if self._process.stdin is None:
            return
        try:
            with self._process.stdin as entry:
                parts = job.parts()
                about = {"work": job.work, "options": dict(job.options), "sizes": [len(part) for part in parts]}
                bounds = {"memory": job.memory, "seconds": job.seconds, "nice": job.nice}
                entry.write(json.dumps(about | bounds).encode() + b"\n")
                for part in parts:
                    entry.write(part)
        except (OSError, ValueError):  # it ended before it had read all
            return
        except Exception:
            _LOG.exception("What a child works on could not be made")
            self._stop(Stopped.BROKEN)


class _Said:
    """What a child says."""

    def __init__(self, told: Callable[[str], None]) -> None:
        self.stage, self.failed = "", ""
        self.stopped = Stopped.BROKEN
        self.problem: SeqlabError | None = None
        self._told = told

    def listen(self, output: Any, most: int) -> int | None:
        """How many bytes the answer has that comes now, so many at most; None when there is none."""
        with suppress(OSError, ValueError):  # closed from elsewhere, or ended in the middle of a line
            while line := output.readline(_LONGEST_LINE):
                said: dict[str, Any] = json.loads(line)
                if "answer" in said:
                    return int(said["answer"]) if int(said["answer"]) <= most else None
                self._take(said)
        return None

    def _take(self, said: dict[str, Any]) -> None:
        if "stage" in said:
            self.stage = str(said["stage"])
            self._told(self.stage)
        elif "problem" in said:
            kind = getattr(errors, str(said.get("kind")), DataError)
            known = isinstance(kind, type) and issubclass(kind, SeqlabError)
            made = kind if known else DataError
            self.problem = made(str(said["problem"]), received=str(said["received"]), remedy=str(said["remedy"]))
        elif "stopped" in said:
            self.stopped = Stopped(said["stopped"])
        else:
            self.failed = str(said.get("failed", ""))


class _Coming:
    """The bytes of an answer, as they come.

    Attributes:
        cut_short: Whether the child ended before it had said all of them.
    """

    closed = False

    def __init__(self, output: IO[bytes], size: int) -> None:
        self._output, self._left = output, size
        self.cut_short = False

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        found = self._output.read(wanted)
        self._left -= len(found)
        self.cut_short = self.cut_short or len(found) < wanted
        return found


def _received(job: Job[_T], output: IO[bytes], size: int) -> Callable[[], _T] | None:
    """Gives what was asked for; None where not all of it comes."""
    coming = _Coming(output, size)
    try:
        if job.from_stream is not None:
            made = job.from_stream(coming)
            return None if coming.cut_short else lambda: made
        found = coming.read()
        return None if coming.cut_short else lambda: job.answer(found)
    except (OSError, ValueError):
        if coming.cut_short or output.closed:
            return None
        raise


def do_alone(job: Job[_T]) -> _T:
    """Have work done by a process for this alone, where no work room is open.

    Raises:
        SeqlabError: whatever the work raises, or it was ended.
    """
    found = Child().do(job)
    if found is None:
        raise DataError("The file was not read", remedy="Try again")
    return found
