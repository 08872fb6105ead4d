"""What if: words of the text changed in place, every model's answer before and after, and what would flip it."""

from __future__ import annotations

import streamlit as st

from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.word_changes import changed_words
from seqcore.kinds.text.word_edits import UNKNOWN_MARK, unknown_to, word_spans
from seqcore.ui.components.word_editor import MOST_WORDS, EditableWord, draw_word_editor
from seqcore.ui.pages.look.room import Room
from seqcore.ui.pages.look.what_if.before_after import ask_both, draw_answers_download, draw_before_after
from seqcore.ui.pages.look.what_if.edited_text import EditedText, edited, keep_in_address
from seqcore.ui.pages.look.what_if.flips import draw_flips
from seqcore.ui.pages.look.what_if.two_texts import draw_two_texts

_MOST_GONE = 12  # words shown at one place
_TITLES, _NAMES = ("Before", "Now"), ("before", "after")


def draw_what_if(room: Room) -> None:
    """The words to change, the answers, the smallest changes that flip them, and two texts side by side."""
    edit = edited(room.text)
    _draw_editor(edit, _unknown_to_all(room))
    keep_in_address(edit)
    found = ask_both(room, edit.of, edit.now)
    draw_before_after(found, changed=edit.changed, titles=_TITLES)
    if found:
        draw_answers_download(found, (edit.of, edit.now), _NAMES)
    st.caption(
        "How to read it: the difference is of the probability of what the model said before. How not: a text with a "
        "word changed may be nonsense, or mean something else; the answer to it says what this model does, not what "
        "is right."
    )
    draw_flips(room, edit)
    draw_two_texts(room, edit)


def _unknown_to_all(room: Room) -> str:
    read = [run.spec.input for run in room.shown]
    return unknown_to([options.tokenizer for options in read if isinstance(options, TextOptions)])


def _draw_editor(edit: EditedText, hidden: str) -> None:
    spans = word_spans(edit.now)
    words, rest, gone = editable_words(edit)
    asked = draw_word_editor(words, rest, gone, key="look-words")
    if asked is not None:
        edit.do(asked, hidden)
        st.rerun()
    with st.container(horizontal=True, gap="small"):
        again = " again" if edit.shuffles else ""
        st.button(
            f"Shuffle all{again}", icon=":material/shuffle:", on_click=edit.shuffle, disabled=len(spans) < 2,
            key="look-shuffle", help="Each time another order; the first time the same for everybody.",
        )  # fmt: skip
        st.button("Undo", icon=":material/undo:", on_click=edit.undo, disabled=not edit.texts, key="look-undo")
        st.button(
            "Reset", icon=":material/restart_alt:", on_click=edit.reset, disabled=not edit.texts, key="look-reset"
        )
    if len(spans) > MOST_WORDS:
        st.caption(f"The first {MOST_WORDS:,} of {len(spans):,} words can be pressed.")
    if hidden in edit.now:
        skipped = "; models of words may skip it" if hidden == UNKNOWN_MARK else ""
        st.caption(f"“{hidden}” stands for what no model knows{skipped}.")


def editable_words(edit: EditedText) -> tuple[list[EditableWord], str, tuple[str, ...]]:
    """The words as they are drawn, the text behind them, and what is gone behind the last of them."""
    now, spans = edit.now, word_spans(edit.now)
    before = [edit.of[start:end] for start, end in word_spans(edit.of)]
    changes, gone = changed_words(before, [now[start:end] for start, end in spans])
    words, position = [], 0
    for (start, end), change in list(zip(spans, changes, strict=True))[:MOST_WORDS]:
        words.append(EditableWord(now[position:start], now[start:end], change.before is None, _few(change.gone)))
        position = end
    return words, now[position:], _few(gone) if len(spans) <= MOST_WORDS else ()


def _few(gone: tuple[str, ...]) -> tuple[str, ...]:
    """So many of the words that are gone that those which are there can still be found."""
    return gone if len(gone) <= _MOST_GONE else (*gone[:_MOST_GONE], f"… and {len(gone) - _MOST_GONE:,} more")
