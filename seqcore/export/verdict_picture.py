"""The picture of a verdict: its models on one axis, those that it does not tell apart joined by a bar."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.analysis.standings import Standing
from seqcore.analysis.verdict import Verdict
from seqcore.plots import Scored, describe_intervals, draw_intervals, joined, variants
from seqcore.plots.canvas import short

_FEW = "models trained once or twice"


def picture_of(found: Verdict, guessing: float) -> str:
    """As HTML, from the best model down.

    Args:
        found: By a measure that is a share.
        guessing: What needs no model gets.
    """
    return draw_intervals(_scored(found), guessing, bars=_not_told_apart(found))


def describe_picture(found: Verdict) -> str:
    """The same in words."""
    models = _scored(found)
    groups = [", ".join(short(models[place].label) for place in group) for group in _not_told_apart(found)]
    said = "; ".join(f"not told apart: {group}" for group in groups) if groups else "every two are told apart"
    return f"{describe_intervals(models)}. {said[:1].upper()}{said[1:]}."


def what_its_marks_are(found: Verdict, nouns: tuple[str, str]) -> str:
    """A few sentences below it: what the lines cover, which is not the same for models that were trained once."""
    same = [each for each in found.standings if each.splits == 1]
    anew = [each for each in found.standings if each.splits > 1]
    said = [_lines_of_one_split(same, nouns)] if same else []
    said += [_lines_over_splits(anew, nouns, alone=not same)] if anew else []
    if any(each.has_seeds and each.seeds > 1 for each in found.standings):
        said.append("Short lines above: each seed.")
    if _not_told_apart(found):
        said.append("A bar at the right joins models that are not told apart.")
    if same:
        said.append(f"{'What is said of one split' if anew else 'All of it'} holds for this one split of the data.")
    return " ".join(said)


def _lines_of_one_split(models: Sequence[Standing], nouns: tuple[str, str]) -> str:
    thin = "; thin line: for other seeds, too" if any(each.has_seeds and each.counts_seeds for each in models) else ""
    few = "" if all(each.counts_seeds for each in models) else f"; of {_FEW} nobody knows what other seeds do"
    return f"Thick line: 95\u00a0% interval for other {nouns[1]}{thin}{few}."


def _lines_over_splits(models: Sequence[Standing], nouns: tuple[str, str], *, alone: bool) -> str:
    line = "Thick line: 95\u00a0% interval" if alone else "Where each seed drew a split of its own, the thick line is"
    few = "" if all(each.counts_seeds for each in models) else f"; of {_FEW} for other {nouns[1]} only"
    return f"{line} for other {nouns[1]}, seeds and splits{few}."


def _scored(found: Verdict) -> list[Scored]:
    numbers = variants(standing.architecture for standing in found.standings)
    measure = found.measure
    scored = []
    for standing, number in zip(found.standings, numbers, strict=True):
        whole, texts = standing.interval(measure), standing.interval_of_texts(measure)
        by_seed = standing.by_seed(measure) if standing.has_seeds else ()
        scored.append(
            Scored(
                standing.label, standing.architecture, number, standing.score(measure), whole.low, whole.high,
                texts.low, texts.high, tuple(float(share) for share in by_seed),
            )
        )  # fmt: skip
    return scored


def _not_told_apart(found: Verdict) -> list[range]:
    places = {id(standing): place for place, standing in enumerate(found.standings)}
    apart = [
        (places[id(pair.first)], places[id(pair.second)]) for pair in found.pairs if pair.outcome in ("better", "worse")
    ]
    return joined(len(found.standings), apart)
