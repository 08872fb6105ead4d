"""Models side by side: seeds brought together, the best named, and whether its lead is more than chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.significance import Difference, Interval, compare_answers, holm, mcnemar_exact, wilson_interval


@dataclass(frozen=True)
class Result:
    """What one finished run scored on the test texts.

    Attributes:
        rows: (texts,) rows of the data set that were tested.
        right: (texts,) booleans, whether each was given its true class.
        epochs: Epochs that it took.
        best_epoch: The best of them by its validation; 0 where it is not known.
    """

    run_id: str
    label: str
    architecture: str
    seed: int
    accuracy: float
    macro_f1: float
    loss: float
    ms_per_text: float
    parameters: int
    training_seconds: float
    rows: NDArray[np.int64]
    right: NDArray[np.bool_]
    epochs: int = 0
    best_epoch: int = 0


@dataclass(frozen=True)
class Standing:
    """One model: the runs that differ in their seed only."""

    label: str
    architecture: str
    results: tuple[Result, ...]

    def mean(self, measure: str) -> float:
        """Mean over the seeds of an attribute of `Result`."""
        return float(np.mean([getattr(result, measure) for result in self.results]))

    def spread(self, measure: str) -> float:
        """Standard deviation over the seeds (n - 1); 0 for a single one."""
        values = [getattr(result, measure) for result in self.results]
        return float(np.std(values, ddof=1)) if len(values) > 1 else 0.0

    @property
    def seeds(self) -> int:
        """Runs of this model."""
        return len(self.results)

    def interval(self) -> Interval:
        """95 % interval of the accuracy, from the number of test texts (Wilson)."""
        rows = len(self.results[0].rows)
        return wilson_interval(round(self.mean("accuracy") * rows), rows)


@dataclass(frozen=True)
class Baseline:
    """Always answering with the most frequent class of the training texts."""

    label: str
    right: NDArray[np.bool_]

    @property
    def accuracy(self) -> float:
        """Share of test texts of that class."""
        return float(self.right.mean())


def rank(results: Sequence[Result], group: Callable[[Result], object]) -> list[Standing]:
    """Models from the highest mean test accuracy down; lower loss breaks ties.

    Args:
        results: Finished runs.
        group: Equal for runs that differ in their seed only.
    """
    groups: dict[object, list[Result]] = {}
    for result in results:
        groups.setdefault(group(result), []).append(result)
    standings = [Standing(each[0].label, each[0].architecture, tuple(each)) for each in groups.values()]
    return sorted(standings, key=lambda standing: (-standing.mean("accuracy"), standing.mean("loss")))


def compare(first: Standing, second: Standing) -> Difference | None:
    """How much better the first is on the texts that both were tested on; None when there are none."""
    common = set(first.results[0].rows.tolist())
    for result in (*first.results, *second.results):
        common &= set(result.rows.tolist())
    if not common:
        return None
    kept = np.array(sorted(common))
    return compare_answers(_answers(first, kept), _answers(second, kept))


def no_better_than(standing: Standing, baseline: Baseline) -> bool:
    """Whether the model's answers are, as far as the test texts can tell, no better than the baseline's."""
    result = max(standing.results, key=lambda each: each.accuracy)
    if len(result.right) != len(baseline.right):
        return False
    only_model = int((result.right & ~baseline.right).sum())
    only_baseline = int((~result.right & baseline.right).sum())
    return only_model <= only_baseline or mcnemar_exact(only_model, only_baseline) >= 0.05


def verdict(
    standings: Sequence[Standing],
    baseline: Baseline,
    *,
    name: Callable[[str], str] = str,
    nouns: tuple[str, str] = ("text", "texts"),
) -> str:
    """In a few sentences: which model is best, whether its lead is more than chance, what guessing would get.

    Args:
        standings: From `rank`, at least one.
        baseline: What always answering the most frequent class gets.
        name: Writes other people's names safely for wherever the text goes.
        nouns: What one example is called, and several.
    """
    best = standings[0]
    interval, texts = best.interval(), len(best.results[0].rows)
    sentences = [
        f"{name(best.label)} gets {_percent(best.mean('accuracy'))} of {texts:,} test {nouns[1]} right"
        f" (95\u00a0% interval {_range(interval)}{_over_seeds(best)})."
    ]
    if len(standings) > 1:
        sentences += _against_the_rest(standings, name, nouns)
    sentences.append(f"Always answering {name(baseline.label)} would get {_percent(baseline.accuracy)}.")
    weak = [name(standing.label) for standing in standings if no_better_than(standing, baseline)]
    if weak:
        verb = "is" if len(weak) == 1 else "are"
        sentences.append(f"{_listed(weak)} {verb} not measurably better than that.")
    if len(standings) > 1 and all(standing.seeds == 1 for standing in standings):
        sentences.append("Each model was trained once; other seeds could change the order.")
    return " ".join(sentences)


def _against_the_rest(standings: Sequence[Standing], name: Callable[[str], str], nouns: tuple[str, str]) -> list[str]:
    best, second = standings[0], standings[1]
    difference = compare(best, second)
    if difference is None:
        return [f"{name(second.label)} was tested on other {nouns[1]}, so the two cannot be compared."]
    sentences = [_lead(best, second, difference, name, nouns)]
    tied, behind = _tied_and_behind(standings)
    if tied and not difference.is_real():
        sentences.append(f"The same holds for {_listed([name(standing.label) for standing in tied])}.")
    if behind:
        sentences.append(f"Measurably behind: {_listed([name(standing.label) for standing in behind])}.")
    return sentences


def _tied_and_behind(standings: Sequence[Standing]) -> tuple[list[Standing], list[Standing]]:
    """The models after the first two: those that the test texts cannot tell from the best, and those they can."""
    found = [(each, compare(standings[0], each)) for each in standings[1:]]
    compared = [(each, difference) for each, difference in found if difference is not None]
    corrected = holm([difference.p_value for _, difference in compared])
    real = [p < 0.05 for p in corrected]
    tied = [each for (each, _), is_real in zip(compared, real, strict=True) if not is_real]
    behind = [each for (each, _), is_real in zip(compared, real, strict=True) if is_real]
    return [each for each in tied if each is not standings[1]], [each for each in behind if each is not standings[1]]


def _lead(
    best: Standing, second: Standing, difference: Difference, name: Callable[[str], str], nouns: tuple[str, str]
) -> str:
    several = best.seeds > 1 or second.seeds > 1
    test = f"{'permutation test' if several else 'McNemar'} p {_p(difference.p_value)}"
    if difference.only_first == difference.only_second == 0:
        return f"{name(second.label)} gives the same answer to every one of them."
    noun = nouns[0] if round(difference.only_first) == 1 else nouns[1]
    counts = (
        ""
        if several
        else f"; {difference.only_first:.0f} {noun} only {name(best.label)} gets right, "
        f"{difference.only_second:.0f} only {name(second.label)}"
    )
    points = f"{abs(difference.value) * 100:.1f} points"
    if difference.is_real():
        return f"Its lead of {points} over {name(second.label)} is more than chance ({test}{counts})."
    return f"Its lead of {points} over {name(second.label)} could be chance ({test}{counts})."


def _answers(standing: Standing, rows: NDArray[Any]) -> NDArray[np.bool_]:
    """(seeds, rows) answers, in the order of `rows`."""
    aligned = []
    for result in standing.results:
        order = np.argsort(result.rows)
        aligned.append(result.right[order][np.searchsorted(result.rows[order], rows)])
    return np.stack(aligned)


def _over_seeds(standing: Standing) -> str:
    if standing.seeds == 1:
        return ""
    return f"; ± {standing.spread('accuracy') * 100:.1f} points over {standing.seeds} seeds"


def _range(interval: Interval) -> str:
    return f"{interval.low * 100:.1f} to {_percent(interval.high)}"


def _percent(value: float) -> str:
    return f"{value * 100:.1f}\u00a0%"


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"= {value:.3f}" if value < 0.1 else f"= {value:.2f}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
