"""The teaching notebook's recipe, as people run it: the other side of `notebook_race.py`.

Tokenizer(num_words=1000), every text padded to the longest, no mask, Embedding(1000, 16), 32 units, Adam,
batches of 32, ten epochs, one model after the other. Reads a JSON task from standard input, prints a JSON answer.
"""

from __future__ import annotations

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

WORDS, EMBEDDING, UNITS, BATCH = 1000, 16, 32, 32


def build(name: str, outputs: int) -> keras.Model:
    layers = keras.layers
    tokens = keras.Input((None,), dtype="int32")
    states = layers.Embedding(WORDS, EMBEDDING)(tokens)
    if name == "rnn":
        states = layers.SimpleRNN(UNITS)(states)
    elif name == "lstm":
        states = layers.LSTM(UNITS)(states)
    elif name == "bilstm":
        states = layers.Bidirectional(layers.LSTM(UNITS))(states)
    else:
        states = layers.LSTM(UNITS, return_sequences=True)(states)
        weights = layers.Softmax(axis=1)(layers.Dense(1, activation="tanh")(states))
        states = keras.ops.sum(weights * states, axis=1)
    model = keras.Model(tokens, layers.Dense(outputs, activation="sigmoid" if outputs == 1 else "softmax")(states))
    loss = "binary_crossentropy" if outputs == 1 else "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return model


def warm() -> None:
    """Everything loaded before the clock starts."""
    build("lstm", 1).fit(np.ones((32, 5), np.int32), np.zeros(32), verbose=0)


def main() -> None:
    task = json.load(sys.stdin)
    warm()
    outputs = 1 if task["classes"] == 2 else task["classes"]
    start = time.perf_counter()
    tokenizer = tf.keras.preprocessing.text.Tokenizer(num_words=WORDS, oov_token="<OOV>")
    tokenizer.fit_on_texts(task["train"])

    def padded(texts: list[str]) -> np.ndarray:
        sequences = tokenizer.texts_to_sequences(texts)
        return tf.keras.preprocessing.sequence.pad_sequences(
            sequences, maxlen=task["max_length"] or None, padding="post", truncating="post"
        )

    train, test = padded(task["train"]), padded(task["test"])
    labels, truth = np.array(task["train_labels"]), np.array(task["test_labels"])
    preparing = time.perf_counter() - start
    models: dict[str, list[dict[str, float]]] = {name: [] for name in task["architectures"]}
    for seed in task["seeds"]:
        for name, runs in models.items():
            keras.utils.set_random_seed(seed)
            start = time.perf_counter()
            model = build(name, outputs)
            model.fit(train, labels, batch_size=BATCH, epochs=task["epochs"], verbose=0)
            _, accuracy = model.evaluate(test, truth, verbose=0)
            runs.append({"seconds": time.perf_counter() - start, "accuracy": accuracy})
    json.dump({"preparing": preparing, "longest": int(train.shape[1]), "models": models}, sys.stdout)


if __name__ == "__main__":
    main()
