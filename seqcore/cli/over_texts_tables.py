"""What models do over their test texts, as tables: words with what they draw, texts that two maps see differently."""

from __future__ import annotations

import sys

from seqcore.cli.output import harmless, print_table
from seqcore.inspections.drawn_words import DrawnWords
from seqcore.inspections.ground_truth import GroundTruthAnswer
from seqcore.inspections.maps_disagree import MapsDisagree

_WORDS = 20  # told of each class
_CHARACTERS = 60


def print_drawn_words(answer: DrawnWords) -> None:
    """A table a class, the words on top that surely get most."""
    columns = ("word", "mean", "standard error", "ranked by", "total", "times", "texts")
    for each in answer.classes:
        sys.stdout.write(
            f"{harmless(each.label)}: {_count(each.texts, 'text')}, {_count(each.different, 'different word')}\n"
        )
        rows = [
            (
                word.token,
                *("" if value is None else f"{value:z.4f}" for value in (word.mean, word.error, word.at_least)),
                f"{word.total:z.2f}",
                word.times,
                word.texts,
            )
            for word in each.words[:_WORDS]
        ]
        if rows:
            print_table(columns, rows)
    by = "that the model answers" if answer.by == "answer" else "that they are of"
    sys.stderr.write(f"{answer.method} over {answer.asked:,} test texts, by the class {by}\n")


def print_maps_disagree(answer: MapsDisagree) -> None:
    """A row a text, the lowest rank correlation first."""
    columns = ("row", "correlation", "words", "class", "answer", "most attention", "greatest scores", "text")
    rows = [
        (
            each.row + 1,
            f"{each.correlation:z.4f}",
            each.words,
            each.label,
            each.prediction,
            " ".join(each.attended),
            " ".join(each.attributed),
            each.text[:_CHARACTERS],
        )
        for each in answer.texts
    ]
    print_table(columns, rows)
    median = "none" if answer.median is None else f"{answer.median:z.4f}"
    sys.stderr.write(
        f"Attention with {answer.method}: the median of {_count(answer.compared, 'text')} is {median}; "
        f"{answer.asked:,} were looked at, those of fewer than {answer.least} words are left out\n"
    )


def print_ground_truth(answer: GroundTruthAnswer) -> None:
    """How much of a map lies on the words that matter."""
    columns = ("map", "texts", "on what matters", "95 % interval", "even share", "marked most", "accuracy")
    between = "" if answer.low is None or answer.high is None else f"{answer.low:.4f} to {answer.high:.4f}"
    share, even, hits, accuracy = (
        "" if value is None else f"{value:.4f}" for value in (answer.share, answer.even, answer.hits, answer.accuracy)
    )
    print_table(columns, [(answer.method, answer.texts, share, between, even, hits, accuracy)])
    sys.stderr.write(f"{answer.sentence}\n")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
