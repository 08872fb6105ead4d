"""LSTMs with attention whose weights are set by hand, so that it is known what they look at and what they answer by."""

from __future__ import annotations

from seqcore.worker.runtime.finished_model import FinishedModel
from tests.inspections.tiny_models import fresh_model

TWO = ("bad", "good")
OPEN = 12.0  # of a gate's bias: σ(12) = 0.999994
LOGIT = 4.0


def model_that(*, answers_by: str, looks_at: str, remembers: bool = False) -> FinishedModel:
    """Says "good" with logit 4 where its weighted states know of a word, and -4 where they do not.

    Args:
        answers_by: The word.
        looks_at: The word that takes (almost) all attention wherever it stands.
        remembers: Whether every state knows of all words up to it; else of its own word only.
    """
    model = fresh_model.__wrapped__("lstm_attention", TWO, 0.0, 60)
    layer = {each.name: each for each in model.model.layers}
    (table,) = layer["embedding"].get_weights()
    table[model.encoder.vocabulary[answers_by], 0] = 20.0
    table[model.encoder.vocabulary[looks_at], 1] = 20.0
    layer["embedding"].set_weights([table])
    kernel, recurrent, bias = layer["lstm_0"].get_weights()
    units = len(recurrent)  # gates i, f, c, o
    bias[:units], bias[units : 2 * units], bias[3 * units :] = OPEN, -OPEN, OPEN
    bias[units] = OPEN if remembers else -OPEN  # unit 0 keeps what it knows; unit 1 is about the word itself
    kernel[0, 2 * units] = kernel[1, 2 * units + 1] = 1.0
    layer["lstm_0"].set_weights([kernel, recurrent, bias])
    hidden, first = layer["attention_hidden"].get_weights()
    hidden[1, 0] = 5.0
    layer["attention_hidden"].set_weights([hidden, first])
    (score,) = layer["attention_score"].get_weights()
    score[0] = 20.0
    layer["attention_score"].set_weights([score])
    head, offset = layer["logits"].get_weights()
    head[0], offset[0] = 2 * LOGIT / 0.7616, -LOGIT  # tanh(1) = 0.7616, the state of a unit that knows
    layer["logits"].set_weights([head, offset])
    return model
