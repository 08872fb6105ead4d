"""A plug-in of pytest (`-p scripts.lines_run`): print what part of each package ran in the tests' own processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scripts.marks import Marks

ROOT = Path(__file__).resolve().parents[1]
NOT_RUN = ROOT / ".lines_not_run"
marks = Marks(ROOT / "seqcore")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before anything of ours is imported."""
    marks.install()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands over what it ran."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["ran"] = {path: bytes(ran) for path, ran in marks.ran.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The other end of it; a worker that crashed has nothing to hand over."""
    marks.add(getattr(node, "workeroutput", {}).get("ran", {}))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table, and write which lines it misses."""
    lines = {path.relative_to(ROOT): found for path, found in marks.lines().items()}
    NOT_RUN.write_text("\n".join(not_run(lines)) + "\n", encoding="utf-8")
    terminalreporter.write_line(f"{table(lines)}\n{NOT_RUN.name} says which lines.")


def table(files: Mapping[Path, list[tuple[int, bool]]]) -> str:
    """A line a package, then all together: percent of the statements that ran, and how many did not.

    Args:
        files: Of every file, by its path from the root, the line of each of its statements, and whether it ran.
    """
    total, ran = Counter[str](), Counter[str]()
    for path, lines in files.items():
        for name in ("/".join(path.parts[:2]) if len(path.parts) > 2 else path.parts[0], "all"):
            total[name] += len(lines)
            ran[name] += sum(passed for _, passed in lines)
    return "\n".join(
        f"{name:<24}{ran[name] / (total[name] or 1):>6.1%}{total[name] - ran[name]:>8,} not run"
        for name in sorted(total, key=lambda name: (name == "all", name))
    )


def not_run(files: Mapping[Path, list[tuple[int, bool]]]) -> list[str]:
    """A line a file of which something did not run: its path, then the numbers of its lines."""
    missing = {path: sorted({line for line, passed in lines if not passed}) for path, lines in files.items()}
    return [f"{path.as_posix()}: {', '.join(map(str, lines))}" for path, lines in missing.items() if lines]
