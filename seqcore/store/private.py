"""Keeps a home folder to whoever runs the program: nobody else on the machine reads data, texts or models."""

from __future__ import annotations

import contextlib
import logging
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqcore.settings import Settings

OWNER_ONLY = 0o700  # of folders; without leave to enter, of files
_DATABASE, _FOLDERS = "sequence-lab.db", ("artifacts", "logs")

_log = logging.getLogger(__name__)


def keep_private(settings: Settings) -> None:
    """Make the home folder and what lies in it, where missing, for their owner alone, and narrow what is wider.

    The home folder itself is left as it is where it also holds something else than ours: then it is somebody's folder
    that we were given, perhaps shared on purpose, and only our database, files and logs in it are narrowed. Places that
    the settings name (`database_url`, `artifacts_url`) are left alone: a cluster's folder may be shared by a group.
    Whatever cannot be made or narrowed is left for whoever writes to it, who says what is wrong.

    Args:
        settings: Which home folder, and what is elsewhere.
    """
    home = settings.home.expanduser()
    if os.name == "nt":  # permissions of other users are not kept in modes there
        return
    with contextlib.suppress(OSError):
        home.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        if _is_ours(home):
            _narrow(home)
    for name in _FOLDERS:
        if name != "artifacts" or not settings.artifacts_url:
            with contextlib.suppress(OSError):
                (home / name).mkdir(mode=OWNER_ONLY, exist_ok=True)
                _narrow(home / name)
    if not settings.database_url:
        database = home / _DATABASE
        with contextlib.suppress(OSError):
            os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY & 0o666))  # SQLite fills it
        for file in (database, *(home / f"{_DATABASE}{end}" for end in ("-wal", "-shm", "-journal"))):
            _narrow(file)


def _is_ours(home: Path) -> bool:
    """Whether a folder holds nothing but what we put there, or nothing yet."""
    return all(entry.name in _FOLDERS or entry.name.startswith(_DATABASE) for entry in home.iterdir())


def _narrow(path: Path) -> None:
    """Take away what anybody but the owner may do, if it is ours to take; a link is followed by whoever made it."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or found.st_uid != os.geteuid() or not found.st_mode & 0o077:
            return
        path.chmod(stat.S_IMODE(found.st_mode) & ~0o077)
    except FileNotFoundError:
        return
    except OSError:
        _log.warning("%s can be read by others, and that could not be changed", path)
