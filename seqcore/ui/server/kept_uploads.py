"""What the server keeps of a visitor's uploads: Streamlit alone would keep every one until its session ends."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.settings import get_settings
from seqcore.ui import compat
from seqcore.ui.server.limits import MEGABYTE

FILES_KEPT = 256  # of a visitor: one of each class may be combined; the bytes together are bounded below


def forget_old_uploads(sessions: Sequence[str]) -> None:
    """Let go of a visitor's oldest files when there are more than one can use, or more than twice the largest.

    Args:
        sessions: All of the visitor's; the one that has just uploaded first, for its files are the newest.
    """
    most = 2 * get_settings().max_file_mb * MEGABYTE
    newest, held = 0, 0
    for session in sessions:
        for file in reversed(compat.kept_uploads(session)):
            newest, held = newest + 1, held + file.bytes
            if newest > FILES_KEPT or held > most:
                compat.forget_upload(session, file.file_id)
