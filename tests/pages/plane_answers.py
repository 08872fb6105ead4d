"""What a model would say of words and texts in a plane, without TensorFlow."""

from __future__ import annotations

from typing import Any

from seqcore.inspections.contracts import Answer
from seqcore.inspections.neighbours import Neighbour, NeighboursAnswer, NeighboursRequest
from seqcore.inspections.text_plane import OwnPoint, TextPlaneAnswer, TextPlaneRequest, TextPoint
from seqcore.inspections.word_plane import WordPlaneAnswer, WordPlaneRequest, WordPoint

TEXTS, WORDS = 10, 9
REQUESTS = (WordPlaneRequest, TextPlaneRequest, NeighboursRequest)


def answer_about_vectors(request: Any, classes: tuple[str, ...]) -> Answer:
    """Ten test texts, every third of them taken for another; nine words, every third of which stands for no class."""
    if isinstance(request, NeighboursRequest):
        return _neighbours(request.text)
    laid_out = {
        "method": request.method,
        "explained": (0.5, 0.25) if request.method == "pca" else None,
        "perplexity": None if request.method == "pca" else 3.0,
        "size": 32,
        "classes": classes,
        "notes": (),
    }
    if isinstance(request, WordPlaneRequest):
        words = [
            WordPoint(
                word=f"word{n}", x=n, y=-n, texts=20 - n, label=classes[n % 2] if n % 3 else "",
                surplus=2.5 if n % 3 else 0,
            )
            for n in range(WORDS)
        ]  # fmt: skip
        return WordPlaneAnswer(**laid_out, known=50, counted=24, words=words)
    texts = [
        TextPoint(
            row=n, text=f"beginning {n}", x=n, y=n, label=classes[n % 2], prediction=classes[(n + (n % 3 == 0)) % 2],
            right=n % 3 != 0,
        )
        for n in range(TEXTS)
    ]  # fmt: skip
    own = None if request.text is None else OwnPoint(x=1, y=2, prediction=classes[0])
    return TextPlaneAnswer(**laid_out, tested=24, texts=texts, own=own)


def _neighbours(word: str) -> NeighboursAnswer:
    if word == "unheard":
        note = "This model does not know “unheard”; spelt nearly like it are: heard."
        return NeighboursAnswer(word="", now=(), first=(), suggestions=("heard",), known=50, notes=(note,))
    near = [Neighbour(word=f"near{n}", now=0.9 - n / 10, first=-0.1) for n in range(3)]
    return NeighboursAnswer(word=word, now=near, first=near[::-1], suggestions=(), known=50)
