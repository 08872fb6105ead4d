"""How long a small training waits behind 45 long ones of somebody else, with turns and without.

    python -m benchmarks.fair_turns [--workers 2] [--turn 20] [--runs 45] [--epochs 60]

Prints the seconds from the press of Train to the first point and to the end of the small training, and how often a
long one gave its worker up. Without turns a worker is free when a long training ends: `--epochs` decides how long that
is (500, the most that the form offers, makes it hours), and `--patience` when we wait no more.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa

from seqcore.datasets.samples import load_sample
from seqcore.engine import Engine
from seqcore.lab.plan import Choices
from seqcore.lab.start import start_experiment
from seqcore.settings import Settings
from seqcore.spec import RunSpec
from seqcore.store import DONE, Store, schema

LONG = ("lstm", "bilstm", "gru", "bigru", "bilstm_attention")


def specs(content: str, models: tuple[str, ...], runs: int, epochs: int, units: int) -> list[RunSpec]:
    """So many runs of some models, one seed after the other."""
    values = {"epochs": epochs, "early_stopping": 0, "units": units}
    chosen = Choices(architectures=models).with_values(values)
    return chosen.with_seeds(range(-(-runs // len(models)))).specs(content, max_epochs=500)[:runs]


def until(holds: Callable[[], object], patience: float) -> float | None:
    """Seconds until it holds; None when it did not in time."""
    begin = time.perf_counter()
    while not holds():
        if time.perf_counter() - begin > patience:
            return None
        time.sleep(0.1)
    return time.perf_counter() - begin


def measure(turn: float, asked: argparse.Namespace) -> str:
    """One line: what the small training waited with turns of this length; 0: without."""
    os.environ["SEQLAB_TURN_SECONDS"] = str(turn)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), workers=asked.workers)
        store, data = Store(settings.database, settings.artifacts), load_sample()
        engine = Engine.start(settings)
        try:
            long = specs(data.content_hash, LONG, asked.runs, asked.epochs, 64)
            greedy = start_experiment(store, "greedy", data, long, submit=engine.submit)

            def going() -> int:
                return sum(run.epoch > 0 for run in store.runs.of("greedy", greedy.id))

            if until(lambda: going() >= asked.workers, 300) is None:
                return "the long trainings did not begin within 300 s"
            small = specs(data.content_hash, ("rnn",), 1, 3, 16)
            mine = start_experiment(store, "me", data, small, submit=engine.submit)
            begin = time.perf_counter()
            first = until(lambda: store.measurements.rows(mine.run_ids), asked.patience)
            until(lambda: set(store.runs.states(mine.run_ids).values()) <= DONE, asked.patience)
            seconds = time.perf_counter() - begin
            with store.database.reading() as connection:
                turns = connection.execute(sa.select(sa.func.count()).select_from(schema.turns)).scalar_one()
            ended = sum(run.state in DONE for run in store.runs.of("greedy", greedy.id))
            waited = f"nothing within {asked.patience:.0f} s" if first is None else f"first point after {first:.1f} s"
            return f"{waited}, done after {seconds:.1f} s; {turns} turns ended, {ended} of {len(long)} long ones done"
        finally:
            engine.close()


def main() -> None:
    """Measure with turns, then without."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--turn", type=float, default=20.0, help="seconds")
    parser.add_argument("--runs", type=int, default=45)
    parser.add_argument("--epochs", type=int, default=60, help="of each long training")
    parser.add_argument("--patience", type=float, default=300.0, help="seconds")
    asked = parser.parse_args()
    print(f"with turns of {asked.turn:g} s: {measure(asked.turn, asked)}")
    print(f"without turns: {measure(0.0, asked)}")


if __name__ == "__main__":
    main()
