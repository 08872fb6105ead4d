"""What each word means: the one that a link asked for, and all of them, or those that were searched for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.learn import GLOSSARY, Term, find_term, search_terms
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import in_address


def asked_for() -> Term | None:
    """The term that the address names; None when it names none, or one that the list does not have."""
    key = st.query_params.get(in_address.TERM) or ""
    term = find_term(key)
    if key and term is None:
        st.caption(f"“{escape_markdown(key, 40)}” is not among these words.")
    return term


def choose_words() -> Sequence[Term]:
    """All terms, or those in which what was typed stands."""
    typed = st.text_input("Find a word", placeholder="seed", key="glossary-search", max_chars=80)
    found = search_terms(typed) if typed.strip() else list(GLOSSARY.values())
    if not found:
        st.caption(f"None of these words says “{escape_markdown(typed, 40)}”.")
    return found


def draw_list(terms: Sequence[Term], *, but: Term | None) -> None:
    """The terms, one below the other; the one that stands above them already is left out."""
    for term in terms:
        if term != but:
            draw_entry(term)


def draw_entry(term: Term, *, anchor: bool = True) -> None:
    """A term with what it means, an example, and terms that help to understand it."""
    st.header(term.name, anchor=term.key if anchor else False)
    related = ", ".join(f"[{GLOSSARY[key].name.lower()}](#{key})" for key in term.related)
    st.markdown(f"**{term.means}** {term.more}" + (f"\n\nSee also: {related}." if related else ""))
