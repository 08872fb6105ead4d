"""The series or sound that all of Look inside speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from seqcore.kinds import get_kind

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData


class LookedAt(NamedTuple):
    """An example that is no text.

    Attributes:
        data: Where it stands: the data set of the models, or what was given of one's own.
        row: Its place there, from 0.
        truth: Its label; None where nobody says it, or no model knows it.
        is_own: Whether it was given, and is no row of the models' data set.
    """

    data: LabelledData
    row: int
    truth: str | None
    is_own: bool = False

    @property
    def number(self) -> int:
        """Its place as questions count, from 1."""
        return self.row + 1

    @property
    def example(self) -> Any:
        """The series or the sound itself."""
        return self.data.examples[self.row]

    @property
    def asked(self) -> dict[str, Any]:
        """The part of a question to a model that names it."""
        return {"text": get_kind(self.data.kind).to_text(self.example)} if self.is_own else {"row": self.number}
