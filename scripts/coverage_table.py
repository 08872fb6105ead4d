"""Print what part of each package the last `pytest --cov` ran; `coverage report -m` names the lines it did not."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def table(files: Mapping[str, Mapping[str, int]]) -> str:
    """A line a package, then all together: percent of the lines and branches that were run, and how many were not.

    Args:
        files: Coverage's summary of each file, by its path from the root.
    """
    packages: dict[str, Counter[str]] = {}
    for path, summary in files.items():
        parts = Path(path).parts
        package = "/".join(parts[:2]) if len(parts) > 2 else parts[0]
        for name in (package, "all"):
            packages.setdefault(name, Counter()).update(summary)
    named = sorted(packages.items(), key=lambda item: (item[0] == "all", item[0]))
    return "\n".join(f"{name:<24}{_percent(counts):>6.1%}{_missing(counts):>8,} not run" for name, counts in named)


def _percent(counts: Mapping[str, int]) -> float:
    total = counts["num_statements"] + counts["num_branches"]
    return (counts["covered_lines"] + counts["covered_branches"]) / total if total else 1.0


def _missing(counts: Mapping[str, int]) -> int:
    return counts["missing_lines"] + counts["missing_branches"]


def main() -> None:
    import coverage

    measured = coverage.Coverage(config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(report))
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    counted = (
        "num_statements",
        "num_branches",
        "covered_lines",
        "covered_branches",
        "missing_lines",
        "missing_branches",
    )
    print(table({path: {name: file["summary"][name] for name in counted} for path, file in files.items()}))


if __name__ == "__main__":
    main()
