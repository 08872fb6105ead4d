"""A text whose words can be changed one by one: removed, hidden, replaced, swapped, added; all by keyboard, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from seqcore.ui.components.answers import BARS_SCRIPT, FOLDER
from seqcore.ui.kit.component import Component

Action = Literal["remove", "mask", "swap", "replace", "insert"]
MOST_WORDS = 400  # that can be pressed; each is an element of the page
LONGEST_WORD = 200  # characters that somebody may type in the place of a word
_SCRIPTS = ("directions.js", "word_editor.js")
_EDITOR = Component(
    "seqlab_word_editor",
    html='<section class="editor"></section>',
    css=(FOLDER / "word_editor.css").read_text(encoding="utf-8"),
    js=BARS_SCRIPT + "".join((FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS),
)


@dataclass(frozen=True)
class EditableWord:
    """A word that can be changed.

    Attributes:
        gap: What stands between it and the word in front of it.
        word: As it is written.
        new: Whether it was not there before the changes.
        gone: Words that stood in front of it before the changes.
    """

    gap: str
    word: str
    new: bool = False
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What somebody wants done.

    Attributes:
        action: What.
        place: With which word, from 0.
        word: The word that comes; empty where none does.
    """

    action: Action
    place: int
    word: str = ""


def draw_word_editor(words: Sequence[EditableWord], rest: str, gone: Sequence[str], *, key: str) -> Asked | None:
    """Draw it.

    Args:
        words: Those that can be changed.
        rest: The text behind them.
        gone: Words that are gone behind the last one.
        key: Of the component.

    Returns:
        What was pressed just now; None in every run that no press began.
    """
    pieces = [{"gap": each.gap, "word": each.word, "new": each.new, "gone": list(each.gone)} for each in words]
    data = {"pieces": pieces, "rest": rest, "gone": list(gone), "longest": LONGEST_WORD}
    found = _EDITOR(key=key, data=data, on_act_change=_nothing)
    return asked_from(getattr(found, "act", None), len(words))


def asked_from(act: Any, words: int) -> Asked | None:
    """What a browser sent, when it can be done with so many words."""
    if not isinstance(act, Mapping):
        return None
    action, place, word = act.get("action"), act.get("place"), act.get("word", "")
    if action not in get_args(Action) or not isinstance(place, int) or not isinstance(word, str):
        return None
    if not 0 <= place < words - (action == "swap"):
        return None
    word = " ".join(word.split())[:LONGEST_WORD]
    if action in ("replace", "insert") and not word:
        return None
    return Asked(cast(Action, action), place, word)


def _nothing() -> None:
    """A component tells of a press only where somebody listens."""
