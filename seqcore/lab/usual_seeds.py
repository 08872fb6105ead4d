"""How many seeds a form starts with: as many as can tell architectures apart, where that is quick."""

from __future__ import annotations

from seqcore.analysis.evidence import FEWEST_SEEDS
from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.labelled_text import LabelledText

QUICK_CHARACTERS = 800_000  # of all texts: one seed of the usual four models takes a few seconds up to there


def usual_seeds(data: LabelledData, most: int = FEWEST_SEEDS) -> int:
    """Seeds of each model: `most` for data that are quick to train on, one for all others.

    Args:
        data: What would be trained on.
        most: What the deployment allows.
    """
    quick = isinstance(data, LabelledText) and sum(map(len, data.texts)) <= QUICK_CHARACTERS
    return max(1, most) if quick else 1
