"""Recurrent networks that look back at every step before they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from seqcore.architectures.recurrent import (
    RecurrentOptions,
    features_of,
    recurrent_footprint,
    recurrent_parameters,
    recurrent_stage,
    recurrent_states,
)
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Stage, steps_of

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence
from seqcore.spec import option


class AttentionOptions(RecurrentOptions):
    """Options of the recurrent networks with attention."""

    score: Literal["additive", "tanh"] = option(
        "additive",
        "Attention score",
        "How the weight of each step is computed.",
        more=True,
        labels={"additive": "Additive, v·tanh(Wh + b)", "tanh": "Notebook's, tanh(w·h + b)"},
    )


def attended_states(sequence: Sequence, options: AttentionOptions, *, both_ways: bool) -> Any:
    """The weighted sum of an LSTM's states: `(batch, features)`."""
    from seqcore.layers import attend_to_steps

    states = recurrent_states(sequence, options, "LSTM", both_ways=both_ways, every_step=True)
    return attend_to_steps(states, sequence, units=options.units, score=options.score)


def attention_parameters(sizes: Sizes, options: AttentionOptions, *, both_ways: bool) -> dict[str, int]:
    """Those of the recurrent network, and of the score."""
    parts = recurrent_parameters(sizes, options, "LSTM", both_ways=both_ways)
    features = options.units * (2 if both_ways else 1)
    score = (features + 1) * options.units + options.units if options.score == "additive" else features + 1
    head = parts.pop("head")
    return {**parts, "attention": score, "head": head}


def attention_stages(sizes: Sizes, options: AttentionOptions, *, both_ways: bool) -> tuple[Stage, ...]:
    """The states, a weight for each, and their sum."""
    weights = Stage(
        "Attention weights", "attention", "A score for each state; the softmax makes weights of them, which sum to 1.",
        (steps_of(sizes),), ("attention",), layer="attention_weights",
    )  # fmt: skip
    summed = Stage(
        "Weighted sum", "summary", "The states, each by its weight, added up.",
        (features_of(options, both_ways=both_ways),), layer="attention_sum",
    )  # fmt: skip
    return (recurrent_stage(sizes, options, "LSTM", both_ways=both_ways, every_step=True), weights, summed)


EQUATIONS = (
    r"e_t = v^\top \tanh(W_a h_t + b_a)",
    r"\alpha_t = \frac{\exp e_t}{\sum_k \exp e_k}",
    r"s = \sum_t \alpha_t h_t",
)


@register(
    "lstm_attention",
    label="LSTM + attention",
    idea="Weighs the LSTM's state at every step and decides from the sum, so nothing has to be remembered to the end.",
    equations=EQUATIONS,
    options=AttentionOptions,
    count=lambda sizes, options: attention_parameters(sizes, options, both_ways=False),
    width="units",
    color="#D55E00",
    attention="tokens",
    footprint=lambda _, options: recurrent_footprint(options, "LSTM", both_ways=False, more=4),
    stages=lambda sizes, options: attention_stages(sizes, options, both_ways=False),
)
def build_lstm_attention(sequence: Sequence, options: AttentionOptions) -> Any:
    """An LSTM whose states are summed by attention."""
    return attended_states(sequence, options, both_ways=False)


@register(
    "bilstm_attention",
    label="BiLSTM + attention",
    idea="Attention over states that have seen what comes before and after every step.",
    equations=EQUATIONS,
    options=AttentionOptions,
    count=lambda sizes, options: attention_parameters(sizes, options, both_ways=True),
    width="units",
    color="#c5689b",
    dash="longdash",
    attention="tokens",
    footprint=lambda _, options: recurrent_footprint(options, "LSTM", both_ways=True, more=4),
    stages=lambda sizes, options: attention_stages(sizes, options, both_ways=True),
)
def build_bilstm_attention(sequence: Sequence, options: AttentionOptions) -> Any:
    """An LSTM read both ways whose states are summed by attention."""
    return attended_states(sequence, options, both_ways=True)
