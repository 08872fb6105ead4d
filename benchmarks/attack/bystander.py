"""What another visitor feels: a process of its own that asks for its page twice a second and says how long it took."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.streamlit_client import Tab, VisitError

_EVERY = 0.5  # seconds
_CALM = 4.0  # seconds that one looks before the attack
_LEAST = 2.0  # seconds of waiting that nobody minds, once
_TIMES = 5  # how much longer than before the attack one may wait: a machine with other work is slow by itself


class Bystander:
    """Somebody who only looks at a page, and has done nothing.

    Attributes:
        lost: Why the connection ended, when it did.
        calm: Seconds of the longest wait before the attack.
    """

    def __init__(self) -> None:
        self.lost, self.calm = "", 0.0
        self._asked, self._worst, self._seen = 0.0, 0.0, asyncio.Event()

    @property
    def worst(self) -> float:
        """Seconds of the longest wait since the attack began, one that goes on included."""
        waiting = time.perf_counter() - self._asked if self._asked else 0.0
        return max(self._worst, waiting)

    @property
    def limit(self) -> float:
        """Seconds that a wait may last."""
        return max(_LEAST, _TIMES * self.calm)

    @property
    def is_well(self) -> bool:
        """Whether nobody would have noticed the attack."""
        return not self.lost and self.worst <= self.limit

    def told(self) -> str:
        """The figure in words."""
        if self.lost:
            return f"the other visitor lost the connection ({self.lost})"
        return f"another waited {self.worst:.1f} s at worst (before: {self.calm:.1f})"

    def begin(self) -> None:
        """From now on waits count."""
        self.calm, self._worst = max(self.calm, self._worst), 0.0

    async def listen(self, lines: asyncio.StreamReader) -> None:
        """Follow what the process says until it ends."""
        async for line in lines:
            word, _, rest = line.decode().strip().partition(" ")
            if word == "asked":
                self._asked = float(rest)
            elif word == "answered":
                self._worst, self._asked = max(self._worst, float(rest)), 0.0
                self._seen.set()
            elif word == "lost":
                self.lost, self._asked = rest, 0.0
                self._seen.set()

    async def first_look(self) -> None:
        """Wait for the first page."""
        await self._seen.wait()


@asynccontextmanager
async def somebody_else(url: str) -> AsyncIterator[Bystander]:
    """Another visitor, for as long as the context lasts, calm for a while before it begins."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.attack.bystander", url, cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    if process.stdout is None or process.stdin is None:
        raise RuntimeError("the other visitor has no pipes")
    visitor = Bystander()
    listening = asyncio.create_task(visitor.listen(process.stdout))
    try:
        await asyncio.wait_for(visitor.first_look(), 60.0)
        visitor.begin()
        visitor.calm = 0.0  # the first page of a server takes as long as it takes
        await asyncio.sleep(_CALM)
        visitor.begin()
        yield visitor
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5.0)
        except TimeoutError:
            process.kill()
            await process.wait()
        await listening  # to the end of what it had to say


async def _look(url: str) -> None:
    async with Tab(url) as tab:
        while True:
            start = time.perf_counter()
            _say(f"asked {start}")
            await tab.refresh()
            _say(f"answered {time.perf_counter() - start:.3f}")
            await asyncio.sleep(max(0.0, _EVERY - (time.perf_counter() - start)))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def main(url: str) -> None:
    """Look until the other end of standard input closes."""
    looking = asyncio.create_task(_look(url))
    ended = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    await asyncio.wait({looking, ended}, return_when=asyncio.FIRST_COMPLETED)
    if looking.done():
        error = looking.exception()
        _say(f"lost {type(error).__name__}: {str(error)[:80]}")
        await ended
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1]))
    except (VisitError, OSError):
        sys.exit(1)
