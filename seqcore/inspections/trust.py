"""Whether a map of what mattered can be trusted: how far the answer moves when the words go that it marks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from scipy.special import expit, logsumexp

from seqcore.analysis.deletions import AT_ONCE, DRAWS, deletions, passes_of
from seqcore.analysis.trust import trust_of, trust_sentence, weights_matter, word_of
from seqcore.inspections.attention import ATTENTION, step_weights
from seqcore.inspections.called import step_called
from seqcore.inspections.contracts import ClassRequest, TextAnswer
from seqcore.inspections.examples import reads_examples
from seqcore.inspections.gradient_input import GRADIENT_INPUT, slopes
from seqcore.inspections.integrated_gradients import INTEGRATED_GRADIENTS, shares
from seqcore.inspections.leaving import without
from seqcore.inspections.occlusion import OCCLUSION, left_out
from seqcore.inspections.registry import get_inspection, register
from seqcore.inspections.rollout import ROLLOUT, rollout_weights
from seqcore.inspections.text_said import asked_about
from seqcore.kinds import get_kind

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

TRUST = "trust"
METHODS = (ATTENTION, ROLLOUT, INTEGRATED_GRADIENTS, GRADIENT_INPUT, OCCLUSION)
_OF_ATTENTION = (ATTENTION, ROLLOUT)  # which are made of its weights
_FEWEST_DRAWS = 5
_PART = 40  # of what a question may take, one part in so many goes into random draws
_PRECISE = 0.05  # standard error that is small enough of how much the weights of heads matter
_OF_MEDIAN = math.sqrt(math.pi / 2)  # standard error of a median beside that of a mean
_SEED = 0  # whoever asks again gets the same numbers


class OtherWeights(BaseModel):
    """What a model with attention answers when it looks elsewhere.

    Attributes:
        uniform: Probability of the class when it looks at every step alike.
        permuted: The same, median over shuffles of its weights among the steps.
        moved: Median over the shuffles of how far the probability moves.
        matter: How far that is in log-odds, beside what the best deletions move: 0 to 1.
        shuffles: How many were tried.
        error: Standard error of `matter` that comes from trying no more.
    """

    model_config = ConfigDict(frozen=True)

    uniform: float
    permuted: float
    moved: float
    matter: float
    shuffles: int
    error: float


class TrustAnswer(TextAnswer):
    """Shape: what becomes of an answer when the words go that a map marks.

    Attributes:
        label: The class whose probability is watched; "class" in JSON.
        method: The map.
        comprehensiveness: What the probability loses without the words marked most, mean over `counts`.
        sufficiency: What it loses with nothing but those.
        random_comprehensiveness: What it loses without as many words drawn at random, mean of `draws`.
        random_sufficiency: What it loses with nothing but such.
        bottom_comprehensiveness: What it loses without the words marked least.
        beaten: Share of the draws that move the answer less than the words marked most.
        counts: Words that go each time: 5, 10, 20 and 50 %.
        whole: Probability with all words.
        without_top: (counts,) without the words marked most; `without_bottom`, `without_random` likewise.
        draws: Random draws.
        error: Standard error of all that is measured by them, `trust` among it, at most.
        attention: Of attention: what other weights do, of a transformer in all heads of all layers at once; None where
            sentences are weighed, too, and of a text that is read in windows.
        trust: 0 to 1.
        word: The same in a word.
        sentence: ... and in a sentence.
    """

    model_config = ConfigDict(serialize_by_alias=True)

    label: str = Field(serialization_alias="class")
    method: str
    comprehensiveness: float
    sufficiency: float
    random_comprehensiveness: float
    random_sufficiency: float
    bottom_comprehensiveness: float
    beaten: float
    counts: tuple[int, ...]
    whole: float
    without_top: tuple[float, ...]
    without_bottom: tuple[float, ...]
    without_random: tuple[float, ...]
    draws: int
    error: float
    attention: OtherWeights | None = None
    trust: float
    word: str
    sentence: str


class TrustRequest(ClassRequest[TrustAnswer]):
    """The text, the class, and the map that is put to the test."""

    method: Literal["attention", "rollout", "integrated_gradients", "gradient_input", "occlusion"] = Field(
        "integrated_gradients", description=f"The map that is tested: {', '.join(METHODS)}."
    )


@register(
    TRUST,
    label="Trust",
    how_to_read="0: the words that the map marks most move the answer no further than words drawn at random. 1: as far "
    "as the best choice of words that was tried. From 0.6 on: trust it; from 0.3: half; below: don't. Attention is "
    "trusted no more than the answer changes when its weights are shuffled among the words.",
    how_not_to_read="It is about this model, this text and this map, not about whether the answer is right. Texts with "
    "holes are unlike those that the model learned from, and a word may go unnoticed where another says the same.",
    of_moments="0: the moments that the map marks most move the answer no further than moments drawn at random. 1: as "
    "far as the best choice that was tried. Moments that are taken away become the mean of the training, "
    "which is itself unlike what the model learned from.",
    request=TrustRequest,
    answer=TrustAnswer,
    applies_to=reads_examples,
)
def trust(model: FinishedModel, request: TrustRequest) -> TrustAnswer:
    """A few hundred forward passes of the text in parts; of attention some dozens more with other weights.

    Raises:
        InspectionError: the model has no attention, or no heads, and that is to be tested; or no such class.
    """
    if request.method in _OF_ATTENTION:
        get_inspection(request.method).refuse_others(model.architecture, model.kind)
    example, said, code, array, direction = asked_about(model, request)
    about = {**said, "label": model.classes[code], "method": request.method}
    if not len(array):
        return _nothing_read(about, get_kind(model.kind).example, float(said["probabilities"][code]))

    def log_odds(kept: NDArray[np.bool_]) -> NDArray[np.float64]:
        return log_odds_of(model.logits([without(array, ~row) for row in kept]), code)

    best, _ = left_out(model, array, direction)
    scores = best if request.method == OCCLUSION else _scores(model, request, example, array, direction)
    draws = _draws(model.most_passes(len(array)), len(array))
    found = deletions(log_odds, scores, best, draws, _SEED)
    other = None
    alone = model.architecture.attention != "sentences" and len(model.encoder.windows(len(array))) == 1
    if request.method in _OF_ATTENTION and alone:
        other = _other_weights(model, example, array, code, found.greatest, draws)
    matter = None if other is None else other.matter
    number = trust_of(found, matter)
    return TrustAnswer(
        **about,
        **{name: getattr(found, name) for name in TrustAnswer.model_fields if hasattr(found, name)},
        attention=other,
        trust=number,
        word=word_of(number),
        sentence=trust_sentence(found, matter, step_called(model.kind)),
    )


def log_odds_of(logits: NDArray[np.floating], code: int) -> NDArray[np.float64]:
    """(rows,) ln p/(1 - p) of a class from `(rows, outputs)`; a single output is that of the second of two classes."""
    each: NDArray[np.float64] = logits.astype(np.float64)
    if each.shape[1] == 1:
        return each[:, 0] if code else -each[:, 0]
    others: NDArray[np.float64] = logsumexp(np.delete(each, code, axis=1), axis=1)
    return each[:, code] - others


def _scores(
    model: FinishedModel, request: TrustRequest, example: Any, array: NDArray[Any], direction: NDArray[np.float32]
) -> NDArray[np.float64]:
    """(steps,) of the map that is tested, the most marked highest."""
    if request.method == ATTENTION:
        return step_weights(model, example)
    if request.method == ROLLOUT:
        return rollout_weights(model, example)
    if request.method == GRADIENT_INPUT:
        return slopes(model, array, direction)
    return shares(model, array, direction).scores


def _draws(passes: int, steps: int) -> int:
    """Random draws at most: fifty, fewer where they would take long; a transformer of 200 words has ten."""
    each = passes_of(steps, 1) - passes_of(steps, 0)
    return int(np.clip(passes // (_PART * each), _FEWEST_DRAWS, DRAWS))


def _other_weights(
    model: FinishedModel, example: Any, array: NDArray[Any], code: int, greatest: float, shuffles: int
) -> OtherWeights:
    """The same with uniform weights, and with each row of weights shuffled among the steps that it looks at.

    One row of weights is soon tried. Of heads, which take a forward pass each time, ten shuffles at a time until they
    tell well enough what shuffling does.
    """
    _, layers = model.look(example)
    own, alike = _under(model, array, code, iter([layers, _uniform(layers)]))
    rng, shuffled = np.random.default_rng(_SEED), np.zeros(0)
    at_once = shuffles if model.architecture.attention == "tokens" else AT_ONCE
    while len(shuffled) < shuffles and (not len(shuffled) or _error(shuffled - own, greatest) > _PRECISE):
        drawn = _shuffled(layers, rng, min(at_once, shuffles - len(shuffled)))
        shuffled = np.concatenate([shuffled, _under(model, array, code, drawn)])
    return OtherWeights(
        uniform=float(expit(alike)),
        permuted=float(np.median(expit(shuffled))),
        moved=float(np.median(np.abs(expit(shuffled) - expit(own)))),
        matter=weights_matter(float(np.median(np.abs(shuffled - own))), greatest),
        shuffles=len(shuffled),
        error=_error(shuffled - own, greatest),
    )


def _under(
    model: FinishedModel, array: NDArray[np.int32], code: int, weights: Iterator[list[NDArray[np.float32]]]
) -> NDArray[np.float64]:
    """Log-odds of the class under several weights, each by layer; one after the other, for they are large."""
    if model.architecture.attention == "tokens":
        return log_odds_of(model.given_weights.logits(array, np.stack([row[0] for row in weights])), code)
    return log_odds_of(np.stack([model.given_head_weights.logits(array, row) for row in weights]), code)


def _uniform(layers: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    return [np.full_like(layer, 1 / layer.shape[-1]) for layer in layers]


def _shuffled(
    layers: list[NDArray[np.float32]], rng: np.random.Generator, shuffles: int
) -> Iterator[list[NDArray[np.float32]]]:
    for _ in range(shuffles):
        yield [rng.permuted(layer, axis=-1) for layer in layers]


def _error(moved: NDArray[np.float64], greatest: float) -> float:
    """Standard error of how much the weights matter: that of a median of numbers from a normal distribution."""
    spread = float(np.abs(moved).std(ddof=1)) if len(moved) > 1 else 0.0
    return _OF_MEDIAN * weights_matter(spread, greatest) / math.sqrt(len(moved))


def _nothing_read(about: dict[str, object], example: str, whole: float) -> TrustAnswer:
    """Of an example of which nothing is read there is no map."""
    return TrustAnswer(
        **about,
        comprehensiveness=0.0, sufficiency=0.0, random_comprehensiveness=0.0, random_sufficiency=0.0,
        bottom_comprehensiveness=0.0, beaten=0.0, counts=(), whole=whole, without_top=(), without_bottom=(),
        without_random=(), draws=0, error=0.0, trust=0.0, word=word_of(0.0),
        sentence=f"Nothing of this {example} is read, so there is no map to trust.",
    )  # fmt: skip
