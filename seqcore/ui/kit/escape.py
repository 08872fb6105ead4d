"""Making other people's text safe to stand in Streamlit's Markdown."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")  # every ASCII mark may be escaped (CommonMark 2.4)
_WORD_JOINER = "\u2060"
# Emoji names, Material symbols and bare links are found after Markdown was read, so a backslash does not stop them.
_LATE = re.compile(r"(:|@|\bwww(?=\\?\.))", re.IGNORECASE)
_BREAKS = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")  # "82.2 %" stays on one line
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def escape_markdown(text: str, limit: int = 120) -> str:
    """The same characters, none of them with a meaning in Markdown, HTML, LaTeX or as an icon.

    Args:
        text: Anything a person, a file or a model wrote.
        limit: Characters kept; an ellipsis says that there was more.

    Example:
        >>> escape_markdown("<b>$x$</b>")
        '\\\\<b\\\\>\\\\$x\\\\$\\\\<\\\\/b\\\\>'
    """
    line = shorten(text, limit)
    escaped = _PUNCTUATION.sub(r"\\\1", line)
    escaped = _LATE.sub(rf"\1{_WORD_JOINER}", escaped)
    if _BIDI.search(escaped):
        return f"\u2068{escaped}\u2069"  # an isolate: its direction does not leak out
    return escaped


def bold(name: str) -> str:
    """Other people's name in bold Markdown."""
    return f"**{escape_markdown(name, 60)}**"


def shorten(text: str, limit: int = 120) -> str:
    """One line of at most `limit` characters, control characters replaced."""
    plain = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text[: 4 * limit])
    line = " ".join(_BREAKS.split(plain.strip()))
    return line if len(line) <= limit and len(text) <= 4 * limit else line[: limit - 1].rstrip() + "…"
