"""What a downloaded file is called."""

from __future__ import annotations

import re


def file_name(text: str, ending: str) -> str:
    """A file name made of plain letters and digits: nobody's text decides where a download goes."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()[:50] or "sequence-lab"
    return f"{stem}.{ending}" if ending else stem
