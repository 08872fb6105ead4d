"""Ask pip-audit for known vulnerabilities of what requirements.txt pins: 0 none, 1 some, 3 the database was not there.

pip-audit runs in an environment of its own. What its database says nothing of it calls "No known vulnerabilities found"
all the same, so the packages that it skipped are counted here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PIP_AUDIT = "pip-audit==2.10.1"
FINE, VULNERABLE, UNKNOWN = 0, 1, 3
NOT_REACHED = "The database of known vulnerabilities could not be asked, so nothing is known about what is pinned."


def verdict(report: dict[str, Any]) -> tuple[int, list[str]]:
    """The exit status and what to say.

    Args:
        report: As pip-audit prints it with `--format json`.
    """
    packages = report["dependencies"]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    said = [
        f"{each['name']} {each['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version'}"
        for each in packages
        for found in each.get("vulns", ())
    ]
    if said:
        return VULNERABLE, said
    if not packages or len(skipped) == len(packages):
        return UNKNOWN, [NOT_REACHED]
    if skipped:
        return UNKNOWN, [
            f"The database has nothing on {len(skipped)} of {len(packages)} packages: {', '.join(skipped)}"
        ]
    return FINE, [f"No known vulnerabilities in {len(packages)} packages."]


def main() -> int:
    """Ask and say it."""
    command = [sys.executable, "-m", "uv", "tool", "run", "--from", PIP_AUDIT, "pip-audit", "--disable-pip"]
    command += ["--no-deps", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run([*command, "-r", str(ROOT / "requirements.txt")], capture_output=True, text=True)
    try:
        status, said = verdict(json.loads(done.stdout))
    except ValueError:  # it ended without a report: no network, or no pip-audit
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        status, said = UNKNOWN, [f"{NOT_REACHED} ({last[0][:300]})"]
    sys.stdout.write("\n".join(said) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
