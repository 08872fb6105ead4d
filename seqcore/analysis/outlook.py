"""What follows for a training from how many examples there are, and of which classes: before anything is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from seqcore.analysis.intervals import wilson_interval

FEW_TO_LEARN = 100  # training examples below which a model learns them by heart
FEW_OF_A_CLASS = 10
_LOPSIDED = 1.5  # times the share that a class would have if all were alike
_TYPICAL = 0.8  # the accuracy at which a test is told to be good to so many points
_ROUGH = 0.05  # half the width of that interval, above which it is a warning

Kind = Literal["warning", "info"]


@dataclass(frozen=True)
class Remark:
    """One thing to know.

    Attributes:
        kind: A warning, or something that is good to know.
        sentence: In plain words; names of classes stand in quotation marks as the person wrote them.
    """

    kind: Kind
    sentence: str


def outlook(split_counts: Mapping[str, Mapping[str, int]], nouns: tuple[str, str] = ("text", "texts")) -> list[Remark]:
    """What can be expected.

    Args:
        split_counts: Examples of each class in "train", "validation" and "test".
        nouns: What one example is called, and several.
    """
    training, test = split_counts["train"], split_counts["test"]
    found = [*_too_few(training, nouns), *_small_test(sum(test.values()), nouns), *_lopsided(training, test, nouns)]
    return sorted(found, key=lambda remark: remark.kind == "info")


def _too_few(training: Mapping[str, int], nouns: tuple[str, str]) -> list[Remark]:
    total = sum(training.values())
    if total < FEW_TO_LEARN:
        noun = nouns[0] if total == 1 else nouns[1]
        sentence = (
            f"Only {total:,} {noun} to learn from: a model will know them by heart and little else. Some hundred of "
            "each class are a start"
        )
        return [Remark("warning", sentence)]
    small = [label for label, number in training.items() if number < FEW_OF_A_CLASS]
    if not small:
        return []
    which = "One class has" if len(small) == 1 else f"{len(small):,} classes have"
    return [
        Remark(
            "warning",
            f"{which} fewer than {FEW_OF_A_CLASS} {nouns[1]} to learn from ({_named(small)}): "
            f"models will rarely give {'that answer' if len(small) == 1 else 'those answers'}",
        )
    ]


def _small_test(rows: int, nouns: tuple[str, str]) -> list[Remark]:
    if not rows:
        return [Remark("warning", f"No {nouns[0]} is left to test on, so nobody can say how good a model is")]
    interval = wilson_interval(round(_TYPICAL * rows), rows)
    half = (interval.high - interval.low) / 2
    noun = nouns[0] if rows == 1 else nouns[1]
    sentence = (
        f"With {rows:,} test {noun}, an accuracy is known to about ± {_points(half)}: {round(_TYPICAL * rows):,} right "
        f"could be a true accuracy of {100 * interval.low:.0f} to {100 * interval.high:.0f} %"
    )
    return [Remark("warning" if half > _ROUGH else "info", sentence)]


def _lopsided(training: Mapping[str, int], test: Mapping[str, int], nouns: tuple[str, str]) -> list[Remark]:
    if not training or not sum(test.values()):
        return []
    commonest = max(training, key=lambda label: training[label])
    share = test.get(commonest, 0) / sum(test.values())
    if share <= min(_LOPSIDED / len(training), 0.9):
        return []
    return [
        Remark(
            "warning",
            f"Always answering {_quoted(commonest)} would be right for {100 * share:.0f} % of the test {nouns[1]}: a "
            "model that is not better has learned nothing. Macro F1 counts every class alike",
        )
    ]


def _points(half: float) -> str:
    points = 100 * half
    return f"{points:.0f} points" if points >= 1.5 else f"{points:.1f} points"


def _named(labels: list[str]) -> str:
    names = [_quoted(label) for label in labels[:5]]
    return ", ".join(names) + (", …" if len(labels) > 5 else "")


def _quoted(label: str) -> str:
    return f"“{label[:40]}{'…' if len(label) > 40 else ''}”"
