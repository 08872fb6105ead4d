"""The settings of planted tasks."""

from __future__ import annotations

from seqcore.spec import Options, option


class PlantedOptions(Options):
    """Texts: how far apart, how many, and from which seed."""

    distance: int = option(
        20, "Distance", "Other words between what matters, or between it and the end of the text.", ge=1, le=5000
    )
    rows: int = option(2000, "Rows", "Texts in all; the classes are equally frequent.", ge=20, le=200_000, step=500)
    seed: int = option(0, "Seed", "Draws the texts: the same seed gives the same ones.", ge=0, le=2**31 - 1)


class PlantedSeriesOptions(Options):
    """Series: how long, how many, how noisy, and from which seed."""

    length: int = option(100, "Length", "Moments of each series.", ge=30, le=10_000, step=10)
    rows: int = option(1000, "Rows", "Series in all; the classes are equally frequent.", ge=20, le=200_000, step=500)
    noise: float = option(
        0.3, "Noise", "Standard deviation of what is added everywhere; what matters swings by 1.", ge=0.0, le=5.0,
        step=0.1,
    )  # fmt: skip
    channels: int = option(
        1,
        "Channels",
        "Numbers at each moment; one of them, drawn anew for each series, has what matters.",
        ge=1,
        le=32,
    )
    seed: int = option(0, "Seed", "Draws the series: the same seed gives the same ones.", ge=0, le=2**31 - 1)
