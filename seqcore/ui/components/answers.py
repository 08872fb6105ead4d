"""What models answer, as bars that stand side by side: a component that only ever writes plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seqcore.architectures import appearance
from seqcore.plots.line_image import line_image
from seqcore.ui.kit.component import Component
from seqcore.ui.kit.escape import shorten

FOLDER = Path(__file__).parent
BARS_SCRIPT = (FOLDER / "answers.js").read_text(encoding="utf-8")
BARS_STYLE = (FOLDER / "answers.css").read_text(encoding="utf-8")
_MOST_BARS = 6
_GRID = Component(
    "seqlab_answers",
    html='<div class="answers"></div>',
    css=BARS_STYLE,
    js=BARS_SCRIPT + (FOLDER / "answers_grid.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class ModelAnswer:
    """What one model says of one text.

    Attributes:
        label: Name of the model.
        architecture: Gives its colour and dashes.
        classes: Names of the classes.
        probabilities: One a class, summing to 1.
        truth: The text's own label, when it is known.
    """

    label: str
    architecture: str
    classes: Sequence[str]
    probabilities: Sequence[float]
    truth: str | None = None

    @property
    def code(self) -> int:
        """Position of the class that it says."""
        return max(range(len(self.classes)), key=lambda code: self.probabilities[code])

    @property
    def prediction(self) -> str:
        """The class that it says."""
        return self.classes[self.code]


def draw_answers(answers: Sequence[ModelAnswer], *, key: str) -> None:
    """Draw a card for each model."""
    _GRID(key=key, data={"models": [as_data(answer) for answer in answers]})


def as_data(answer: ModelAnswer) -> dict[str, Any]:
    """An answer as the scripts read it: the six likeliest classes, two in their own order."""
    known = appearance(answer.architecture)
    order = sorted(range(len(answer.classes)), key=lambda code: -answer.probabilities[code])
    shown = sorted(order) if len(order) == 2 else order[:_MOST_BARS]
    bars = [(answer.classes[code], answer.probabilities[code], code == answer.code) for code in shown]
    if len(order) > len(shown):
        rest = order[_MOST_BARS:]
        name = f"{len(rest)} others" if len(rest) > 1 else answer.classes[rest[0]]
        bars.append((name, sum(answer.probabilities[code] for code in rest), False))
    return {
        "label": answer.label,
        "color": known.color,
        "line": line_image(answer.architecture),
        "prediction": shorten(answer.prediction, 80),
        "truth": None if answer.truth is None else shorten(answer.truth, 80),
        "probabilities": [{"label": shorten(c, 80), "value": p, "chosen": chosen} for c, p, chosen in bars],
    }
