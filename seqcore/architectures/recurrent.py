"""Recurrent networks: one state, carried from step to step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from seqcore.architectures.memory import Footprint
from seqcore.architectures.registry import Architecture, SharedOptions, Sizes, register
from seqcore.architectures.stages import Axis, Stage, steps_of
from seqcore.spec.options import option

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence

GATES = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}
CALLED = {"SimpleRNN": "RNN"}  # where pages call it otherwise than Keras does
PEAK = {"SimpleRNN": 8.5, "LSTM": 10.0, "GRU": 26.0}  # numbers a unit and step while a layer's gradient is computed ...
KEPT = {"SimpleRNN": 4.0, "LSTM": 10.0, "GRU": 15.0}  # ... and those that every other layer keeps for its own


class RecurrentOptions(SharedOptions):
    """Options of the recurrent networks."""


class GatedOptions(RecurrentOptions):
    """Options of the networks that see a text's first words through gates only, from its end.

    Those that read both ways, or attend to every step, are near the first words anyway, and do no better with it.
    """

    memory: Literal["long", "keras"] = option(
        "long",
        "First memory",
        "How long the units remember before any training: half of them for as long as "
        "the longest text, or all of them for a few steps.",
        labels={"long": "Up to the longest text", "keras": "A few steps, as in Keras"},
    )


def is_recurrent(architecture: Architecture) -> bool:
    """Whether it is made of recurrent layers, whatever stands on top of them."""
    return issubclass(architecture.options, RecurrentOptions)


def recurrent_states(
    sequence: Sequence, options: RecurrentOptions, cell: str, *, both_ways: bool = False, every_step: bool = False
) -> Any:
    """Vectors through stacked recurrent layers.

    Returns:
        The last valid state `(batch, features)`, or with `every_step` all of them `(batch, steps, features)`;
        features = units, twice that when read both ways.
    """
    import keras

    from seqcore import layers

    states = sequence.vectors(options.embedding_size, options.dropout)
    for index in range(options.layers):
        name = f"{cell.lower()}_{index}"
        last = index == options.layers - 1
        layer = getattr(layers, cell)(options.units, return_sequences=every_step or not last, name=name)
        layer = layers.bidirectional(layer, name=f"both_ways_{index}") if both_ways else layer
        states = layer(states, mask=sequence.mask)
        if isinstance(options, GatedOptions) and options.memory == "long":
            layers.remember_long(layer, sequence.sizes.input.longest)
        if options.dropout:
            states = keras.layers.Dropout(options.dropout, name=f"dropout_{index}")(states)
    return states


def recurrent_parameters(
    sizes: Sizes, options: RecurrentOptions, cell: str, *, both_ways: bool = False
) -> dict[str, int]:
    """Numbers in the embedding, the recurrent layers and the head.

    One gate of one layer has (inputs + units + biases) · units numbers; Keras' GRU has two biases a gate.
    """
    directions = 2 if both_ways else 1
    biases = 2 if cell == "GRU" else 1
    inputs, recurrent = options.embedding_size, 0
    for _ in range(options.layers):
        recurrent += directions * GATES[cell] * options.units * (inputs + options.units + biases)
        inputs = directions * options.units
    return {
        **sizes.vector_parameters(options.embedding_size),
        "recurrent": recurrent,
        "head": (inputs + 1) * sizes.outputs,
    }


def recurrent_stage(
    sizes: Sizes, options: RecurrentOptions, cell: str, *, both_ways: bool = False, every_step: bool = False
) -> Stage:
    """What `recurrent_states` does, its layers together."""
    called, last = CALLED.get(cell, cell), options.layers - 1
    kept = "the state after every step is kept" if every_step else "the last state is kept"
    order = "once from each end, by a cell for each way" if both_ways else "in order, by the same cell at every step"
    return Stage(
        f"{'Bi' if both_ways else ''}{called}" + (f", {options.layers} layers" if last else ""), "recurrent",
        f"The vectors are read {order}; {kept}.",
        (*([steps_of(sizes)] if every_step else []), features_of(options, both_ways=both_ways)), ("recurrent",),
        layer=f"both_ways_{last}" if both_ways else f"{cell.lower()}_{last}",
        cell=called, both_ways=both_ways, carries=("c", "h") if cell == "LSTM" else ("h",),
    )  # fmt: skip


def features_of(options: RecurrentOptions, *, both_ways: bool) -> Axis:
    """What there is of each state."""
    return Axis("2 × units", 2 * options.units) if both_ways else Axis("units", options.units)


def recurrent_footprint(options: RecurrentOptions, cell: str, *, both_ways: bool = False, more: float = 0) -> Footprint:
    """Numbers that stacked recurrent layers hold at each step, and `more` a unit beyond them."""
    directions = 2 if both_ways else 1
    hidden = 1.5 * options.layers if options.dropout else 0.0  # what is hidden, and what is left
    of_units = directions * (PEAK[cell] + KEPT[cell] * (options.layers - 1) + hidden) + more
    of_vectors = options.embedding_size * (4 if options.dropout else 3)
    return Footprint(per_step=options.units * of_units + of_vectors)


@register(
    "rnn",
    label="RNN",
    idea="Reads step by step into one state that is rewritten each time, so what came early fades.",
    equations=(r"h_t = \tanh(W x_t + U h_{t-1} + b)",),
    options=RecurrentOptions,
    count=lambda sizes, options: recurrent_parameters(sizes, options, "SimpleRNN"),
    width="units",
    color="#b87d00",
    dash="dot",
    footprint=lambda _, options: recurrent_footprint(options, "SimpleRNN"),
    stages=lambda sizes, options: (recurrent_stage(sizes, options, "SimpleRNN"),),
)
def build_rnn(sequence: Sequence, options: RecurrentOptions) -> Any:
    """The last state of a simple recurrent network."""
    return recurrent_states(sequence, options, "SimpleRNN")


@register(
    "lstm",
    label="LSTM",
    idea="Adds a memory cell with gates that decide what to keep, write and show, so what came early can last.",
    equations=(
        r"i, f, o = \sigma(W_{ifo} x_t + U_{ifo} h_{t-1} + b_{ifo})",
        r"c_t = f \odot c_{t-1} + i \odot \tanh(W_c x_t + U_c h_{t-1} + b_c)",
        r"h_t = o \odot \tanh(c_t)",
    ),
    options=GatedOptions,
    count=lambda sizes, options: recurrent_parameters(sizes, options, "LSTM"),
    width="units",
    color="#0072B2",
    footprint=lambda _, options: recurrent_footprint(options, "LSTM"),
    stages=lambda sizes, options: (recurrent_stage(sizes, options, "LSTM"),),
)
def build_lstm(sequence: Sequence, options: GatedOptions) -> Any:
    """The last state of an LSTM."""
    return recurrent_states(sequence, options, "LSTM")


@register(
    "bilstm",
    label="BiLSTM",
    idea="Two LSTMs, one reading forwards and one backwards, so every step is seen with what stands before and after.",
    equations=(
        r"\overrightarrow{h}_t = \mathrm{LSTM}(x_t, \overrightarrow{h}_{t-1})",
        r"\overleftarrow{h}_t = \mathrm{LSTM}(x_t, \overleftarrow{h}_{t+1})",
        r"h = [\overrightarrow{h}_T; \overleftarrow{h}_1]",
    ),
    options=RecurrentOptions,
    count=lambda sizes, options: recurrent_parameters(sizes, options, "LSTM", both_ways=True),
    width="units",
    color="#3390cd",
    dash="longdash",
    footprint=lambda _, options: recurrent_footprint(options, "LSTM", both_ways=True),
    stages=lambda sizes, options: (recurrent_stage(sizes, options, "LSTM", both_ways=True),),
)
def build_bilstm(sequence: Sequence, options: RecurrentOptions) -> Any:
    """The last states of an LSTM read both ways."""
    return recurrent_states(sequence, options, "LSTM", both_ways=True)


@register(
    "gru",
    label="GRU",
    idea="Like an LSTM, with one gate fewer and no separate cell: fewer parameters, often as accurate.",
    equations=(
        r"z, r = \sigma(W_{zr} x_t + U_{zr} h_{t-1} + b_{zr})",
        r"\tilde{h}_t = \tanh(W_h x_t + b_h + r \odot (U_h h_{t-1} + d_h))",
        r"h_t = z \odot h_{t-1} + (1 - z) \odot \tilde{h}_t",
    ),
    options=GatedOptions,
    count=lambda sizes, options: recurrent_parameters(sizes, options, "GRU"),
    width="units",
    color="#009E73",
    footprint=lambda _, options: recurrent_footprint(options, "GRU"),
    stages=lambda sizes, options: (recurrent_stage(sizes, options, "GRU"),),
)
def build_gru(sequence: Sequence, options: GatedOptions) -> Any:
    """The last state of a GRU."""
    return recurrent_states(sequence, options, "GRU")


@register(
    "bigru",
    label="BiGRU",
    idea="Two GRUs, one reading forwards and one backwards.",
    equations=(
        r"\overrightarrow{h}_t = \mathrm{GRU}(x_t, \overrightarrow{h}_{t-1})",
        r"\overleftarrow{h}_t = \mathrm{GRU}(x_t, \overleftarrow{h}_{t+1})",
        r"h = [\overrightarrow{h}_T; \overleftarrow{h}_1]",
    ),
    options=RecurrentOptions,
    count=lambda sizes, options: recurrent_parameters(sizes, options, "GRU", both_ways=True),
    width="units",
    color="#279082",
    dash="longdash",
    stages=lambda sizes, options: (recurrent_stage(sizes, options, "GRU", both_ways=True),),
)
def build_bigru(sequence: Sequence, options: RecurrentOptions) -> Any:
    """The last states of a GRU read both ways."""
    return recurrent_states(sequence, options, "GRU", both_ways=True)
