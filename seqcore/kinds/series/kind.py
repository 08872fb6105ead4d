"""Series as a kind of data: a step is a moment, a model reads frames of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.series.given_files import are_of_archive, series_of_archive
from seqcore.kinds.base import Encoder, Kind
from seqcore.kinds.picture import Picture, edges_around
from seqcore.kinds.registry import register
from seqcore.kinds.series.encoder import SeriesEncoder, Values
from seqcore.kinds.series.options import SeriesOptions
from seqcore.kinds.series.told import told_of
from seqcore.kinds.sizes import FrameSizes
from seqcore.settings import Settings
from seqcore.spec import InputOptions

REQUIREMENTS = "tensorflow>=2.18\nkeras>=3.12\npandas>=2.2\npyarrow>=17\n"  # before, Keras' safe mode had holes
_COPIED = "# What follows is copied into predict.py.\n"
_HERE, _NAMES = "# (From a series to the frames that the model reads.)", "# (From names of columns to channels.)"


@register
class SeriesKind(Kind):
    """Labelled series of numbers."""

    name = "series"
    label = "Series"
    example, examples = "series", "series"
    step, steps = "moment", "moments"
    drawing = "moments"
    form = "frames"
    options = SeriesOptions
    encoder_file = "series.json"
    smallest = FrameSizes(channels=1, longest=4)

    def reads(self) -> Sequence[str]:
        """Tables of numbers, and the files of the UCR and UEA archives."""
        return ("CSV", "TSV", "Parquet", ".ts (sktime)", "ARFF")

    def recognises(self, names: Sequence[str]) -> bool:
        """Archives and folders with NAME_TRAIN.ts in them; single files are known by what stands in them."""
        return are_of_archive(names)

    def read_files(self, files: Sequence[tuple[str, bytes]], name: str, limits: Settings) -> LabelledSeries:
        """The series to learn from and those to test on, of an archive or a folder."""
        return series_of_archive(files, name, limits)

    def load(self, data: bytes, name: str) -> LabelledSeries:
        """Series and labels as they were stored."""
        return LabelledSeries.from_parquet(data, name)

    def fit(self, examples: Sequence[Values], options: InputOptions) -> SeriesEncoder:
        """Learn means and spreads from the training series."""
        return SeriesEncoder.fit(examples, _of_series(options))

    def largest_sizes(self, examples: Sequence[Values], options: InputOptions) -> FrameSizes:
        """As many moments as the options allow and the longest has."""
        chosen = _of_series(options)
        longest = chosen.resample or max(map(len, examples), default=1)
        channels = examples[0].shape[1] if len(examples) else 1
        marked = 1 + (chosen.missing == "indicate")
        return FrameSizes(channels * marked, max(1, min(chosen.most_moments or longest, longest)))

    def read_encoder(self, saved: bytes, options: InputOptions) -> SeriesEncoder:
        """The encoder that a `series.json` keeps."""
        return SeriesEncoder.from_json(saved)

    def told(self, examples: Sequence[Values], options: InputOptions) -> str:
        """Lengths, missing values, series that never change."""
        return told_of(examples, _of_series(options))

    def bundle_files(self) -> dict[str, str]:
        """A script that needs Keras and pandas only."""
        _, copied = _read(files("seqcore.kinds.series") / "frames.py").split(_COPIED, 1)
        _, names = _read(files("seqcore.datasets.series") / "numbered_names.py").split(_COPIED, 1)
        script = _read(files("seqcore.kinds.series") / "predict.py.txt")
        script = script.replace(_HERE, copied.strip()).replace(_NAMES, names.strip())
        return {"predict.py": script, "requirements.txt": REQUIREMENTS}

    def view(self, encoder: Encoder, data: LabelledData, row: int) -> dict[str, Any]:
        """Its values as measured and as read, with the names of the channels."""
        seen = super().view(encoder, data, row)
        if isinstance(data, LabelledSeries):
            measured = np.asarray(data.series[row], np.float64)
            told = [[value if np.isfinite(value) else None for value in moment] for moment in measured.tolist()]
            marked = [f"{name} missing" for name in data.channels]
            both = encoder.sizes != FrameSizes(len(data.channels), encoder.sizes.longest)
            seen |= {"channels": [*data.channels, *(marked if both else [])], "measured": told}
        return seen

    def picture(self, encoder: Encoder, data: LabelledData, row: int) -> Picture:
        """Its values as they were measured, over the times of the data where they have some, else over its moments."""
        if not isinstance(data, LabelledSeries):
            raise TypeError(f"series are read here, not {type(data).__name__}")
        measured = np.asarray(data.series[row], np.float64)
        timed = data.times is not None and len(data.times[row]) == len(measured)
        at = np.asarray(data.times[row], np.float64) if timed and data.times else np.arange(1.0, len(measured) + 1)
        read = int(encoder.lengths([data.series[row]])[0])
        places = np.linspace(0, max(len(at) - 1, 0), read)[: encoder.sizes.longest]
        steps = edges_around(np.interp(places, np.arange(len(at)), at) if len(at) else np.zeros(0))
        return Picture("lines", data.channels, measured, at, steps, "Time" if timed else "Moment")


def _read(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _of_series(options: InputOptions) -> SeriesOptions:
    if not isinstance(options, SeriesOptions):
        raise TypeError(f"the options of series are wanted, not {type(options).__name__}")
    return options
