"""How series of numbers become frames."""

from __future__ import annotations

from typing import ClassVar, Literal

from seqcore.spec import InputOptions, option

MOST_MOMENTS = 10_000
Standardise = Literal["training", "series", "none"]
Missing = Literal["interpolate", "indicate"]


class SeriesOptions(InputOptions):
    """How series of numbers become frames."""

    length_setting: ClassVar[str] = "most_moments"

    kind: Literal["series"] = "series"
    most_moments: int = option(
        500,
        "Most moments",
        "Moments kept of each series from its start; 0 keeps as many as the longest training series has.",
        ge=0,
        le=MOST_MOMENTS,
        step=50,
    )
    standardise: Standardise = option(
        "training",
        "Standardise",
        "What makes the mean 0 and the standard deviation 1 in each channel: the training series together, which keeps "
        "the differences in level and size between series, or each series on its own, which takes them away.",
        labels={"training": "Over the training series", "series": "Each series on its own", "none": "Not at all"},
    )
    missing: Missing = option(
        "interpolate",
        "Missing values",
        "A missing value is drawn in a straight line between its neighbours; a further channel can say where that was "
        "done, 1 where a value is missing and 0 elsewhere.",
        labels={"interpolate": "Fill in", "indicate": "Fill in and mark"},
        more=True,
    )
    resample: int = option(
        0,
        "Moments of every series",
        "Brings every series to so many moments, for series of different rates or lengths; 0 leaves them as they are.",
        ge=0,
        le=MOST_MOMENTS,
        step=50,
        more=True,
    )
    difference: bool = option(
        False,
        "Changes instead of values",
        "Feed what changes from each moment to the next; the first moment has 0.",
        more=True,
    )
