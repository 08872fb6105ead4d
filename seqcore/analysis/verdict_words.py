"""The verdict in words: a few sentences for a student, one for a paper, one of each model behind the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqcore.analysis.pairs import Pair
from seqcore.analysis.standings import ACCURACY, Standing
from seqcore.analysis.verdict import GROUPS, Group, Verdict, group_of
from seqcore.analysis.verdict_numbers import (
    interval_of,
    listed,
    p,
    percent,
    points,
    range_of,
    spread_of,
    told,
    would_tell,
)

Name = Callable[[str], str]
Nouns = tuple[str, str]
TEXTS: Nouns = ("text", "texts")


def for_a_student(found: Verdict, *, name: Name = str, nouns: Nouns = TEXTS) -> str:
    """Which model stands first, what that means for each of the others, and what guessing would get.

    Args:
        found: The verdict.
        name: Writes other people's names safely for wherever the text goes.
        nouns: What one example is called, and several.
    """
    sentences = [_first(found, name, nouns)]
    for group in GROUPS:
        pairs = found.group(group)
        if pairs:
            sentences.append(_SENTENCES[group](found, pairs, name, nouns))
    if found.baseline is not None and found.measure.name == ACCURACY.name:
        sentences.append(_guessing(found, found.baseline.label, found.baseline.accuracy, name))
    return " ".join(sentences)


def for_a_paper(found: Verdict, *, name: Name = str, nouns: Nouns = TEXTS) -> str:
    """The same with every number that a reader needs to judge it, in two sentences."""
    measure, texts, anew = found.measure, found.best.tested(found.measure), found.best.splits > 1
    models = [
        f"{name(each.label)} {told(each.score(measure), measure)} (95\u00a0% CI "
        f"{range_of(each.interval(measure), measure)}, {spread_of(each, measure)})"
        for each in found.standings
    ]
    where = f"{texts:,} test {nouns[texts != 1]}{' of each split' if anew else ''}"
    said = f"{measure.label} on {where}, mean over seeds: {'; '.join(models)}."
    pairs = [pair for pair in found.against_the_best if pair.found is not None]
    if not pairs:
        return said
    differences = [
        f"{name(pair.first.label)} against {name(pair.second.label)} {points(pair.gap, measure)} "
        f"({interval_of(pair)}, {p(pair.p_corrected)})"
        for pair in pairs
    ]
    correction = f"; p corrected for {len(found.pairs)} comparisons (Holm)" if len(found.pairs) > 1 else ""
    split = "each seed on a split of its own" if anew else "all on one split of the data"
    return f"{said} Differences: {'; '.join(differences)}; {_counted(pairs, nouns)}{correction}; {split}."


def of_the_second(pair: Pair, found: Verdict, *, nouns: Nouns = TEXTS) -> str:
    """How far a model is from the first, and what that means, in a few words."""
    weak = " No better than one answer to all." if pair.second in found.weak else ""
    group = group_of(pair)
    if pair.found is None:
        why = "No split in common" if found.best.splits > 1 else f"Tested on other {nouns[1]}"
        return f"{why}: cannot be compared.{weak}"
    if group == "too_few_seeds":
        return f"{_as_trained(pair, nouns, 'the first', 'this one')}: another training may reverse that.{weak}"
    meaning = {
        "behind": "more than chance.",
        "ahead": "more than chance.",
        "equal": "equal for practical purposes.",
        "undecided": f"not enough evidence. {would_tell(pair, nouns)}",
    }[group]
    return f"{_distance(pair, nouns)} ({interval_of(pair)}, {p(pair.p_corrected)}): {meaning}{weak}"


def _counted(pairs: Sequence[Pair], nouns: Nouns) -> str:
    """What the intervals of differences cover, and how they were made."""
    if all(pair.counts_splits for pair in pairs):
        return f"intervals count test {nouns[1]}, seeds and splits (corrected resampled t-test, Nadeau and Bengio)"
    if all(pair.counts_seeds for pair in pairs):
        return f"intervals count test {nouns[1]} and seeds (MOVER, degrees of freedom of the seeds by Welch)"
    return f"models with fewer than three seeds are compared as trained, counting test {nouns[1]} only"


def _distance(pair: Pair, nouns: Nouns) -> str:
    if pair.found is not None and pair.found.differing == 0:
        return f"Right on the same {nouns[1]}"
    shared = "splits that both drew" if pair.counts_splits else f"{nouns[1]} that both were tested on"
    where = "behind" if pair.gap >= 0 else f"ahead on the {shared}"
    return f"{points(abs(pair.gap), pair.measure)} {where}"


def _first(found: Verdict, name: Name, nouns: Nouns) -> str:
    best, measure = found.best, found.measure
    texts, value = best.tested(measure), told(best.score(measure), measure)
    one = best.counts_seeds or best.seeds == 1
    subject = name(best.label)
    if not best.counts_seeds:
        subject = f"This trained {subject}" if one else f"{subject}, trained {_times(best.seeds)},"
        one = True
    over = f" on average over {best.seeds} seeds" if best.has_seeds and best.seeds > 1 else ""
    over += ", each with a split of its own" if best.splits > 1 else ""
    interval = f"(95\u00a0% interval {range_of(best.interval(measure), measure)}, {_covers(best, nouns)})"
    if measure.name == ACCURACY.name:
        return f"{subject} gets {value} of {texts:,} test {nouns[texts != 1]} right{over} {interval}."
    label = name(_lower(measure.label)) if ":" in measure.name else _lower(measure.label)
    return f"{subject} has the best {label}, {value}{over} {interval}."


def _covers(standing: Standing, nouns: Nouns) -> str:
    if not standing.has_seeds:
        return f"for other {nouns[1]}"
    if standing.over_splits and standing.counts_seeds:
        return f"for other {nouns[1]}, other seeds and other splits"
    return f"for other {nouns[1]} {'and other seeds' if standing.counts_seeds else 'but not for other seeds'}"


def _behind(found: Verdict, pairs: Sequence[Pair], name: Name, nouns: Nouns) -> str:
    by = [f"{name(pair.second.label)} (by {points(pair.gap, found.measure)})" for pair in pairs]
    least = p(max(pair.p_corrected for pair in pairs))
    chance = f"{nouns[1]}, seeds and splits" if all(pair.counts_splits for pair in pairs) else f"{nouns[1]} and seeds"
    return f"It is better than {listed(by)}, by more than the chance of {chance} explains ({least})."


def _ahead(found: Verdict, pairs: Sequence[Pair], name: Name, nouns: Nouns) -> str:
    both = "splits" if all(pair.counts_splits for pair in pairs) else nouns[1]
    return f"On the {both} that both were tested on, {_are(pairs, name)} better than it by more than chance."


def _equal(found: Verdict, pairs: Sequence[Pair], name: Name, nouns: Nouns) -> str:
    return f"{_are(pairs, name)} equal to it for practical purposes (within {points(found.limit, found.measure)})."


def _undecided(found: Verdict, pairs: Sequence[Pair], name: Name, nouns: Nouns) -> str:
    by = [f"{name(pair.second.label)} ({points(abs(pair.gap), found.measure)} apart)" for pair in pairs]
    needed = f" {would_tell(pairs[0], nouns)}" if len(pairs) == 1 else ""
    return f"There is not enough evidence to tell it from {listed(by)}.{needed}"


def _too_few_seeds(found: Verdict, pairs: Sequence[Pair], name: Name, nouns: Nouns) -> str:
    missing = [each for each in found.standings if not each.counts_seeds]
    if len(found.standings) == 2:
        first, second = name(pairs[0].first.label), name(pairs[0].second.label)
        said = _as_trained(pairs[0], nouns, f"this trained {first}", f"this trained {second}")
    else:
        said = f"Whether it is better than {listed([name(pair.second.label) for pair in pairs])} is open"
    why, apart = [], [pair for pair in pairs if pair.first.counts_seeds and pair.second.counts_seeds]
    if missing:
        were = f"{'was' if len(missing) == 1 else 'were'} trained {_times(*(each.seeds for each in missing))}"
        why.append(f"{listed([name(each.label) for each in missing])} {were}")
    if apart:
        have = f"{'has' if len(apart) == 1 else 'have'} fewer than three splits in common"
        why.append(f"{listed([name(pair.second.label) for pair in apart])} {have} with {name(found.best.label)}")
    fewest = "Three seeds that both have" if found.best.over_splits else "Three seeds of each"
    return (
        f"{said}: {' and '.join(why)}, and another training may reverse the order. {fewest} are the fewest that tell "
        "architectures apart."
    )


def _other_texts(found: Verdict, pairs: Sequence[Pair], name: Name, nouns: Nouns) -> str:
    names, one = listed([name(pair.second.label) for pair in pairs]), len(pairs) == 1
    if found.best.splits > 1:
        return f"{names} {'has' if one else 'have'} no split in common with it and cannot be compared."
    return f"{names} {'was' if one else 'were'} tested on other {nouns[1]} and cannot be compared."


_SENTENCES: dict[Group, Callable[[Verdict, Sequence[Pair], Name, Nouns], str]] = {
    "behind": _behind,
    "ahead": _ahead,
    "equal": _equal,
    "undecided": _undecided,
    "too_few_seeds": _too_few_seeds,
    "other_texts": _other_texts,
}


def _guessing(found: Verdict, label: str, accuracy: float, name: Name) -> str:
    said = f"Always answering {name(label)} would get {percent(accuracy)}"
    if not found.weak:
        return f"{said}."
    names = listed([name(each.label) for each in found.weak])
    return f"{said}; {names} {'is' if len(found.weak) == 1 else 'are'} not measurably better than that."


def _as_trained(pair: Pair, nouns: Nouns, first: str, second: str) -> str:
    """What two trained models did, without a word about their architectures."""
    if pair.found is not None and pair.found.differing == 0:
        return f"{_capital(first)} and {second} are right on the same {nouns[1]}"
    if pair.first.seeds == pair.second.seeds == 1 and pair.measure.name == ACCURACY.name:
        one, other = map(round, pair.only_one_right)
        return (
            f"{_capital(first)} alone is right on {one:,} {nouns[one != 1]}, {second} alone on {other:,} "
            f"(McNemar {p(pair.p_corrected)})"
        )
    where = "behind" if pair.gap >= 0 else "ahead of"
    return f"{_capital(second)} is {points(abs(pair.gap), pair.measure)} {where} {first} ({p(pair.p_corrected)})"


def _are(pairs: Sequence[Pair], name: Name) -> str:
    return f"{listed([name(pair.second.label) for pair in pairs])} {'is' if len(pairs) == 1 else 'are'}"


def _times(*seeds: int) -> str:
    if set(seeds) == {1}:
        return "once" if len(seeds) == 1 else "once each"
    return "twice" if set(seeds) == {2} else "only once or twice"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
