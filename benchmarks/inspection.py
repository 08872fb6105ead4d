"""Where does a model look in a text of 200 words: seconds for the answer while the machine trains, and while it rests.

    python benchmarks/inspection.py [--repeats 40]

Asks a warm engine for the attention of LSTM + attention, first with nothing else to do, then with as many trainings
going on as there are workers. Prints medians, the slowest of twenty (95th percentile) and the ratio.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import bad, load, wait_for, warm_engine
from seqcore.datasets import LabelledText
from seqcore.engine import Engine
from seqcore.inspections.attention import ATTENTION, AttentionRequest
from seqcore.lab.plan import Choices
from seqcore.store import RunState, Store

WORDS = 200
WORKSPACE = "personal"


def train(store: Store, engine: Engine, data: LabelledText, names: Sequence[str], epochs: int) -> tuple[str, list[str]]:
    """Submit an experiment; gives its id and those of its runs."""
    dataset = store.datasets.add(WORKSPACE, data)
    chosen = Choices(architectures=tuple(names)).with_values({"epochs": epochs})
    experiment = store.experiments.add(WORKSPACE, dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    run_ids = list(experiment.run_ids)
    engine.submit(run_ids)
    return experiment.id, run_ids


def answer_seconds(engine: Engine, run_id: str, text: str, repeats: int) -> list[float]:
    """Seconds of each answer, the shortest first."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        answer = engine.ask(ATTENTION, run_id, AttentionRequest(text=text))
        seconds.append(time.perf_counter() - start)
        if len(answer.tokens) != WORDS:
            sys.exit(f"{len(answer['tokens'])} tokens instead of {WORDS}")
    return sorted(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=40)
    repeats = parser.parse_args().repeats
    data = load(None, text=None, label=None, rows=None)
    text = " ".join((" ".join(data.texts[:60])).split()[: 2 * WORDS])
    words = [word for word in text.split() if word.strip(".,!?;:").isalpha()][:WORDS]
    with warm_engine() as (store, engine):
        experiment, (run_id,) = train(store, engine, data, ["lstm_attention"], epochs=1)
        problems = bad(wait_for(store, WORKSPACE, experiment))
        if problems:
            sys.exit("\n".join(problems))
        question = " ".join(words)
        answer_seconds(engine, run_id, question, 3)
        resting = answer_seconds(engine, run_id, question, repeats)
        _, going = train(store, engine, data, ["lstm", "bilstm"], epochs=500)
        pause = threading.Event()
        while any(state is not RunState.TRAINING for state in store.runs.states(going).values()):
            pause.wait(0.05)
        training = answer_seconds(engine, run_id, question, repeats)
        still = sum(state is RunState.TRAINING for state in store.runs.states(going).values())
        engine.stop(going)
    for name, found in (("nothing else going on", resting), (f"{still} trainings going on", training)):
        slow = found[int(0.95 * len(found))]
        print(f"{name:24} median {1000 * statistics.median(found):.0f} ms, 95th percentile {1000 * slow:.0f} ms")
    print(f"ratio {statistics.median(training) / statistics.median(resting):.2f}x")


if __name__ == "__main__":
    main()
