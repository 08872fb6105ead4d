"""The one run of each model that is looked at where the seeds cannot be brought together: that of the lowest seed."""

from __future__ import annotations

from seqcore.analysis.standings import Standing


def label_with_seed(standing: Standing) -> str:
    """The model's name, with the seed where there are several."""
    return f"{standing.label}, seed {standing.results[0].seed}" if standing.seeds > 1 else standing.label
