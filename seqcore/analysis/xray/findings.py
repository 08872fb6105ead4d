"""What was found, one finding a thing, in words that pages and command line share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from seqcore.analysis.xray.result import Rows, ScoreWithout, XRay

Weight = Literal["bad", "care", "note"]
Nouns = tuple[str, str]
_SHOWN = 3  # words that give a class away
_TESTED_FEW = 30  # test texts below which a score says next to nothing


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        name: As the JSON has it, and as `--drop` takes it.
        weight: "bad" when no result can be trusted, "care" when it must be read with care, "note" else.
        title: What it is, in a few words.
        brief: What was found, in a clause.
        more: What follows it: what that does to the score, where it can be said.
        rows: Rows that it is about, places from 0.
    """

    name: str
    weight: Weight
    title: str
    brief: str
    more: str = ""
    rows: Rows = ()

    @property
    def sentence(self) -> str:
        """All of it, without a full stop."""
        return f"{self.brief}{self.more}"


def findings_of(found: XRay, nouns: Nouns = ("text", "texts")) -> list[Finding]:
    """Everything that was found, what weighs most first; `nouns`: what one example is called, and several."""
    every = [
        *_across(found, nouns), *_few(found), *_conflicts(found, nouns), *_shortcuts(found), *_suspects(found),
        *_repeated(found), *_lengths(found), *_foreign(found), *_damaged(found),
    ]  # fmt: skip
    return sorted(every, key=lambda finding: ("bad", "care", "note").index(finding.weight))


def _across(found: XRay, nouns: Nouns) -> list[Finding]:
    across = found.across
    rows = tuple(sorted((*across.rows, *across.near_rows)))
    if not rows:
        return []
    told = []
    if across.rows:
        stand = "also stands" if across.texts == 1 else "also stand"
        told.append(f"{_examples(across.texts, nouns)} of the test part {stand} in the training or validation part")
    if across.near_rows:
        have = "has a near twin there" if len(across.near_rows) == 1 else "have a near twin there"
        where = have if told else have.replace("there", "in the training or validation part")
        told.append(f"{_examples(len(across.near_rows), nouns)}{'' if told else ' of the test part'} {where}")
    more, cost = "", 0.0
    if across.score is not None and across.score.left:
        cost = abs(across.score.accuracy - across.score.without)
        them = "it" if len(rows) == 1 else "them"
        more = f"; without {them} a bag of words has {_instead(across.score)} on the test"
    share = len(rows) / max(found.tested, 1)
    weight: Weight = "bad" if share >= 0.1 or cost >= 0.02 else "care" if share >= 0.002 or cost >= 0.002 else "note"
    return [Finding("across_splits", weight, "Learned and tested", "; ".join(told), more, rows)]


def _few(found: XRay) -> list[Finding]:
    weight: Weight = "bad" if found.tested < _TESTED_FEW else "care"
    few = [Finding("size", weight, "How much there is", sentence) for sentence in found.warnings]
    if found.small_classes:
        names = ", ".join(f"“{label[:40]}”" for label in found.small_classes[:5])
        more = ", …" if len(found.small_classes) > 5 else ""
        noun = "A class is" if len(found.small_classes) == 1 else f"{len(found.small_classes):,} classes are"
        sentence = f"{noun} too small to be in training, validation and test: {names}{more}"
        few.append(Finding("small_classes", "care", "Classes that cannot be split", sentence))
    return few


def _conflicts(found: XRay, nouns: Nouns) -> list[Finding]:
    if not found.conflicts:
        return []
    rows = tuple(sorted(row for conflict in found.conflicts for row in conflict.rows))
    wrong = sum(len(each.rows) - max(map(each.labels.count, set(each.labels))) for each in found.conflicts)
    share = wrong / found.rows
    weight: Weight = "bad" if share >= 0.05 else "care" if share >= 0.005 else "note"
    have = "has" if len(found.conflicts) == 1 else "have"
    brief = f"{_examples(len(found.conflicts), nouns)} {have} several labels ({_counted(len(rows), 'row')})"
    more = f": no model can be right on all rows, at most on {_percent(1 - share, 2)}"
    return [Finding("conflicts", weight, f"{nouns[1].capitalize()} with several labels", brief, more, rows)]


def _suspects(found: XRay) -> list[Finding]:
    if not found.suspects:
        return []
    share = len(found.suspects) / found.rows
    weight: Weight = "bad" if share >= 0.2 else "care" if share >= 0.04 else "note"
    look = "label looks" if len(found.suspects) == 1 else "labels look"
    brief = f"{len(found.suspects):,} {look} wrong ({_percent(share)})"
    more = (
        f" to a bag of words that did not learn from these rows and agrees with {_percent(found.agreement)} of all "
        "labels. It reads no order: look before you change one"
    )
    rows = tuple(sorted(suspect.row for suspect in found.suspects))
    return [Finding("suspects", weight, "Labels that may be wrong", brief, more, rows)]


def _shortcuts(found: XRay) -> list[Finding]:
    if not found.shortcuts:
        return []
    told = [
        f"“{one.token}” gives “{one.label[:40]}” away: it stands in {_percent(one.covers, 0)} of that class, which has "
        f"{one.of_class:,} of the {one.texts:,} texts with it"
        for one in found.shortcuts[:_SHOWN]
    ]
    brief, *others = told
    more, cost = "".join(f"; {one}" for one in others), 0.0
    if len(found.shortcuts) > _SHOWN:
        more += f"; and {len(found.shortcuts) - _SHOWN:,} more"
    if found.without_shortcuts is not None:
        cost = found.without_shortcuts.accuracy - found.without_shortcuts.without
        them = "it" if len(found.shortcuts) == 1 else "them"
        more += f". Without {them} a bag of words has {_instead(found.without_shortcuts)} on the test"
    weight: Weight = "note"
    if cost >= 0.02 or max(one.covers for one in found.shortcuts) >= 0.5:
        weight = "care"
    if max(one.covers for one in found.shortcuts) >= 0.8:
        weight = "bad"
    return [Finding("shortcuts", weight, "Words that give the class away", brief, more)]


def _repeated(found: XRay) -> list[Finding]:
    every = []
    again = found.duplicates.rows
    kept = "" if found.across.rows else "; none stands in two parts"
    if again:
        weight: Weight = "care" if len(again) >= 0.3 * found.rows else "note"
        noun = "row repeats" if len(again) == 1 else "rows repeat"
        brief = f"{len(again):,} {noun} an earlier row exactly"
        every.append(Finding("duplicates", weight, "Duplicates", brief, kept, again))
    near = found.near_duplicates.rows
    if near:
        kept = "" if found.across.near_rows else "; none has its twin in another part"
        noun = "row says" if len(near) == 1 else "rows say"
        brief = f"{len(near):,} {noun} nearly what another one says"
        more = f", in other case, marks or a few words{kept}"
        every.append(Finding("near_duplicates", "note", "Near duplicates", brief, more, near))
    return every


def _lengths(found: XRay) -> list[Finding]:
    every = []
    short = tuple(sorted((*found.without_words, *found.one_word)))
    if short:
        parts = [(found.without_words, "without a word"), (found.one_word, "of a single word")]
        told = " and ".join(f"{_counted(len(rows), 'text')} {what}" for rows, what in parts if rows)
        weight: Weight = "care" if len(short) >= 0.05 * found.rows else "note"
        more = ": there is nothing or little to learn from"
        every.append(Finding("short", weight, "Too short", told, more, short))
    if found.cut.rows:
        weight = "care" if len(found.cut.rows) >= 0.1 * found.rows else "note"
        end = "ends" if len(found.cut.rows) == 1 else "end"
        brief = f"{_counted(len(found.cut.rows), 'text')} {end} after exactly {found.cut.length:,} {found.cut.unit}"
        more = ", and none is longer: something cut them before they came here"
        every.append(Finding("cut", weight, "Cut", brief, more, found.cut.rows))
    return every


def _foreign(found: XRay) -> list[Finding]:
    if not found.foreign:
        return []
    kinds: dict[str, int] = {}
    for each in found.foreign:
        kinds[each.what] = kinds.get(each.what, 0) + 1
    named = ", ".join(f"{what} {number:,}" for what, number in sorted(kinds.items(), key=lambda item: -item[1])[:4])
    rest = found.language[1] or f"{found.language[0]} script"
    weight: Weight = "care" if len(found.foreign) >= 0.02 * found.rows else "note"
    looks = "text looks" if len(found.foreign) == 1 else "texts look"
    brief = f"{len(found.foreign):,} {looks} like another language or script ({named})"
    return [
        Finding(
            "foreign",
            weight,
            "Another language",
            brief,
            f"; the rest is {rest}",
            tuple(each.row for each in found.foreign),
        )
    ]


def _damaged(found: XRay) -> list[Finding]:
    if not found.damaged:
        return []
    mendable = sum(each.mended is not None for each in found.damaged)
    weight: Weight = "care" if len(found.damaged) >= 0.05 * found.rows else "note"
    was = "text was" if len(found.damaged) == 1 else "texts were"
    example = found.damaged[0].excerpt
    brief = f"{len(found.damaged):,} {was} read in a wrong encoding somewhere"
    more = f", such as “{example}”; {mendable:,} can be mended"
    return [Finding("encoding", weight, "Wrong encoding", brief, more, tuple(each.row for each in found.damaged))]


def _instead(score: ScoreWithout) -> str:
    without, before = _percent(score.without), _percent(score.accuracy)
    return f"{without} instead of {before}" if without != before else f"{before} as before"


def _examples(number: int, nouns: Nouns) -> str:
    return f"{number:,} {nouns[number != 1]}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"
