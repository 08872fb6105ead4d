"""What every page looks like and is mended with: a style sheet and a script that its head links to."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import streamlit as st

from seqcore.ui import compat

_FOLDER = Path(__file__).parent
ICON = str(_FOLDER / "icon.svg")


@dataclass(frozen=True)
class LinkedFile:
    """A file of ours that every page links to; its address changes with its content.

    Attributes:
        name: Of the file.
        content: What is in it.
        media_type: Of its content.
    """

    name: str
    content: str
    media_type: str

    @property
    def url(self) -> str:
        """Where the server has it."""
        stem, _, ending = self.name.rpartition(".")
        return f"/vendor/seqlab-{stem}-{sha256(self.content.encode()).hexdigest()[:12]}.{ending}"


STYLE_SHEET = LinkedFile("style.css", (_FOLDER / "style.css").read_text(encoding="utf-8"), "text/css")
ACCESS_SCRIPT = LinkedFile("access.js", (_FOLDER / "access.js").read_text(encoding="utf-8"), "text/javascript")
LINKED_FILES = (STYLE_SHEET, ACCESS_SCRIPT)
_ICONS = "".join(
    f'<link rel="preload" href="./{font}" as="font" type="font/woff2" crossorigin>' for font in compat.icon_fonts()
)
# Relative, like Streamlit's own links, so that they hold where a proxy serves the app below a path.
HEAD = f'{_ICONS}<link rel="stylesheet" href=".{STYLE_SHEET.url}"><script defer src=".{ACCESS_SCRIPT.url}"></script>'


def apply() -> None:
    """Put the logo on this page."""
    st.logo(ICON, size="large")
