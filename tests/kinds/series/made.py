"""Series that tests make: they rise or fall, with noise, and differ in length."""

from __future__ import annotations

import numpy as np

from seqcore.datasets.labelled_series import LabelledSeries


def rising_and_falling(rows: int = 60, channels: int = 1, name: str = "trends") -> LabelledSeries:
    """Half of the series rise in every channel, half fall."""
    rng = np.random.default_rng(0)
    series, labels = [], []
    for row in range(rows):
        way = 1 if row % 2 else -1
        slope = np.linspace(-1, 1, int(rng.integers(6, 14)))[:, None] * way
        series.append((slope + rng.normal(0, 0.1, (len(slope), channels))).astype(np.float32))
        labels.append("rises" if way > 0 else "falls")
    names = ("value",) if channels == 1 else tuple(f"channel {place + 1}" for place in range(channels))
    return LabelledSeries(name, tuple(series), tuple(labels), channels=names)


def as_wide_csv(data: LabelledSeries) -> str:
    """The series as a table with one a row, the label first."""
    longest = max(map(len, data.series))
    names = [f"{name.replace(' ', '')}_{moment + 1}" for name in data.channels for moment in range(longest)]
    lines = [",".join(["label", *names])]
    for one, label in zip(data.series, data.labels, strict=True):
        cells = [f"{one[moment, channel]:.6g}" if moment < len(one) else "" for channel in range(one.shape[1])
                 for moment in range(longest)]  # fmt: skip
        lines.append(",".join([label, *cells]))
    return "\n".join(lines) + "\n"


def as_long_csv(data: LabelledSeries) -> str:
    """The series as a table with a moment a row."""
    lines = [",".join(["series", "time", *(name.replace(" ", "") for name in data.channels), "label"])]
    for row, (one, label) in enumerate(zip(data.series, data.labels, strict=True)):
        lines += [
            f"s{row},{moment}," + ",".join(f"{value:.6g}" for value in values) + f",{label}"
            for moment, values in enumerate(one)
        ]
    return "\n".join(lines) + "\n"


def as_ts(data: LabelledSeries) -> str:
    """The series in the form of sktime."""
    classes = " ".join(data.classes)
    header = f"@problemName made\n@timeStamps false\n@univariate {str(len(data.channels) == 1).lower()}\n"
    lines = [
        ":".join([*(",".join(f"{value:.6g}" for value in one[:, at]) for at in range(one.shape[1])), label])
        for one, label in zip(data.series, data.labels, strict=True)
    ]
    return header + f"@classLabel true {classes}\n@data\n" + "\n".join(lines) + "\n"
