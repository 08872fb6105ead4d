"""Whether a map of a text may be trusted: one number, one word, and the sentence that says why."""

from __future__ import annotations

from seqcore.analysis.deletions import Deletions

TRUSTED, HALF = 0.6, 0.3  # of the number, from which on the word is another
TRUST_IT, HALF_TRUST, DO_NOT = "trust it", "half", "don't"
LEAST_MOVED = 0.1  # log-odds, at most 2.5 points: an answer that the best words move less does not rest on words


def trust_of(found: Deletions, matter: float | None = None) -> float:
    """From 0, not at all, to 1.

    How much better than chance the map names the steps that the answer rests on, on a scale that ends at the best
    naming that was tried; 0 of an answer that no choice of steps moves. Of attention no more than its weights matter: a
    model that answers the same whatever they are (Jain & Wallace 2019, arXiv:1902.10186; Wiegreffe & Pinter 2019,
    arXiv:1908.04626) is not explained by them.

    Args:
        found: What its ranking does to the answer.
        matter: Of attention, from 0 to 1: `weights_matter`.
    """
    if not _moves(found):
        return 0.0
    return found.gain if matter is None else min(found.gain, matter)


def weights_matter(moved: float, greatest: float) -> float:
    """How far shuffled attention weights move an answer, beside how far the best deletions do: 0 to 1.

    Args:
        moved: Log-odds, the median over shuffles of what changes.
        greatest: Log-odds that go with the best steps, `Deletions.greatest`.
    """
    if moved <= 0 or greatest <= 0:
        return 0.0
    return min(1.0, moved / greatest)


def word_of(trust: float) -> str:
    """The number as a word: from 0.6 "trust it", from 0.3 "half", below "don't"."""
    if trust >= TRUSTED:
        return TRUST_IT
    return HALF_TRUST if trust >= HALF else DO_NOT


def trust_sentence(found: Deletions, matter: float | None = None, step: str = "word") -> str:
    """What was tried and what it came to; `step`: what the steps of the example are called."""
    trust = trust_of(found, matter)
    word = f"{word_of(trust).capitalize()} ({trust:.2f} of 1)"
    if not _moves(found):
        return f"{word}: no choice of {step}s that was tried moves this answer, so no map of them explains it."
    marked, drawn = (100 * each for each in (found.comprehensiveness, found.random_comprehensiveness))
    told = (
        f"{word}: without the {step}s that it marks most the probability falls by {marked:.1f} points, without as many "
        f"drawn at random by {drawn:.1f}."
    )
    if matter is None:
        return told
    shuffled = f"move the answer {100 * matter:.0f}\u00a0% as far as taking out the best {step}s does"
    return f"{told} Its weights, shuffled among the {step}s, {shuffled}."


def _moves(found: Deletions) -> bool:
    return found.greatest >= LEAST_MOVED
