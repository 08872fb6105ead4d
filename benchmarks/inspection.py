"""What a look inside costs: seconds for every inspection of a text of 200 words, at rest and while the machine trains.

    python benchmarks/inspection.py [--repeats 20] [--architectures lstm_attention,gru] [--only trust,occlusion]

Asks a warm engine everything that can be asked of each architecture, first with nothing else to do, then with as many
trainings going on as there are workers. Prints medians and the slowest of twenty (95th percentile), in milliseconds.
Questions about the test texts of a run, rather than about one text, are marked with a star.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import bad, load, wait_for, warm_engine
from seqcore.architectures import get_architecture
from seqcore.datasets import LabelledText
from seqcore.engine import Engine
from seqcore.errors import SeqlabError
from seqcore.inspections import Inspection, inspections
from seqcore.lab.plan import Choices
from seqcore.store import RunState, Store

WORDS = 200
WORKSPACE = "personal"
LONGEST = 15.0  # seconds that one inspection of one model is repeated at most

Seconds = list[float]  # of each answer, the shortest first
Asked = tuple[str, Inspection]  # architecture, and what is asked


def train(store: Store, engine: Engine, data: LabelledText, names: Sequence[str], epochs: int) -> tuple[str, list[str]]:
    """Submit an experiment; gives its id and those of its runs."""
    dataset = store.datasets.add(WORKSPACE, data)
    chosen = Choices(architectures=tuple(names)).with_values({"epochs": epochs})
    experiment = store.experiments.add(WORKSPACE, dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    run_ids = list(experiment.run_ids)
    engine.submit(run_ids)
    return experiment.id, run_ids


def about_one_text(inspection: Inspection) -> bool:
    """Whether it is asked about a text, and not about those of the test split."""
    return bool(inspection.request.model_fields.keys() & {"text", "texts"})


def answer_seconds(engine: Engine, run_id: str, inspection: Inspection, text: str, repeats: int) -> Seconds:
    """Ask so often, or until it took 15 seconds."""
    values = {"text": text} if "text" in inspection.request.model_fields else {}
    values |= {"texts": [text]} if "texts" in inspection.request.model_fields else {}
    request, seconds = inspection.validated(values), []
    while len(seconds) < repeats and sum(seconds) < LONGEST:
        start = time.perf_counter()
        engine.ask(inspection.name, run_id, request)
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)


def all_seconds(
    engine: Engine, runs: Mapping[str, str], asked: Sequence[Asked], text: str, repeats: int
) -> list[Seconds]:
    """Of everything that is asked, warm; what fails says so and ends the benchmark."""
    found = []
    for name, inspection in asked:
        try:
            answer_seconds(engine, runs[name], inspection, text, 1)
            found.append(answer_seconds(engine, runs[name], inspection, text, repeats))
        except SeqlabError as error:
            sys.exit(f"{inspection.name} of {name}: {error}")
    return found


def words_of(data: LabelledText) -> str:
    """A text of 200 words, each a token."""
    text = " ".join((" ".join(data.texts[:60])).split()[: 2 * WORDS])
    return " ".join([word for word in text.split() if word.strip(".,!?;:").isalpha()][:WORDS])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument(
        "--architectures", default="rnn,lstm,gru,lstm_attention,bilstm_attention,transformer,bag_of_words"
    )
    parser.add_argument("--only", help="names of inspections, separated by commas")
    given = parser.parse_args()
    names, only = given.architectures.split(","), given.only.split(",") if given.only else None
    asked = [
        (name, inspection)
        for inspection in inspections()
        for name in names
        if inspection.applies_to(get_architecture(name), "text") is None and (only is None or inspection.name in only)
    ]
    data = load(None, text=None, label=None, rows=None)
    text = words_of(data)
    with warm_engine() as (store, engine):
        experiment, _ = train(store, engine, data, names, epochs=1)
        if problems := bad(wait_for(store, WORKSPACE, experiment)):
            sys.exit("\n".join(problems))
        runs = {run.architecture: run.id for run in store.runs.of(WORKSPACE, experiment)}
        resting = all_seconds(engine, runs, asked, text, given.repeats)
        _, going = train(store, engine, data, ["lstm", "bilstm"], epochs=500)
        pause = threading.Event()
        while any(state is not RunState.TRAINING for state in store.runs.states(going).values()):
            pause.wait(0.05)
        training = all_seconds(engine, runs, asked, text, given.repeats)
        still = sum(state is RunState.TRAINING for state in store.runs.states(going).values())
        engine.stop(going)
    print(f"{'milliseconds':44} {'nothing else going on':>24}   {still} trainings going on")
    print(f"{'':44} {'median':>12}{'slowest':>12} {'median':>12}{'slowest':>12} {'ratio':>7}")
    for (name, inspection), at_rest, meanwhile in zip(asked, resting, training, strict=True):
        about = inspection.name + ("" if about_one_text(inspection) else " *")
        middle = statistics.median(at_rest), statistics.median(meanwhile)
        cells = "".join(
            f" {1000 * statistics.median(each):12.0f}{1000 * slow(each):12.0f}" for each in (at_rest, meanwhile)
        )
        print(f"{about:24}{name:20}{cells} {middle[1] / middle[0]:6.1f}x")


def slow(seconds: Seconds) -> float:
    """The 95th percentile."""
    return seconds[int(0.95 * len(seconds))]


if __name__ == "__main__":
    main()
