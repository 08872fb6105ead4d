"""What a person says about a file of series, and what was found out where they said nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self

Layout = Literal["wide", "long"]
LAYOUTS: dict[Layout, str] = {"wide": "A row is a series", "long": "A row is a moment"}
NO_COLUMN = "none"


@dataclass(frozen=True)
class SeriesColumns:
    """How a table holds series; None (of `values`: empty) where it is to be found out.

    Attributes:
        layout: "wide": a row is a series; "long": a row is a moment of one.
        label: The column of the labels; "none" where there is none.
        values: The columns of the values; of a wide table its moments, of a long one its channels.
        series: Of a long table, the column that says which series a moment belongs to; "none" where all are of one.
        time: Of a long table, the column that says when it was; "none" where the order of the rows does.
        split: The column that says train, validation or test; "none" where there is none.
        header: Whether the first row names the columns.
        merge_labels: Whether labels that only look alike are one label.
    """

    layout: Layout | None = None
    label: str | None = None
    values: tuple[str, ...] = ()
    series: str | None = None
    time: str | None = None
    split: str | None = None
    header: bool | None = None
    merge_labels: bool = False

    @property
    def is_said(self) -> bool:
        """Whether anything that is about series alone was said."""
        return bool(self.layout or self.values or self.series or self.time)

    def filled_from(self, found: Self) -> Self:
        """The same with what was found where nothing was said."""
        missing = {name: value for name, value in asdict(found).items() if not self._says(name)}
        if self.layout is not None and self.layout != found.layout:
            missing = {name: value for name, value in missing.items() if name not in ("values", "series", "time")}
        return replace(self, **missing)

    def as_found_where(self, guess: Self) -> Self:
        """The same with a label that was only guessed left to be found out: it may be no class of a model."""
        return replace(self, label=None) if self.label == guess.label else self

    def _says(self, name: str) -> bool:
        return getattr(self, name) not in (None, ())

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self) | {"values": list(self.values)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(**{**stored, "values": tuple(stored["values"])})


AS_FOUND = SeriesColumns()
