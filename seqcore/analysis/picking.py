"""What it costs to pick the model with the highest test score and to report that score."""

from __future__ import annotations

import math
from statistics import median

from scipy import special

from seqcore.analysis.verdict import Verdict


def too_much_by_picking(found: Verdict) -> float:
    """By how much the highest of the test scores is expected to be too good, were all models equally good.

    The expected largest of so many independent errors, each as large as what chance does to one model of a pair.
    Source: the normal scores of Blom, Statistical estimates and transformed beta-variables (1958).

    Returns:
        In the measure's own units; 0 for a single model.
    """
    errors = [math.sqrt(pair.found.variance / 2) for pair in found.pairs if pair.found is not None]
    models = len(found.standings)
    if not errors or models < 2:
        return 0.0
    return median(errors) * float(special.ndtri((models - 0.375) / (models + 0.25)))
