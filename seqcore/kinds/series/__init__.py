"""Series of numbers over time, as a kind of data."""

from seqcore.kinds.series.encoder import SeriesEncoder
from seqcore.kinds.series.kind import SeriesKind
from seqcore.kinds.series.options import SeriesOptions

__all__ = ["SeriesEncoder", "SeriesKind", "SeriesOptions"]
