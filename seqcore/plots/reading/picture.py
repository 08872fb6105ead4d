"""Which picture of reading belongs to an architecture, found by its stages; each comes with itself in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seqcore.architectures import Stage
from seqcore.plots.canvas import short


@dataclass(frozen=True)
class ReadText:
    """What is read in a picture.

    Attributes:
        words: The steps of one example, in order; any number.
        classes: Names of the classes.
        color: Of the architecture.
    """

    words: Sequence[str]
    classes: Sequence[str]
    color: str

    @property
    def ends(self) -> list[tuple[str, str]]:
        """The first two words and the last, with their numbers; "T" where words between them are left out."""
        if len(self.words) <= 3:
            return [(said, str(place)) for place, said in enumerate(self.words, start=1)]
        return [(self.words[0], "1"), (self.words[1], "2"), (self.words[-1], "T")]

    @property
    def head(self) -> str:
        """What the head computes, in signs."""
        return "softmax(W·s + b)" if len(self.classes) > 2 else "σ(W·s + b)"

    def named(self) -> str:
        """The classes in words."""
        names = [short(name, 30) for name in self.classes[:3]]
        more = f" and {len(self.classes) - 3} more" if len(self.classes) > 3 else ""
        return ", ".join(names) + more


@dataclass(frozen=True)
class Drawn:
    """A picture and what it shows in words."""

    svg: str
    alt: str


def draw_reading(stages: Sequence[Stage], read: ReadText) -> Drawn | None:
    """The picture of how a text is read; None where no stage says how."""
    from seqcore.plots.reading import counted, looking_back, recurrent, side_by_side

    found = {stage.kind: stage for stage in reversed(stages)}
    if not read.words:
        return None
    if "recurrent" in found:
        return recurrent.draw(found["recurrent"], read, attends="attention" in found)
    if "self_attention" in found:
        return side_by_side.draw_self_attention(found["self_attention"], read)
    if "convolution" in found:
        return side_by_side.draw_convolution(read)
    if "causal_convolution" in found:
        return looking_back.draw(found["causal_convolution"], read)
    if "averaged" in found:
        return side_by_side.draw_average(found["averaged"], read)
    if "counts" in found:
        return counted.draw(read)
    return None
