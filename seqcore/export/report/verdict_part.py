"""The verdict of a report: what Compare says, in HTML."""

from __future__ import annotations

from seqcore.analysis.verdict_words import for_a_paper, for_a_student, of_the_second
from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered


def verdict_html(gathered: Gathered) -> str:
    """What may be said about the best model, about each of the others, and how a paper would say it."""
    found = gathered.verdict
    nouns = (gathered.kind.example, gathered.kind.examples)
    said = markup.sentence(lambda name: for_a_student(found, name=name, nouns=nouns))
    told = [
        f"{markup.text(pair.second.label, 60)}: {markup.plain(of_the_second(pair, found, nouns=nouns))}"
        for pair in found.against_the_best
    ]
    paper = markup.sentence(lambda name: for_a_paper(found, name=name, nouns=nouns))
    several = len(found.standings) > 2
    return f'<p class="verdict">{said}</p>{markup.listed(told) if several else ""}<p class="note">{paper}</p>'
