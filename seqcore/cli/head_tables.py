"""What the heads of a transformer do, as a table."""

from __future__ import annotations

from seqcore.cli.output import print_table
from seqcore.inspections.heads import HeadsAnswer

_COLUMNS = (
    "layer",
    "head",
    "itself",
    "before",
    "after",
    "first",
    "distance",
    "looks at tokens",
    "bits",
    "what it does",
)


def print_heads(answer: HeadsAnswer) -> None:
    """A row a head."""
    rows = []
    for each in answer.each:
        shares = [f"{share:.3f}" for share in (each.itself, each.previous, each.following, each.first)]
        others = (f"{each.distance:.1f}", f"{each.spread:.1f}", f"{each.entropy:.2f}", each.sentence)
        rows.append((each.layer, each.head, *shares, *others))
    print_table(_COLUMNS, rows)
