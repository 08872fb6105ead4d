"""What the report does not show, and what its numbers hold for."""

from __future__ import annotations

from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered


def limits_html(gathered: Gathered) -> str:
    """One sentence a limit, each only where it is one."""
    kind, ranked = gathered.kind, gathered.ranked
    limits = []
    if len(gathered.splits) == 1:
        limits.append(
            f"Everything is told for one way to share out the {kind.examples}; another split would give other numbers."
        )
    seeded = [standing for standing in ranked if standing.has_seeds]
    once = [markup.text(standing.label, 40) for standing in seeded if standing.seeds == 1]
    if once and len(once) == len(seeded):
        limits.append("Every model was trained once: how far another seed would move its score is not known.")
    elif once:
        limits.append(f"Trained once, so that its spread over seeds is not known: {', '.join(once)}.")
    if any(standing.seeds > 1 for standing in ranked):
        limits.append("Confusion and scores of classes are of the first seed of each model, not of all.")
    limits += [
        "Likely label errors, words that give a class away and other faults of the data are not looked for here; "
        "<code>python -m seqcore xray</code> does that.",
        "Seconds were measured while other work may have run on the same machine.",
        "Not shown: curves over thresholds (ROC, precision and recall), where models looked, and single answers; "
        "the answers are in the files <code>predictions.csv</code> of this zip.",
    ]
    if kind.retraining() is None:
        limits.append(f"There is no notebook that trains models of {kind.examples} again yet.")
    if gathered.left_out:
        named = markup.listed(markup.text(line, 300) for line in gathered.left_out)
        limits.append(f"Runs of this experiment of which nothing is told:{named}")
    return markup.listed(limits)
