"""The settings of a planted task."""

from __future__ import annotations

from seqcore.spec import Options, option


class PlantedOptions(Options):
    """How far apart, how many, and from which seed."""

    distance: int = option(
        20, "Distance", "Other words between what matters, or between it and the end of the text.", ge=1, le=5000
    )
    rows: int = option(2000, "Rows", "Texts in all; the classes are equally frequent.", ge=20, le=200_000, step=500)
    seed: int = option(0, "Seed", "Draws the texts: the same seed gives the same ones.", ge=0, le=2**31 - 1)
