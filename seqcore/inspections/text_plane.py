"""Texts in a plane: where the vectors lie that test texts get before the head, and the text that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.plane import Method
from seqcore.architectures import Architecture
from seqcore.inspections.contracts import Request
from seqcore.inspections.prediction import words_only
from seqcore.inspections.registry import register
from seqcore.inspections.sampled import sampled
from seqcore.inspections.text_said import notes_on
from seqcore.inspections.word_plane import MOST_POINTS, PlaneAnswer, most_points

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

TEXT_PLANE = "text_plane"
SHOWN = 160  # characters of a text that stand in an answer


class TextPoint(BaseModel):
    """A test text.

    Attributes:
        row: Its place among the test texts, from 0.
        text: Its beginning.
        x: Along the first axis.
        y: Along the second.
        label: Its class.
        prediction: What the model says of it.
        right: Whether that is its class.
    """

    model_config = ConfigDict(frozen=True)

    row: int
    text: str
    x: float
    y: float
    label: str
    prediction: str
    right: bool


class OwnPoint(BaseModel):
    """The text that was asked about.

    Attributes:
        x: Along the first axis.
        y: Along the second.
        prediction: What the model says of it.
    """

    model_config = ConfigDict(frozen=True)

    x: float
    y: float
    prediction: str


class TextPlaneAnswer(PlaneAnswer):
    """Test texts by their place among them.

    Attributes:
        tested: Test texts that there are.
        texts: Those that are laid out.
        own: The text that was asked about; None where none was.
    """

    tested: int
    texts: tuple[TextPoint, ...]
    own: OwnPoint | None


class TextPlaneRequest(Request[TextPlaneAnswer]):
    """How the texts are laid out, how many, and among them which of one's own."""

    text: str | None = Field(None, description="A text that is shown among the test texts; without: none.")
    method: Method = Field("pca", description="pca: the two directions of most variance; tsne: neighbours stay close.")
    most: int = Field(
        500, ge=1, le=MOST_POINTS, description="Test texts at most; of more, so many are drawn. By t-SNE 1,000 at most."
    )


def has_features(architecture: Architecture, kind: str) -> str | None:
    """Why its texts have no place in a plane."""
    if architecture.fit == "closed_form":
        return (
            "adds the weights of a text's words straight up to its answer, and has no vector before that; “What "
            "mattered” shows what each word adds"
        )
    return words_only("only texts are laid out in a plane here")(architecture, kind)


@register(
    TEXT_PLANE,
    label="Texts in a plane",
    how_to_read="Each point is a test text as the model sums it up: the vector that its last, linear layer answers by, "
    "so where the classes lie apart the model tells them apart. A hollow point is a text that it gets wrong, and lies "
    "among those that it was taken for.",
    how_not_to_read="PCA hides all variance but the share that is named, and the answer may turn on what it hides; in "
    "t-SNE sizes of clusters and distances between far ones mean nothing (Wattenberg et al. 2016). Your own text is "
    "laid into the plane of the test texts; in t-SNE, which has no place for it otherwise, it moves the others a bit.",
    request=TextPlaneRequest,
    answer=TextPlaneAnswer,
    applies_to=has_features,
)
def text_plane(model: FinishedModel, request: TextPlaneRequest) -> TextPlaneAnswer:
    """Read the test texts once, and lay out what the head is given of each.

    Raises:
        InspectionError: the run's test texts are not there or damaged.
    """
    drawn = sampled(model, most_points(request.most, request.method))
    asked, tests = [] if request.text is None else [request.text], len(drawn.texts)
    of_tests = model.vectors.of_same_texts(("test texts", tests), lambda: model.encoder.encode(drawn.texts))
    own = model.vectors.of_texts(model.encoder.encode(asked))
    plane = model.vectors.in_plane(of_tests, request.method, later=own)
    answers = model.vectors.answers_by(np.concatenate([of_tests, own]))
    says = [model.classes[code] for code in answers.tolist()]
    labels = [model.classes[code] for code in drawn.labels.tolist()]
    places = plane.points.tolist()
    notes = [plane.note] if plane.note else []
    return TextPlaneAnswer(
        method=plane.method,
        explained=plane.explained,
        perplexity=plane.perplexity,
        size=of_tests.shape[1],
        classes=model.classes,
        notes=(*notes, *(note for text in asked for note in notes_on(model, text))),
        tested=len(model.tested()[0]),
        texts=tuple(
            TextPoint(row=row, text=text[:SHOWN], x=x, y=y, label=label, prediction=said, right=label == said)
            for row, text, (x, y), label, said in zip(
                drawn.rows.tolist(), drawn.texts, places[:tests], labels, says[:tests], strict=True
            )
        ),
        own=OwnPoint(x=places[tests][0], y=places[tests][1], prediction=says[tests]) if asked else None,
    )
