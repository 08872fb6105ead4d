"""Whether a model uses the order of words: what it loses when those of each test text are shuffled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from seqcore.inspections.contracts import Answer, OneNumberAText, Request
from seqcore.inspections.prediction import words_only
from seqcore.inspections.registry import register

if TYPE_CHECKING:
    from seqcore.analysis.word_order import OrderLoss
    from seqcore.worker.runtime.finished_model import FinishedModel

WORD_ORDER = "word_order"
_SEED = 0  # of the shuffles: whoever asks again gets the same numbers


class OrderScores(Answer):
    """Shape: accuracy on the same texts, as they were written and shuffled.

    Attributes:
        texts: Test texts that were asked about.
        accuracy: Share right as written.
        shuffled: Share right in each shuffle.
        lost: `accuracy` less the mean of `shuffled`.
        interval: 95 % interval of what this trained model would lose on all such texts.
        changed: Share of the answers that are others when the words are shuffled.
        sentence: What all this says.
        losses: (texts,) what is lost on each, in the order of the test texts; stays out of JSON.
    """

    texts: int
    accuracy: float
    shuffled: tuple[float, ...]
    lost: float
    interval: tuple[float, float]
    changed: float
    sentence: str
    losses: OneNumberAText = Field(exclude=True, repr=False)

    @property
    def loss(self) -> OrderLoss:
        """What the mean over several runs is made of."""
        from seqcore.analysis.word_order import OrderLoss

        return OrderLoss(self.accuracy, self.shuffled, self.changed, self.losses)


class WordOrderRequest(Request[OrderScores]):
    """How often the words of how many test texts are shuffled."""

    shuffles: int = Field(5, ge=1, le=20, description="How often each text is shuffled.")
    most: int = Field(1000, ge=1, le=100_000, description="Test texts at most; of more, so many are drawn.")


@register(
    WORD_ORDER,
    label="Word order",
    how_to_read="What a model loses on the test texts when the words of each are shuffled (or the smaller pieces that "
    "its tokenizer makes), the mean of several shuffles. A model that only counts single words loses exactly 0.",
    how_not_to_read="Shuffled text is unlike any that a model learned from: a loss says that this one uses the order, "
    "not that one without any would do worse. The bag of words counts pairs of neighbours too, so it may lose as well.",
    request=WordOrderRequest,
    answer=OrderScores,
    applies_to=words_only("only words are put in another order here"),
)
def word_order(model: FinishedModel, request: WordOrderRequest) -> OrderScores:
    """One forward pass as written, and one for each shuffle.

    Raises:
        InspectionError: the run's test texts are not there or damaged.
    """
    from seqcore.analysis.word_order import order_change, order_loss, order_sentence, over_seeds

    texts, labels = model.tested()
    rng = np.random.default_rng(_SEED)
    rows = np.sort(rng.permutation(len(texts))[: request.most])
    read = model.encoder.encode([texts[row] for row in rows])
    written = model.answers(read)
    shuffled = [model.answers([rng.permutation(steps) for steps in read]) for _ in range(request.shuffles)]
    found = order_loss(labels[rows], written, np.stack(shuffled))
    one = over_seeds([found])
    return OrderScores(
        texts=one.texts,
        accuracy=found.accuracy,
        shuffled=found.shuffled,
        lost=one.lost,
        interval=(one.interval.low, one.interval.high),
        changed=found.changed,
        sentence=f"{order_change(one)}. {order_sentence(one)}",
        losses=found.losses,
    )
