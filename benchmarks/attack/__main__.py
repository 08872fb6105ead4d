"""Repeats what broke the server, and says of each try whether it held.

    python -m benchmarks.attack [--only clear_cache --only memory] [--full] [--json] [--minutes 40] [--root CHECKOUT]

Every try meets a server that is started for it on 127.0.0.1, with a home folder of its own and a workspace for each
browser; nothing else can be attacked. Most tries have a second visitor, in a process of its own, who asks for the page
twice a second and says how long that took. Sizes are bounded for two cores; `--full` takes those of the first attack.
Exits with 1 when a try broke the server or could not be made.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.attack import connections, engine, faults, freezing, identity, memory, privacy, turns
from benchmarks.attack.target import Ground, Target, serving, settled
from benchmarks.attack.tries import Outcome, Try, tries

FAMILIES = (identity, privacy, freezing, memory, turns, engine, connections, faults)
_MODE_OF_HOME = 0o755  # as a person makes a folder


@contextmanager
def ground(root: Path, *, full: bool) -> Iterator[tuple[Ground, Path]]:
    """A home folder and a place for the log; a disk that a try has mounted there is taken away."""
    with tempfile.TemporaryDirectory(prefix="seqlab-attack-") as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=_MODE_OF_HOME)
        home.chmod(_MODE_OF_HOME)
        try:
            yield Ground(root, home, full), Path(folder) / "server.log"
        finally:
            if home.is_mount():
                subprocess.run(["umount", "--lazy", str(home)], check=False)


async def make(each: Try, target: Target) -> Outcome:
    """One try, broken off when it takes too long."""
    try:
        return await asyncio.wait_for(each.act(target), each.seconds)
    except TimeoutError:
        return Outcome(False, f"no result within {each.seconds:.0f} s", tried=False)
    except Exception as error:  # a try that fails is a line in the table, not the end of it
        return Outcome(False, f"{type(error).__name__}: {error}"[:200], tried=False)


def make_alone(each: Try, root: Path, *, full: bool) -> Outcome:
    """One try on a server of its own."""
    with ground(root, full=full) as (place, log):
        try:
            if each.prepare is not None:
                each.prepare(place)
            with serving(place, log, each.settings) as target:
                asyncio.run(settled(target))
                return asyncio.run(make(each, target))
        except (RuntimeError, subprocess.SubprocessError, OSError) as error:
            return Outcome(False, f"{type(error).__name__}: {error}"[-300:], tried=False)


def make_all(chosen: Sequence[Try], root: Path, minutes: float, *, full: bool) -> Iterator[tuple[Try, Outcome]]:
    """Every try with what came of it: first those that share a server, then those with one of their own."""
    deadline = time.monotonic() + 60 * minutes
    together = [each for each in chosen if not each.alone]
    if together:
        with ground(root, full=full) as (place, log), serving(place, log, {}) as target:
            for each in together:
                yield each, asyncio.run(make(each, target))
    for each in chosen:
        if each.alone and time.monotonic() > deadline:
            yield each, Outcome(False, "there was no time left for it", tried=False)
        elif each.alone:
            yield each, make_alone(each, root, full=full)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="a try or a family of tries")
    parser.add_argument("--full", action="store_true", help="the sizes of the first attack")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each try")
    parser.add_argument("--list", action="store_true", help="say what there is and try nothing")
    parser.add_argument("--minutes", type=float, default=60.0, help="after which no further try begins")
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout to attack")
    arguments = parser.parse_args()
    try:
        chosen = list(tries(arguments.only))
    except KeyError as error:
        parser.error(str(error.args[0]))
    if arguments.list:
        for each in chosen:
            print(f"{each.family:12}{each.name:18}{each.does}")
        return
    held = 0
    for each, outcome in make_all(chosen, arguments.root.resolve(), arguments.minutes, full=arguments.full):
        held += outcome.held
        verdict = "held" if outcome.held else "BROKEN" if outcome.tried else "not tried"
        if arguments.json:
            line = {"name": each.name, "family": each.family, "does": each.does, "verdict": verdict.lower()}
            print(json.dumps(line | {"figure": outcome.figure}), flush=True)
        else:
            print(f"{verdict:10}{each.name:18}{outcome.figure}", flush=True)
    if not arguments.json:
        print(f"{held} of {len(chosen)} held")
    sys.exit(0 if held == len(chosen) else 1)


if __name__ == "__main__":
    main()
