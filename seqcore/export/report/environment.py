"""The packages that decide what a training gives, with their versions."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, distribution, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PACKAGES = ("tensorflow", "keras", "numpy", "tokenizers", "budoux", "scikit-learn", "scipy")


def environment() -> dict[str, str]:
    """Python's version and those of the packages, as they are installed here."""
    found = {"Python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a server of pages may stand on a machine without them
            continue
    return found


def requirements(packages: dict[str, str]) -> str:
    """The same and all that they need in turn, as `pip install -r` reads them.

    Args:
        packages: What `environment` gives.
    """
    named = {name: number for name, number in packages.items() if name != "Python"}
    needed = {name: number for name, number in sorted(_needed_by(named).items()) if name not in named}
    machine = f"Python {packages['Python']}, {platform.system()} on {platform.machine()}"
    return "\n".join(
        (
            f"# As installed where the report was written: {machine}.",
            *_pinned(named),
            "# What these need in turn. Delete a line that pip cannot install on your machine.",
            *_pinned(needed),
            "",
        )
    )


def _pinned(packages: dict[str, str]) -> list[str]:
    return [f"{name}=={number}" for name, number in packages.items()]


def _needed_by(names: dict[str, str]) -> dict[str, str]:
    """These packages and whatever they need here, each with its version."""
    found: dict[str, str] = {}
    asked, waiting = set(), [Requirement(name) for name in names]
    while waiting:
        each = waiting.pop()
        name = canonicalize_name(each.name)
        if (name, *sorted(each.extras)) in asked:
            continue
        asked.add((name, *sorted(each.extras)))
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        found[name] = installed.version
        extras = ("", *each.extras)
        below = map(Requirement, installed.requires or ())
        waiting += [one for one in below if not one.marker or any(one.marker.evaluate({"extra": e}) for e in extras)]
    return found
