"""How far back do models remember: the half-life of a word's influence on the answer, with each model's accuracy.

    python -m benchmarks.memory_curves imdb.parquet --rows 5000 [--models rnn,lstm,gru] [--seeds 0] [--texts 200]

Trains each model with the default settings and asks for its memory. Prints the half-life by gradients and by leaving
words out (a dash: never half is lost within the texts), how much is left at some distances, and the accuracy on all
test texts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import bad, data_parser, load, wait_for, warm_engine
from seqcore.inspections.memory import MEMORY, MemoryAnswer, MemoryRequest
from seqcore.lab.plan import Choices

TOLD = (1, 5, 20, 50, 100)  # steps back


def told(answer: MemoryAnswer) -> str:
    """Half-lives, and what is left at some distances."""
    lives = [f"{life:.1f}" if life is not None else "-" for life in (answer.half_life, answer.occlusion.half_life)]
    left = [f"{answer.influence[k]:.2f}" if k < len(answer.influence) else "-" for k in TOLD]
    return " ".join(f"{text:>{width}}" for text, width in zip([*lives, *left], [9, 8, *[6] * len(left)], strict=True))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = data_parser(__doc__)
    parser.add_argument("--models", type=lambda text: text.split(","), default=["rnn", "lstm", "gru"])
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0])
    parser.add_argument("--texts", type=int, default=200, help="test texts asked about")
    given = parser.parse_args(arguments)
    data = load(given.file, text=given.text, label=given.label, rows=given.rows)
    print(f"{'':16} {'accuracy':>8} {'half-life':>9} {'left out':>8}", *(f"{f'{k} back':>6}" for k in TOLD), " seconds")
    with warm_engine() as (store, engine):
        dataset = store.datasets.add("personal", data)
        for seed in given.seeds:
            chosen = Choices(architectures=tuple(given.models), seed=seed)
            experiment = store.experiments.add("personal", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
            engine.submit(experiment.run_ids)
            runs = wait_for(store, "personal", experiment.id)
            if bad(runs):
                sys.exit("\n".join(bad(runs)))
            for run in runs:
                start = time.perf_counter()
                answer = engine.ask(MEMORY, run.id, MemoryRequest(most=given.texts))
                seconds = time.perf_counter() - start
                accuracy = run.results["test"]["accuracy"]
                print(f"{run.architecture:16} {accuracy:8.4f} {told(answer)} {seconds:8.1f}", flush=True)


if __name__ == "__main__":
    main()
