"""From an architecture, its options and the data's sizes to a Keras model."""

from __future__ import annotations

import keras
import tensorflow as tf

from seqcore.architectures import Architecture, Sizes
from seqcore.errors import InspectionError
from seqcore.layers.attention import WEIGHTS
from seqcore.layers.sentences import weights_in_sentences
from seqcore.layers.sequence import sequence_input
from seqcore.spec import Options

LOGITS = "logits"
PROBABILITIES = "probabilities"


def build_model(architecture: Architecture, sizes: Sizes, options: Options) -> keras.Model:
    """A functional model from token ids `(batch, steps)` or frames `(batch, steps, channels)` to probabilities.

    Two classes: one sigmoid unit, the probability of the second class, `(batch, 1)`; more: softmax,
    `(batch, classes)`.
    """
    inputs, sequence = sequence_input(sizes)
    features = architecture.build(sequence, options)
    if architecture.fit == "closed_form":
        logits = keras.layers.Activation("linear", name=LOGITS)(features)
    else:
        logits = keras.layers.Dense(sizes.outputs, name=LOGITS)(features)
    activation = "sigmoid" if sizes.outputs == 1 else "softmax"
    probabilities = keras.layers.Activation(activation, name=PROBABILITIES)(logits)
    return keras.Model(inputs, probabilities, name=architecture.name)


def logits_of(model: keras.Model) -> keras.Model:
    """The same model up to its logits, `(batch, outputs)`: what the loss is computed from."""
    return keras.Model(model.input, model.get_layer(LOGITS).output, name=f"{model.name}_logits")


def trainable_parameters(model: keras.Model) -> int:
    """Numbers that training changes."""
    return sum(int(keras.ops.size(weight)) for weight in model.trainable_weights)


def input_signature(model: keras.Model) -> tf.TensorSpec:
    """What a compiled function of this model takes: batches of any number of examples of any length."""
    return tf.TensorSpec(model.input.shape, model.input.dtype)


def attention_outputs(model: keras.Model, architecture: Architecture) -> list[keras.KerasTensor]:
    """The model's attention weights: `(batch, steps)`, or a `(batch, heads, steps, steps)` a layer.

    Of sentences there are three, `(batch, steps)` each: see `weights_in_sentences`.

    Raises:
        InspectionError: the architecture has no attention.
    """
    if architecture.attention == "tokens":
        return [model.get_layer(WEIGHTS).output]
    if architecture.attention == "sentences":
        return weights_in_sentences(model)
    if architecture.attention == "heads":
        layers = [layer for layer in model.layers if isinstance(layer, keras.layers.MultiHeadAttention)]
        return [layer.output[1] for layer in layers]
    raise InspectionError(
        f"{architecture.label} has no attention to show",
        remedy="Choose a run of LSTM + attention, BiLSTM + attention, hierarchical attention or a transformer",
    )
