"""Data sets that come with the product, so that Train works at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.samples.reviews import write_reviews
from seqcore.datasets.samples.tickets import write_tickets
from seqcore.errors import NotFoundError

SEED = 7


def _reviews(title: str, rows: int) -> LabelledData:
    return LabelledText(title, *write_reviews(rows, SEED))


def _tickets(title: str, rows: int) -> LabelledData:
    return LabelledText(title, *write_tickets(rows, SEED))


def _sounds(title: str, rows: int) -> LabelledData:
    from seqcore.datasets.labelled_sounds import LabelledSounds
    from seqcore.datasets.samples.sounds import write_sounds

    return LabelledSounds(title, *write_sounds(rows, SEED))


def _machines(title: str, rows: int) -> LabelledData:
    from seqcore.datasets.samples.machines import write_machines

    return write_machines(title, rows, SEED)


# Name → display name, rows, what writes them.
SAMPLES: dict[str, tuple[str, int, Callable[[str, int], LabelledData]]] = {
    "reviews": ("Sample: short reviews", 5400, _reviews),
    "support": ("Sample: support messages", 2400, _tickets),
    "machines": ("Sample: vibrations of a machine", 600, _machines),
    "sounds": ("Sample: tones, chirps and vowels", 630, _sounds),
}


def sample_names() -> tuple[str, ...]:
    """Names that `load_sample` knows."""
    return tuple(SAMPLES)


@lru_cache(maxsize=len(SAMPLES))
def load_sample(name: str = "reviews") -> LabelledData:
    """A built-in data set, the same on every machine.

    Raises:
        NotFoundError: there is no sample of that name.
    """
    if name not in SAMPLES:
        raise NotFoundError("There is no such sample", received=repr(name), remedy=f"Choose from: {', '.join(SAMPLES)}")
    title, rows, write = SAMPLES[name]
    return write(title, rows)
