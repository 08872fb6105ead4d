"""The verdict of a report: what Compare says, in HTML."""

from __future__ import annotations

from seqcore.analysis.verdict import rivals_of_the_first, verdict
from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered


def verdict_html(gathered: Gathered) -> str:
    """What may be said about the best model, and about each of the others."""
    ranked, guessing, kind = gathered.ranked, gathered.baseline, gathered.kind
    rivals = rivals_of_the_first(ranked, guessing)
    said = markup.sentence(
        lambda name: verdict(ranked, guessing, rivals=rivals, name=name, nouns=(kind.example, kind.examples))
    )
    told = [f"{markup.text(each.standing.label, 60)}: {markup.plain(each.sentence(kind.examples))}" for each in rivals]
    several = len(ranked) > 2
    return f'<p class="verdict">{said}</p>' + (markup.listed(told) if several else "")
