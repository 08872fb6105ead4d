"""Where a training step's time goes: forward pass, gradients, optimizer; of models that are trained with arrays.

    python benchmarks/step_profile.py [FILE] [--architectures rnn,lstm] [--threads 1]

Goes over bucketed batches of the data once for each part: the forward pass; plus gradients; whole steps as the app
takes them. Prints milliseconds a step and shares, and how far a step is from the limit that the processor sets: the
multiplications and additions of its matrix products on real words (2 a weight and word forward, twice that backward)
at the rate of a large matrix product by `--threads` threads, measured here.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from benchmarks.peer_race import write_texts
from benchmarks.peer_texts import BATCH, Texts
from benchmarks.race import data_parser

PARTS = ("forward", "gradients", "optimizer")
GATES = {"rnn": 1, "lstm": 4, "gru": 3, "bilstm": 8, "bigru": 6, "lstm_attention": 4, "bilstm_attention": 8}
SIDE = 1024  # of the matrices whose product gives the processor's rate


def steps(texts: Texts, name: str) -> dict[str, Callable[[np.ndarray, np.ndarray], object]]:
    """What is done with a batch, each entry more than the one before."""
    from seqcore.architectures import Sizes, get_architecture
    from seqcore.kinds import TokenSizes
    from seqcore.spec import TrainingOptions
    from seqcore.worker.fit.loop import make_optimizer
    from seqcore.worker.fit.steps import train_step
    from seqcore.worker.fit.steps.network import Network
    from seqcore.worker.fit.steps.variables import Arrays
    from seqcore.worker.models.build import build_model, logits_of
    from seqcore.worker.runtime import backend

    backend.fresh(0)
    architecture = get_architecture(name)
    sizes = Sizes(TokenSizes(texts.vocabulary, int(texts.lengths.max())), texts.classes)
    model = build_model(
        architecture, sizes, architecture.validate_options({"embedding_size": texts.units, "units": texts.units})
    )
    network = Network(logits_of(model), Arrays(), part=0)
    whole = train_step(model, make_optimizer(TrainingOptions()), np.ones(texts.classes, np.float32))
    return {
        "forward": lambda tokens, _: network.logits(tokens),
        "gradients": lambda tokens, _: network.back(np.ones_like(network.logits(tokens))),
        "optimizer": whole,
    }


def weights_a_word(name: str, units: int, words: float) -> float:
    """Weights that one word is multiplied with, embedding as wide as the layer; `words`: texts' mean length."""
    if name == "transformer":  # four projections, two of the feed-forward layer; scores and mixture of all words
        return 6 * units * units + 2 * words * units
    if name == "cnn":  # filters of 2, 3 and 4 words
        return 9 * units * units
    scores = 2 * units * units if name == "bilstm_attention" else units * units if name == "lstm_attention" else 0
    return GATES[name] * 2 * units * units + scores


def operations_a_second(threads: int) -> float:
    """Of a large float32 matrix product, the best of several."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    matrix = tf.random.normal((SIDE, SIDE))
    best = np.inf
    for _ in range(10):
        start = time.perf_counter()
        tf.linalg.matmul(matrix, matrix).numpy()
        best = min(best, time.perf_counter() - start)
    return 2 * SIDE**3 / best


def main() -> None:
    parser = data_parser(__doc__)
    parser.add_argument("--max-length", type=int, default=200)
    parser.add_argument("--architectures", default="rnn,lstm,bilstm,gru,lstm_attention,transformer,cnn")
    parser.add_argument("--units", type=int, default=32, help="of the embedding and of the recurrent layer")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.npz"
        print(write_texts(arguments, file))
        texts = Texts(str(file))
    from seqcore.kinds.text import TextEncoder, TextOptions
    from seqcore.worker.batches import bucketed_batches
    from seqcore.worker.prepare import Examples

    encoder = TextEncoder.fit([""], TextOptions())  # says what padding is
    encoded = Examples(texts.ids, texts.labels, encoder)
    rate = operations_a_second(arguments.threads)
    print(f"a matrix product does {rate / 1e9:.0f} GFLOP/s with {arguments.threads} thread")
    print(f"{'ms a step':16}" + "".join(f"{part:>18}" for part in PARTS) + f"{'whole':>10}{'limit':>10}{'away':>8}")
    mean = float(encoded.lengths.mean())
    for name in arguments.architectures.split(","):
        found = {}
        for part, work in steps(texts, name).items():
            best = np.inf
            for seed in range(3):
                batches = bucketed_batches(encoded.lengths, BATCH, np.random.default_rng(seed))
                start = time.perf_counter()
                for rows in batches:
                    work(*encoded.batch(rows))
                best = min(best, 1000 * (time.perf_counter() - start) / len(batches))
            found[part] = best
        whole, line, before = found["optimizer"], f"{name:16}", 0.0
        for part in PARTS:
            line += f"{found[part] - before:10.2f} ({(found[part] - before) / whole:4.0%})"
            before = found[part]
        operations = 3 * 2 * BATCH * mean * weights_a_word(name, arguments.units, mean)
        limit = 1000 * operations / rate
        print(f"{line}{whole:10.2f}{limit:10.3f}{whole / limit:7.0f}x", flush=True)


if __name__ == "__main__":
    main()
