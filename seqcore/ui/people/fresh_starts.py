"""Workspaces whose owners deleted everything: their browsers get another key, and nothing is kept under the old one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from seqcore.lab.workspace_names import browser_workspace
from seqcore.ui.people.workspaces import browser_key

_MOST = 10_000  # of the last; a browser asks for its new key within a second


class FreshStarts:
    """Names of such workspaces; a server that is started again has forgotten them, and the old key opens nothing."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, None] = OrderedDict()

    def leave(self, workspace: str) -> None:
        """Whoever comes with the key of this workspace gets another one."""
        self._left[workspace] = None
        while len(self._left) > _MOST:
            self._left.popitem(last=False)

    def has_left(self, workspace: str) -> bool:
        """Whether nothing is kept in this workspace any more."""
        return workspace in self._left

    def is_due(self, cookies: Mapping[str, str]) -> bool:
        """Whether a browser with these cookies is to get another key."""
        key = browser_key(cookies) if self._left else None
        return key is not None and self.has_left(browser_workspace(key))
