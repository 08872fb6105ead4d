"""One side of `peer_race.py`: a model that trains an epoch whenever a line comes in, and answers with its seconds.

    python benchmarks/peer_sides.py SIDE THREADS ARCHITECTURE FILE.npz

The first epoch (tracing, compiling, first allocations) is trained before the first answer. THREADS 0: as many as the
side takes by default.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks.peer_texts import RATE, Epoch, Texts, batches_of


def ours(texts: Texts, name: str, threads: int) -> Epoch:
    """A training step of the app's own, in bucketed batches, with the threads that it has there; 1: one always."""
    import numpy as np

    from seqcore.architectures import Sizes, get_architecture
    from seqcore.kinds import TokenSizes
    from seqcore.kinds.text import TextEncoder, TextOptions
    from seqcore.spec import TrainingOptions
    from seqcore.worker.fit.loop import make_optimizer
    from seqcore.worker.fit.steps import arrays, train_step
    from seqcore.worker.models.build import build_model
    from seqcore.worker.prepare import Examples
    from seqcore.worker.runtime import backend
    from seqcore.worker.runtime import threads as chosen

    if threads == 1:
        chosen.WORTH_TWO = sys.maxsize
        vars(arrays)["threads_of_process"] = lambda: 1
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
        for rows in batches_of(texts, rng, bucketed=True):
            step(*encoded.batch(rows))

    return epoch


def ours_without_cudnn(texts: Texts, name: str, threads: int) -> Epoch:
    """`ours` as on a machine without a GPU: our own recurrences, on the processor."""
    from seqcore.layers import gpu

    vars(gpu)["has_gpu"] = lambda: False
    return ours(texts, name, threads)


def stock_keras(texts: Texts, name: str, threads: int) -> Epoch:
    """Keras on TensorFlow as people write it: mask_zero, everything padded to the longest text, `fit`."""
    if threads:
        os.environ |= {"TF_NUM_INTRAOP_THREADS": str(threads), "TF_NUM_INTEROP_THREADS": str(threads)}
    import keras

    from benchmarks.peer_keras import stock_model

    keras.utils.set_random_seed(0)
    model = stock_model(texts, name)
    loss = "binary_crossentropy" if texts.outputs == 1 else "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(RATE), keras.losses.get(loss), metrics=["accuracy"])
    model.loss.from_logits = True
    tokens = keras.utils.pad_sequences(texts.ids, padding="post")
    return lambda: model.fit(tokens, texts.labels, batch_size=32, epochs=1, verbose=0) and None


def keras_on_jax(texts: Texts, name: str, threads: int) -> Epoch:
    """The same layers on JAX: the whole step compiled, bucketed batches, widths rounded up to 8."""
    from benchmarks.peer_keras import jax_epoch

    return jax_epoch(texts, name, threads)


def pytorch_packed(texts: Texts, name: str, threads: int, *, bucketed: bool) -> Epoch:
    """PyTorch's recurrent layers with `pack_padded_sequence`."""
    from benchmarks.peer_pytorch import epoch_of

    return epoch_of(texts, name, threads, bucketed=bucketed, packed=True)


def pytorch_padded(texts: Texts, name: str, threads: int) -> Epoch:
    """PyTorch padded to the longest of a bucketed batch, the last valid output gathered, fused Adam."""
    from benchmarks.peer_pytorch import epoch_of

    return epoch_of(texts, name, threads, bucketed=True, packed=False)


SIDES: dict[str, Callable[[Texts, str, int], Epoch]] = {
    "ours": ours,
    "ours without cudnn": ours_without_cudnn,
    "keras": stock_keras,
    "keras on jax": keras_on_jax,
    "pytorch padded": pytorch_padded,
    "pytorch packed": lambda texts, name, threads: pytorch_packed(texts, name, threads, bucketed=True),
    "pytorch shuffled": lambda texts, name, threads: pytorch_packed(texts, name, threads, bucketed=False),
}


def main() -> None:
    side, threads, name, path = sys.argv[1:]
    epoch = SIDES[side](Texts(path), name, int(threads))
    epoch()
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        epoch()
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
