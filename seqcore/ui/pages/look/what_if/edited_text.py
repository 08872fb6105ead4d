"""The text of Look inside as somebody changes it, with what it was before each change: kept while its text is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from zlib import crc32

import streamlit as st

from seqcore.kinds.text.word_edits import UNKNOWN_WORD, Wording, word_spans
from seqcore.ui.components.word_editor import Asked
from seqcore.ui.session import in_address

_KEY = "look-edit"
_MOST_STEPS = 50  # that can be undone
_MOST_DRAWN = 20  # orders, of a few words some of which are the one of before


@dataclass
class EditedText:
    """A text on its way.

    Attributes:
        of: The text that it began as.
        texts: What it was, the oldest first; the last is what it is now.
        shuffles: How often its words were shuffled: the seed of the next time.
    """

    of: str
    texts: list[str] = field(default_factory=list)
    shuffles: int = 0

    @property
    def now(self) -> str:
        """As it is now."""
        return self.texts[-1] if self.texts else self.of

    @property
    def changed(self) -> bool:
        """Whether it is another than it was."""
        return self.now != self.of

    def become(self, text: str) -> None:
        """Be another text; the one of now can be had back."""
        if text != self.now:
            self.texts = [*self.texts, text][-_MOST_STEPS:]

    def do(self, asked: Asked, hidden: str = UNKNOWN_WORD) -> None:
        """Change one word.

        Args:
            asked: How.
            hidden: What stands for an unknown word.
        """
        wording = Wording(self.now, word_spans(self.now))
        if asked.place >= len(wording.spans) - (asked.action == "swap"):
            return
        if asked.action in ("swap", "remove"):
            edit = wording.swap(asked.place) if asked.action == "swap" else wording.remove(asked.place)
        elif asked.action == "mask":
            edit = wording.mask(asked.place, hidden)
        else:
            edit = wording.replace(asked.place, asked.word)
            if asked.action == "insert":
                edit = wording.insert(asked.place, asked.word)
        self.become(edit.text)

    def shuffle(self) -> None:
        """Put its words in another order, each time another one; words that are all alike have no other."""
        wording = Wording(self.now, word_spans(self.now))
        for _ in range(_MOST_DRAWN):
            self.shuffles += 1
            text = wording.shuffled(self.shuffles)
            if text != self.now:
                return self.become(text)

    def undo(self) -> None:
        """Take the last change back."""
        self.texts = self.texts[:-1]

    def reset(self) -> None:
        """Be the text of before all changes."""
        self.texts, self.shuffles = [], 0


def edited(text: str) -> EditedText:
    """The changed form of a text: what a link brought, what was made of it before, at first the text itself."""
    known = st.session_state.get(_KEY)
    given = in_address.take(in_address.EDIT)
    if not isinstance(known, EditedText) or known.of != text:
        known = st.session_state[_KEY] = EditedText(text)
    mark, _, brought = (given or "").partition(".")
    if brought and mark == _mark(text):  # of another text it says nothing
        known.become(brought)
    return known


def keep_in_address(edit: EditedText) -> None:
    """Let the address say what it is now, as far as there is room for it."""
    in_address.keep(in_address.EDIT, f"{_mark(edit.of)}.{edit.now}" if edit.changed else None)


def _mark(text: str) -> str:
    """By which an address knows the text that was changed."""
    return f"{crc32(text.encode('utf-8', errors='replace')):x}"
