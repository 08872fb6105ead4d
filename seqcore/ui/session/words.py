"""Words of the glossary in our own texts, each a link to what it means."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from seqcore.learn import Term, find_term, terms_in
from seqcore.ui.session import state
from seqcore.ui.session.in_address import MODEL, TERM

GLOSSARY_PAGE, MODELS_PAGE = "glossary", "guide"
_MOST = 3  # links in one text: more of them are harder to read than the text
# Links, code, formulas and icons stay as they are.
_KEPT = re.compile(r"\[[^\]]*\]\([^)]*\)|`[^`]*`|\$[^$]*\$|:[a-z]+/\w+:")


def link_to(term: Term, said: str = "") -> str:
    """A word as a link to the glossary, in Markdown, with the ids that links between pages carry.

    Args:
        term: What is explained there.
        said: What the link says; default: the term.
    """
    query = urlencode({**state.link_parameters(), TERM: term.key})
    return f"[{said or term.name.lower()}]({GLOSSARY_PAGE}?{query})"


def link_to_model(name: str, said: str) -> str:
    """A link to the page that shows how an architecture reads, in Markdown."""
    return f"[{said}]({MODELS_PAGE}?{urlencode({**state.link_parameters(), MODEL: name})})"


def explained(text: str, *, most: int = _MOST) -> str:
    """The same text with the first of each word that the glossary has made a link.

    Args:
        text: Markdown of ours, never other people's text.
        most: Links at most.
    """
    kept = [(each.start(), each.end()) for each in _KEPT.finditer(text)]
    parts, done, linked = list[str](), 0, set[str]()
    for found in terms_in(text):
        inside = any(start < found.end and found.start < end for start, end in kept)
        if inside or found.term.key in linked or len(linked) == most:
            continue
        linked.add(found.term.key)
        parts += [text[done : found.start], link_to(found.term, text[found.start : found.end])]
        done = found.end
    return "".join([*parts, text[done:]])


def explain_setting(title: str, help: str) -> str:
    """The help of a control; when its title is a word of the glossary, that word is explained first of all."""
    term = find_term(title)
    if term is None:
        return explained(help)
    rest = explained(help, most=_MOST - 1) if term.key not in {found.term.key for found in terms_in(help)} else help
    return f"{rest} {link_to(term, f'More about {term.name.lower()}')}."
