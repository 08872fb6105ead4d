"""One side of `peer_race.py`: a model that trains an epoch whenever a line comes in, and answers with its seconds.

    python benchmarks/peers.py SIDE ARCHITECTURE FILE.npz

The first epoch (tracing, compiling, first allocations) is trained before the first answer.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

BATCH, RATE = 32, 0.001
Epoch = Callable[[], None]


class Texts:
    """Encoded training texts: one array of ids each, labels, and the sizes that follow."""

    def __init__(self, path: str) -> None:
        with np.load(path, allow_pickle=False) as file:
            lengths, flat = file["lengths"], file["flat"]
            self.labels, self.vocabulary, self.classes = file["labels"], int(file["vocabulary"]), int(file["classes"])
            self.units = int(file["units"])  # of the embedding and of the recurrent layer
        self.ids = np.split(flat, np.cumsum(lengths)[:-1])
        self.lengths = lengths

    @property
    def outputs(self) -> int:
        return 1 if self.classes == 2 else self.classes


def ours(texts: Texts, name: str) -> Epoch:
    """A training step of the app's own, in bucketed batches, on one thread as its workers have it."""
    os.environ |= {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
    from seqcore.architectures import Sizes, get_architecture
    from seqcore.kinds import TokenSizes
    from seqcore.kinds.text import TextEncoder, TextOptions
    from seqcore.spec import TrainingOptions
    from seqcore.worker.batches import bucketed_batches
    from seqcore.worker.fit.loop import make_optimizer, train_step
    from seqcore.worker.models.build import build_model
    from seqcore.worker.prepare import Examples
    from seqcore.worker.runtime import backend

    backend.configure()
    backend.fresh(0)
    architecture = get_architecture(name)
    options = architecture.validate_options({"embedding_size": texts.units, "units": texts.units})
    sizes = Sizes(TokenSizes(texts.vocabulary, int(texts.lengths.max())), texts.classes)
    model = build_model(architecture, sizes, options)
    optimizer = make_optimizer(TrainingOptions(learning_rate=RATE))
    step = train_step(model, optimizer, np.ones(texts.classes, np.float32))
    encoder = TextEncoder.fit([""], TextOptions())  # says what padding is
    encoded, rng = Examples(texts.ids, texts.labels, encoder), np.random.default_rng(0)

    def epoch() -> None:
        for rows in bucketed_batches(encoded.lengths, BATCH, rng):
            float(step(*encoded.batch(rows)).numpy()[0])

    return epoch


def keras(texts: Texts, name: str) -> Epoch:
    """Stock Keras: mask_zero, everything padded to the longest text, `fit`."""
    import keras

    keras.utils.set_random_seed(0)
    layers = keras.layers
    cell = {"rnn": layers.SimpleRNN, "lstm": layers.LSTM, "bilstm": layers.LSTM}[name](texts.units)
    head = layers.Dense(texts.outputs, "sigmoid" if texts.outputs == 1 else "softmax")
    model = keras.Sequential(
        [
            layers.Embedding(texts.vocabulary, texts.units, mask_zero=True),
            layers.Bidirectional(cell) if name == "bilstm" else cell,
            head,
        ]
    )
    loss = "binary_crossentropy" if texts.outputs == 1 else "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(RATE), loss, metrics=["accuracy"])
    tokens = keras.utils.pad_sequences(texts.ids, padding="post")
    return lambda: model.fit(tokens, texts.labels, batch_size=BATCH, epochs=1, verbose=0) and None


def pytorch(texts: Texts, name: str, *, bucketed: bool) -> Epoch:
    """PyTorch with `pack_padded_sequence`, each batch padded to its own longest text; batches sliced, no DataLoader."""
    import torch
    from torch import nn
    from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

    from seqcore.worker.batches import bucketed_batches

    torch.manual_seed(0)
    embedding = nn.Embedding(texts.vocabulary, texts.units, padding_idx=0)
    both_ways = name == "bilstm"
    kind = nn.RNN if name == "rnn" else nn.LSTM
    recurrent = kind(texts.units, texts.units, batch_first=True, bidirectional=both_ways)
    head = nn.Linear(texts.units * (2 if both_ways else 1), texts.outputs)
    parameters = [*embedding.parameters(), *recurrent.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, RATE)
    loss_of = nn.BCEWithLogitsLoss() if texts.outputs == 1 else nn.CrossEntropyLoss()
    ids = [torch.from_numpy(each.astype(np.int64)) for each in texts.ids]
    lengths = torch.from_numpy(texts.lengths.astype(np.int64))
    labels = torch.from_numpy(texts.labels.astype(np.float32 if texts.outputs == 1 else np.int64))
    rng = np.random.default_rng(0)

    def batches() -> list[np.ndarray]:
        if bucketed:
            return bucketed_batches(texts.lengths, BATCH, rng)
        order = rng.permutation(len(ids))
        return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]

    def epoch() -> None:
        for rows in batches():
            optimizer.zero_grad()
            padded = pad_sequence([ids[row] for row in rows], batch_first=True)
            packed = pack_padded_sequence(embedding(padded), lengths[rows], batch_first=True, enforce_sorted=False)
            _, last = recurrent(packed)
            last = last if name == "rnn" else last[0]
            logits = head(torch.cat((last[-2], last[-1]), dim=1) if both_ways else last[-1])
            loss = loss_of(logits[:, 0] if texts.outputs == 1 else logits, labels[rows])
            loss.backward()
            optimizer.step()
            loss.item()

    return epoch


SIDES: dict[str, Callable[[Texts, str], Epoch]] = {
    "ours": ours,
    "keras": keras,
    "pytorch shuffled": lambda texts, name: pytorch(texts, name, bucketed=False),
    "pytorch bucketed": lambda texts, name: pytorch(texts, name, bucketed=True),
}


def main() -> None:
    side, name, path = sys.argv[1:]
    epoch = SIDES[side](Texts(path), name)
    epoch()
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        epoch()
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
