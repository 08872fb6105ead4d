"""What a session keeps of its uploads: Streamlit alone would keep every one until the session ends."""

from __future__ import annotations

from seqcore.settings import get_settings
from seqcore.ui import compat
from seqcore.ui.server.limits import MEGABYTE

FILES_KEPT = 256  # of a session: one of each class may be combined; the bytes together are bounded below


def forget_old_uploads(session: str) -> None:
    """Let go of a session's oldest files when it has more than it can use, or more than twice the largest."""
    most = 2 * get_settings().max_file_mb * MEGABYTE
    newest, held = 0, 0
    for file in reversed(compat.kept_uploads(session)):
        newest, held = newest + 1, held + file.bytes
        if newest > FILES_KEPT or held > most:
            compat.forget_upload(session, file.file_id)
