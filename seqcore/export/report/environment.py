"""The packages that decide what a training gives, with their versions."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("tensorflow", "keras", "numpy", "tokenizers", "scikit-learn", "scipy")


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
    """The same as `pip install -r` reads them."""
    return "".join(f"{name}=={number}\n" for name, number in packages.items() if name != "Python")
