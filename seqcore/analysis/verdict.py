"""What may be said about the best model and those behind it, and what could be chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seqcore.analysis.significance import Difference, Interval, holm
from seqcore.analysis.standings import LEVEL, Baseline, Standing, compare, no_better_than

Nouns = tuple[str, str]


@dataclass(frozen=True)
class Rival:
    """A model that is not the first, against the first.

    Attributes:
        standing: Of the model.
        difference: How much better the first is; None when no text was given to both.
        p_value: How often chance alone gives such a difference, corrected for all that are compared.
        learned: Whether it is better than always giving the most frequent answer, by more than chance.
    """

    standing: Standing
    difference: Difference | None
    p_value: float
    learned: bool

    @property
    def is_behind(self) -> bool:
        """Whether the first is better by more than chance."""
        return self.difference is not None and self.p_value < LEVEL

    def sentence(self, examples: str = "texts") -> str:
        """How far it is behind, whether that could be chance, and whether it has learned anything, in a few words.

        Args:
            examples: What several examples are called.
        """
        return self._distance(examples) + ("" if self.learned else " No better than one answer to all.")

    def _distance(self, examples: str) -> str:
        found = self.difference
        if found is None:
            return f"Tested on other {examples}: cannot be compared."
        if found.only_first == found.only_second == 0:
            return f"Right on the same {examples}."
        where = "behind" if found.value >= 0 else f"ahead on the {examples} that both were tested on"
        chance = "more than chance" if self.is_behind else "could be chance"
        return f"{abs(found.value) * 100:.1f} points {where}: {chance} (p {_p(self.p_value)})."


def rivals_of_the_first(standings: Sequence[Standing], baseline: Baseline) -> list[Rival]:
    """All but the first of `rank`, each against it; p-values are corrected for how many they are (Holm)."""
    differences = [compare(standings[0], each) for each in standings[1:]]
    corrected = iter(holm([difference.p_value for difference in differences if difference is not None]))
    return [
        Rival(
            standing,
            difference,
            next(corrected) if difference is not None else 1.0,
            learned=not no_better_than(standing, baseline),
        )
        for standing, difference in zip(standings[1:], differences, strict=True)
    ]


def verdict(
    standings: Sequence[Standing],
    baseline: Baseline,
    *,
    rivals: Sequence[Rival] | None = None,
    name: Callable[[str], str] = str,
    nouns: Nouns = ("text", "texts"),
) -> str:
    """In a few sentences: which model is best, whether its lead is more than chance, what guessing would get.

    Of more than two models, what is said of each but the first two stands in `rivals_of_the_first`.

    Args:
        standings: From `rank`, at least one.
        baseline: What always answering the most frequent class gets.
        rivals: Of the same, from `rivals_of_the_first`, where they have been compared already.
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
        compared = rivals_of_the_first(standings, baseline) if rivals is None else rivals
        sentences.append(_lead_of_the_first(compared, best, name, nouns))
    sentences.append(f"Always answering {name(baseline.label)} would get {_percent(baseline.accuracy)}.")
    spoken_of = standings if len(standings) <= 2 else standings[:1]
    weak = [name(standing.label) for standing in spoken_of if no_better_than(standing, baseline)]
    if weak:
        verb = "is" if len(weak) == 1 else "are"
        sentences.append(f"{_listed(weak)} {verb} not measurably better than that.")
    if len(standings) > 1 and all(standing.seeds == 1 for standing in standings):
        sentences.append("Each model was trained once; other seeds could change the order.")
    return " ".join(sentences)


def _lead_of_the_first(rivals: Sequence[Rival], best: Standing, name: Callable[[str], str], nouns: Nouns) -> str:
    second = rivals[0]
    if second.difference is None:
        return f"{name(second.standing.label)} was tested on other {nouns[1]}, so the two cannot be compared."
    return _lead(best, second, second.difference, name, nouns)


def _lead(best: Standing, rival: Rival, difference: Difference, name: Callable[[str], str], nouns: Nouns) -> str:
    second = rival.standing
    several = best.seeds > 1 or second.seeds > 1
    test = f"{'permutation test' if several else 'McNemar'} p {_p(rival.p_value)}"
    if difference.only_first == difference.only_second == 0:
        return f"{name(second.label)} gets exactly the same ones right."
    noun = nouns[0] if round(difference.only_first) == 1 else nouns[1]
    counts = (
        ""
        if several
        else f"; {difference.only_first:.0f} {noun} only {name(best.label)} gets right, "
        f"{difference.only_second:.0f} only {name(second.label)}"
    )
    points = f"{abs(difference.value) * 100:.1f} points"
    if rival.is_behind:
        return f"Its lead of {points} over {name(second.label)} is more than chance ({test}{counts})."
    return f"Its lead of {points} over {name(second.label)} could be chance ({test}{counts})."


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
