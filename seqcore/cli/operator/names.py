"""Workspaces by names short enough for a table and long enough to tell them apart."""

from __future__ import annotations

_SIGNS = 8  # of a hash: one in four billion


def short_workspace(name: str) -> str:
    """`browser-3f2a9c01` of a browser's or an account's workspace, whose name ends in a long hash; others whole."""
    kind, dash, rest = name.partition("-")
    return f"{kind}-{rest[:_SIGNS]}" if dash and kind in ("browser", "account") else name
