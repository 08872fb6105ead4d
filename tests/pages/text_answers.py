"""What a model would say about one text, without TensorFlow: every word is a token, and all answers are even."""

import re
from typing import Any

import numpy as np

from seqcore.errors import InspectionError
from seqcore.inspections.attention import AttentionAnswer, AttentionRequest
from seqcore.inspections.attention_changed import AttentionChangedRequest, ChangedAttention
from seqcore.inspections.attention_matrix import MOST_SHOWN, MatrixAnswer, MatrixRequest
from seqcore.inspections.attention_step import AttentionStepRequest
from seqcore.inspections.cell_step import CellStepRequest
from seqcore.inspections.contracts import Answer, ScoredStep, StepScores, StepWeights, WeighedStep
from seqcore.inspections.flips import Change, FlipsAnswer, FlipsRequest, Tried
from seqcore.inspections.gates import GatesAnswer, GatesOfCell, GatesRequest
from seqcore.inspections.gradient_input import GradientInputRequest
from seqcore.inspections.heads import HeadHabit, HeadsAnswer, HeadsRequest
from seqcore.inspections.integrated_gradients import IntegratedGradientsRequest, IntegratedScores
from seqcore.inspections.occlusion import OcclusionRequest, OcclusionScores
from seqcore.inspections.reading_along import AlongAnswer, AlongRequest
from seqcore.inspections.rollout import RolloutRequest
from seqcore.inspections.text_said import nothing_read
from seqcore.inspections.trust import TrustAnswer, TrustRequest
from seqcore.store import Run
from tests.ui import drawn_attention
from tests.ui.drawn_cell import answer_of


def answer_about_text(run: Run, request: Any, classes: tuple[str, ...], likely: list[float]) -> Answer:
    """The answer to any question about one text.

    Raises:
        InspectionError: the text begins with "fail".
    """
    if request.text.startswith("fail"):
        raise InspectionError("The saved model cannot be read", remedy="Train this run again")
    spans = [(match.start(), match.end()) for match in re.finditer(r"\w+", request.text)]
    notes = () if spans else (nothing_read(),)
    said = {"text": request.text, "classes": classes, "probabilities": likely, "notes": notes}
    if isinstance(request, AttentionRequest):
        return _attention(run, said, spans)
    if isinstance(request, HeadsRequest):
        return _heads(said, len(spans))
    if isinstance(request, MatrixRequest):
        return _matrix(said, spans, request)
    if isinstance(request, RolloutRequest):
        return StepWeights(**said, tokens=_even(request.text, spans))
    if isinstance(request, AlongRequest):
        return _along(run, said, spans)
    if isinstance(request, GatesRequest):
        return _gates(run, said, spans)
    if isinstance(request, AttentionChangedRequest):
        size = {"layers": 2, "heads": 3} if run.architecture == "transformer" else {}
        return _attention_changed(said | size, spans, request.weights)
    if isinstance(request, AttentionStepRequest):
        return drawn_attention.answer_of(
            [request.text[a:b] for a, b in spans], heads=run.architecture == "transformer",
            layer=request.layer, head=request.head, step=request.step,
        )  # fmt: skip
    if isinstance(request, CellStepRequest):
        return answer_of("gru" if "gru" in run.architecture else "lstm", direction=request.direction)
    if isinstance(request, FlipsRequest):
        return _flips(said, spans)
    label = request.label or classes[0]
    if isinstance(request, TrustRequest):
        return _trust(said, label, request.method)
    sign = 1 if label == classes[0] else -1
    tokens = [
        ScoredStep(token=request.text[a:b], start=a, end=b, score=sign * (-0.5) ** n) for n, (a, b) in enumerate(spans)
    ]
    if isinstance(request, OcclusionRequest):
        return OcclusionScores(**said, label=label, tokens=tokens, together=2)
    if isinstance(request, IntegratedGradientsRequest):
        total = sum(step.score for step in tokens)
        return IntegratedScores(
            **said, label=label, tokens=tokens, sum_of_scores=total, difference_of_logits=total * 1.01, points=20
        )
    assert isinstance(request, GradientInputRequest)
    return StepScores(**said, label=label, tokens=tokens)


def _attention(run: Run, said: dict[str, Any], spans: list[tuple[int, int]]) -> AttentionAnswer:
    said["tokens"] = _even(said["text"], spans)
    if run.architecture == "hierarchical_attention":
        text = said["text"]
        whole = WeighedStep(token=text, start=0, end=len(text), weight=1.0)
        return AttentionAnswer(**said, kind="sentences", sentences=(whole,))
    if run.architecture != "transformer":
        return AttentionAnswer(**said, kind="tokens")
    matrix = np.full((2, 3, len(spans), len(spans)), 1 / len(spans)) if spans else None
    return AttentionAnswer(**said, kind="heads", layers=2, heads=3, matrix=matrix)


def _heads(said: dict[str, Any], steps: int) -> HeadsAnswer:
    """Two layers of three heads, which all look at everything alike."""
    if not steps:
        return HeadsAnswer(**said, steps=0, layers=2, heads=3, each=())
    each = [
        HeadHabit(
            layer=layer, head=head, distance=1.0, before=0.5, entropy=1.0, spread=2.0, itself=0.5, previous=0.25,
            following=0.25, first=0.25, most_looked_at=1, its_share=0.5, short="itself 50%",
            sentence=f"Sentence of {layer}.{head}",
        )
        for layer in (1, 2)
        for head in (1, 2, 3)
    ]  # fmt: skip
    cells = min(steps, 32)
    return HeadsAnswer(
        **said, steps=steps, layers=2, heads=3, each=each, thumbnails=np.full((2, 3, cells, cells), 9, np.uint8)
    )


def _matrix(said: dict[str, Any], spans: list[tuple[int, int]], request: MatrixRequest) -> MatrixAnswer:
    size = min(len(spans), MOST_SHOWN)
    return MatrixAnswer(
        **said, tokens=_even(said["text"], spans), of=request.of, layer=request.layer, head=request.head,
        first=request.first, matrix=np.full((size, size), 1 / size) if size else None, elsewhere=0.25,
    )  # fmt: skip


def _even(text: str, spans: list[tuple[int, int]]) -> list[WeighedStep]:
    return [WeighedStep(token=text[a:b], start=a, end=b, weight=1 / len(spans)) for a, b in spans]


def _attention_changed(
    said: dict[str, Any], spans: list[tuple[int, int]], weights: tuple[float, ...] | None
) -> ChangedAttention:
    """It turns its answer around when it looks at one word with more than half of its weight."""
    text, before, own = said["text"], said["probabilities"], [1 / len(spans)] * len(spans)
    given = own if weights is None else [weight / sum(weights) for weight in weights]
    said["probabilities"] = before[::-1] if max(given) > 0.5 else before
    tokens = [
        WeighedStep(token=text[a:b], start=a, end=b, weight=weight) for (a, b), weight in zip(spans, given, strict=True)
    ]
    return ChangedAttention(**said, before=before, own=own, tokens=tokens)


def _along(run: Run, said: dict[str, Any], spans: list[tuple[int, int]]) -> AlongAnswer:
    """It says the last class until the last word, then the first."""
    likely = said.pop("probabilities")
    rows = np.array([likely[::-1]] * max(len(spans) - 1, 0) + [likely] * bool(spans)).reshape(-1, len(likely))
    return AlongAnswer(
        **said, spans=spans, tokens=[said["text"][a:b] for a, b in spans], known=[True] * len(spans),
        positions=range(1, len(spans) + 1), steps=len(spans), probabilities=rows, whole_text=likely,
        points="states", knows_what_follows=run.architecture.startswith("bi"),
    )  # fmt: skip


def _gates(run: Run, said: dict[str, Any], spans: list[tuple[int, int]]) -> GatesAnswer:
    """Three units; the value of each gate is unit + word / 100, so that one can tell where each was drawn."""
    kind = "gru" if "gru" in run.architecture else "lstm" if "lstm" in run.architecture else "rnn"
    names = {
        "rnn": ("hidden",),
        "gru": ("update", "reset", "candidate", "hidden"),
        "lstm": ("input", "forget", "candidate", "output", "cell", "hidden"),
    }[kind]
    grid = np.arange(3)[None, :] + np.arange(len(spans))[:, None] / 100
    ways = ("forward", "backward") if run.architecture.startswith("bi") else ("forward",)
    return GatesAnswer(
        **said, tokens=[said["text"][a:b] for a, b in spans], spans=spans, known=[True] * len(spans),
        layers=[
            GatesOfCell(
                layer=1, cell=kind, direction=way, units=(4, 5, 9), order=(9, 4, 5), gates=dict.fromkeys(names, grid)
            )
            for way in ways
        ],
    )  # fmt: skip


def _trust(said: dict[str, Any], label: str, method: str) -> TrustAnswer:
    return TrustAnswer(
        **said, label=label, method=method, comprehensiveness=0.312, sufficiency=0.1, random_comprehensiveness=0.04,
        random_sufficiency=0.3, bottom_comprehensiveness=0.01, beaten=0.9, counts=(1, 2), whole=0.7,
        without_top=(0.4, 0.3), without_bottom=(0.7, 0.7), without_random=(0.6, 0.6), draws=50, error=0.01, trust=0.7,
        word="trust it", sentence="Trust it (0.70 of 1): without the words that it marks most it falls by 31.2 points.",
    )  # fmt: skip


def _flips(said: dict[str, Any], spans: list[tuple[int, int]]) -> FlipsAnswer:
    """Without its first word the text is of the last class; a text of one word is never."""
    text, classes, likely = said["text"], said["classes"], said["probabilities"]
    changes = [
        Change(
            kind="remove", position=1, start=a, end=b, before=text[a:b], after="", text=(text[:a] + text[b:]).strip(),
            prediction=classes[-1] if len(spans) > 1 else classes[0], flips=len(spans) > 1,
            probabilities=likely[::-1] if len(spans) > 1 else likely,
        )
        for a, b in spans[:1]
    ]  # fmt: skip
    flips = changes if len(spans) > 1 else []
    return FlipsAnswer(
        **said, words=len(spans), flips=flips, moves_most=changes[0] if changes else None,
        tried=[Tried(kind="remove", tried=len(spans), possible=len(spans), flipped=len(flips))],
        sentence=f"Of {len(spans)} single-word changes tried, {len(flips)} flip the answer.",
    )  # fmt: skip
