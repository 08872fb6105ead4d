"""Data sets that come with the product, so that Train works at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.samples.reviews import write_reviews
from seqcore.datasets.samples.tickets import write_tickets
from seqcore.errors import NotFoundError

SEED = 7
_Writer = Callable[[int, int], tuple[tuple[str, ...], tuple[str, ...]]]
# Name → display name, rows, what writes them.
SAMPLES: dict[str, tuple[str, int, _Writer]] = {
    "reviews": ("Sample: short reviews", 5400, write_reviews),
    "support": ("Sample: support messages", 2400, write_tickets),
}


def sample_names() -> tuple[str, ...]:
    """Names that `load_sample` knows."""
    return tuple(SAMPLES)


@lru_cache(maxsize=len(SAMPLES))
def load_sample(name: str = "reviews") -> LabelledText:
    """A built-in data set, the same on every machine.

    Raises:
        NotFoundError: there is no sample of that name.
    """
    if name not in SAMPLES:
        raise NotFoundError("There is no such sample", received=repr(name), remedy=f"Choose from: {', '.join(SAMPLES)}")
    title, rows, write = SAMPLES[name]
    texts, labels = write(rows, SEED)
    return LabelledText(title, texts, labels)
