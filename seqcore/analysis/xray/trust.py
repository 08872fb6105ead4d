"""One plain word: can a result on these data be trusted, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from seqcore.analysis.xray.findings import Finding

Word = Literal["yes", "with care", "no"]


@dataclass(frozen=True)
class Trust:
    """Whether a result can be trusted.

    Attributes:
        word: "yes", "with care" or "no".
        sentence: Why, beginning with that word.
    """

    word: Word
    sentence: str


def trust_in(findings: Sequence[Finding]) -> Trust:
    """The word and what stands in the way, from all that was found.

    Args:
        findings: What weighs most first.
    """
    bad = [finding for finding in findings if finding.weight == "bad"]
    weighing = bad or [finding for finding in findings if finding.weight == "care"]
    if not weighing:
        return Trust("yes", "Yes: nothing that was looked for stands in the way of a result on these data.")
    word: Word = "no" if bad else "with care"
    first = weighing[0].brief
    others = len([finding for finding in findings if finding.weight != "note"]) - 1
    more = "" if not others else f" And {others:,} more {'thing weighs' if others == 1 else 'things weigh'}, below."
    return Trust(word, f"{word.capitalize()}: {first[:1].lower()}{first[1:]}.{more}")
