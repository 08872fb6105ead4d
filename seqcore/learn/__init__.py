"""What is explained: the words of the pages, the symbols of the equations, when an architecture wins."""

from seqcore.learn.glossary import GLOSSARY, Term, find_term, search_terms, terms_in
from seqcore.learn.symbols import Row, rows_of, symbols_in
from seqcore.learn.when_it_wins import WHEN_IT_WINS, Advice

__all__ = [
    "GLOSSARY",
    "WHEN_IT_WINS",
    "Advice",
    "Row",
    "Term",
    "find_term",
    "rows_of",
    "search_terms",
    "symbols_in",
    "terms_in",
]
