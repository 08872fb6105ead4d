"""What a model would answer about examples whose steps are moments, without a model."""

from typing import Any

import numpy as np

from seqcore.datasets.labelled_data import LabelledData
from seqcore.inspections.attention import AttentionAnswer, AttentionRequest
from seqcore.inspections.contracts import Answer, ScoredStep, StepScores, WeighedStep
from seqcore.inspections.gates import GatesAnswer, GatesOfCell, GatesRequest
from seqcore.inspections.integrated_gradients import IntegratedGradientsRequest, IntegratedScores
from seqcore.inspections.occlusion import OcclusionRequest, OcclusionScores
from seqcore.inspections.reading_along import AlongAnswer, AlongRequest
from seqcore.kinds import Encoder, get_kind


def answer_about_moments(
    data: LabelledData, encoder: Encoder, request: Any, classes: tuple[str, ...], likely: list[float]
) -> Answer:
    """What a model would say of a row, or of an example of one's own: a number for each of its moments."""
    kind = get_kind(data.kind)
    steps = encoder.steps(kind.from_text(request.text) if request.row is None else data.examples[request.row - 1])
    said = {"text": f"{kind.example} of {len(steps)} {kind.steps}", "classes": classes}
    read = {
        "text": said["text"], "tokens": [step.name for step in steps], "spans": [(s.start, s.end) for s in steps],
        "known": [True] * len(steps),
    }  # fmt: skip
    if isinstance(request, AttentionRequest):
        shares = [WeighedStep(token=s.name, start=s.start, end=s.end, weight=1 / len(steps)) for s in steps]
        return AttentionAnswer(**said, probabilities=likely, kind="tokens", tokens=shares)
    if isinstance(request, AlongRequest):
        rows = np.tile(likely, (len(steps), 1))
        return AlongAnswer(
            **read, classes=classes, probabilities=rows, positions=range(1, len(steps) + 1), steps=len(steps),
            points="states", knows_what_follows=False, whole_text=likely,
        )  # fmt: skip
    if isinstance(request, GatesRequest):
        grid = np.full((len(steps), 2), 0.5, np.float32)
        cell = GatesOfCell(
            layer=1, cell="lstm", direction="forward", units=(0, 1), order=(1, 0), gates={"input": grid, "hidden": grid}
        )
        return GatesAnswer(**read, classes=classes, probabilities=likely, layers=(cell,))
    scores = [ScoredStep(token=s.name, start=s.start, end=s.end, score=-0.5) for s in steps]
    about = said | {"probabilities": likely, "label": request.label or classes[0], "tokens": scores}
    if isinstance(request, OcclusionRequest):
        return OcclusionScores(**about, together=request.window or 1)
    channels = np.zeros((len(steps), 2))
    if isinstance(request, IntegratedGradientsRequest):
        return IntegratedScores(**about, by_channel=channels, sum_of_scores=0, difference_of_logits=0, points=16)
    return StepScores(**about, by_channel=channels)
