"""The picture of a verdict: its models on one axis, those that it does not tell apart joined by a bar."""

from __future__ import annotations

from seqcore.analysis.verdict import Verdict
from seqcore.plots import Scored, describe_intervals, draw_intervals, joined, variants
from seqcore.plots.canvas import short


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
    """A sentence below it: what the lines cover, which is not the same for models that were trained once."""
    seeded = [each for each in found.standings if each.has_seeds]
    thick = f"Thick line: 95\u00a0% interval for other {nouns[1]}"
    thin = "; thin line: for other seeds, too" if any(each.counts_seeds for each in seeded) else ""
    few = "" if found.counts_seeds else "; of models trained once or twice nobody knows what other seeds do"
    seeds = " Short lines above: each seed." if any(each.seeds > 1 for each in seeded) else ""
    bars = " A bar at the right joins models that are not told apart." if _not_told_apart(found) else ""
    return f"{thick}{thin}{few}.{seeds}{bars} All of it holds for this one split of the data."


def _scored(found: Verdict) -> list[Scored]:
    numbers = variants(standing.architecture for standing in found.standings)
    measure = found.measure
    scored = []
    for standing, number in zip(found.standings, numbers, strict=True):
        whole, texts = standing.interval(measure), standing.interval_of_texts(measure)
        by_seed = standing.scores(measure).mean(axis=1) if standing.has_seeds else ()
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
