"""Words and texts in a plane, and neighbours of a word, as tables."""

from __future__ import annotations

import sys

from seqcore.cli.output import print_table
from seqcore.inspections.neighbours import Neighbour, NeighboursAnswer
from seqcore.inspections.text_plane import TextPlaneAnswer
from seqcore.inspections.word_plane import PlaneAnswer, WordPlaneAnswer


def print_words(answer: WordPlaneAnswer) -> None:
    """A row a word: where it lies, in how many test texts it stands, and for which class."""
    rows = [
        (each.word, f"{each.x:.4f}", f"{each.y:.4f}", each.texts, each.label, f"{each.surplus:.1f}")
        for each in answer.words
    ]
    print_table(("word", "x", "y", "texts", "class", "standard errors"), rows)
    sys.stderr.write(f"{len(answer.words):,} of {answer.known:,} known words. {_laid_out(answer)}\n")


def print_texts(answer: TextPlaneAnswer) -> None:
    """A row a text: where it lies, its class and the answer; one's own text comes first."""
    rows = [
        (str(each.row), f"{each.x:.4f}", f"{each.y:.4f}", each.label, each.prediction, each.text[:60])
        for each in answer.texts
    ]
    if answer.own is not None:
        own = answer.own
        rows.insert(0, ("yours", f"{own.x:.4f}", f"{own.y:.4f}", "", own.prediction, ""))
    print_table(("row", "x", "y", "class", "answer", "text"), rows)
    sys.stderr.write(f"{len(answer.texts):,} of {answer.tested:,} test texts. {_laid_out(answer)}\n")


def print_neighbours(answer: NeighboursAnswer) -> None:
    """The nearest words now, then those before training, each with both cosines."""
    for title, found in (("now", answer.now), ("epoch 0", answer.first)):
        if found:
            print_table((title, "cosine now", "cosine at epoch 0"), [_row(each) for each in found])


def _row(each: Neighbour) -> tuple[str, ...]:
    return each.word, f"{each.now:.4f}", "" if each.first is None else f"{each.first:.4f}"


def _laid_out(answer: PlaneAnswer) -> str:
    if answer.explained is None:
        return f"t-SNE with a perplexity of {answer.perplexity:.3g}."
    shown = 100 * sum(answer.explained)
    return f"PCA shows {shown:.1f}\N{NO-BREAK SPACE}% of the variance of their {answer.size} numbers."
