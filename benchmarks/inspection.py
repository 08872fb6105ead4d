"""What a look inside costs: every inspection, of a text of 200 words, while two models train.

    python benchmarks/inspection.py [--repeats 20] [--architectures lstm,gru] [--only trust,occlusion] [--rest]

Asks a warm engine everything that is registered, of each architecture, while two models train; each question is about
another text, so that nothing kept from before can answer it. Prints medians and the slowest of twenty (95th percentile)
in milliseconds, with a mark where the median is over 300. Questions about all test texts of a run take their time: they
are listed apart. With --rest everything is asked first with nothing else going on, too.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import bad, load, wait_for, warm_engine
from seqcore.architectures import architectures, get_architecture
from seqcore.datasets import LabelledText
from seqcore.engine import Engine
from seqcore.errors import SeqlabError
from seqcore.inspections import Inspection, inspections
from seqcore.inspections.ground_truth import GROUND_TRUTH
from seqcore.lab.plan import Choices
from seqcore.store import RunState, Store

WORDS = 200
LIMIT = 0.3  # seconds
WORKSPACE = "personal"
LONGEST = 15.0  # seconds that one question is repeated at most

Seconds = list[float]  # of each answer, the shortest first; none where it was refused


class Asked(NamedTuple):
    """A question, and whom it is put to."""

    architecture: str
    inspection: Inspection
    values: Mapping[str, str]  # beside the text

    @property
    def told(self) -> str:
        """What a line of the table calls it."""
        return " ".join([self.inspection.name, *self.values.values()])


def questions(names: Sequence[str], only: Sequence[str]) -> Iterator[Asked]:
    """What is registered, of each architecture; what puts other inspections to the test with each.

    Ground truth is left out: these texts do not say which of their words matter.
    """
    every = [each for each in inspections() if each.name != GROUND_TRUTH]
    applying = {
        name: {each.name: each for each in every if each.applies_to(get_architecture(name), "text") is None}
        for name in names
    }
    for inspection in every:
        listed = inspection.request.model_json_schema().get("properties", {}).get("method", {}).get("enum", [])
        for name in names:
            if inspection.name in applying[name] and (not only or inspection.name in only):
                tested = [{"method": method} for method in listed if method in applying[name]]
                yield from (Asked(name, inspection, values) for values in tested or [{}])


def about_one_text(inspection: Inspection) -> bool:
    """Whether it is asked about a text, and not about those of the test split."""
    fields = inspection.request.model_fields
    return any(name in fields and fields[name].is_required() for name in ("text", "texts"))


def train(store: Store, engine: Engine, data: LabelledText, names: Sequence[str], epochs: int) -> tuple[str, list[str]]:
    """Submit an experiment; gives its id and those of its runs."""
    dataset = store.datasets.add(WORKSPACE, data)
    chosen = Choices(architectures=tuple(names)).with_values({"epochs": epochs, "early_stopping": 0})
    experiment = store.experiments.add(WORKSPACE, dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    run_ids = list(experiment.run_ids)
    engine.submit(run_ids)
    return experiment.id, run_ids


def answer_seconds(engine: Engine, run_id: str, asked: Asked, texts: Iterator[str]) -> Seconds:
    """Ask about each of the texts, the first to warm up, or until it took 15 seconds; says what is refused."""
    seconds: Seconds = []
    try:
        for text in texts:
            about = {"text": text, "texts": [text]} if about_one_text(asked.inspection) else {}
            fields = asked.inspection.request.model_fields
            values = {name: value for name, value in {**asked.values, **about}.items() if name in fields}
            request, start = asked.inspection.validated(values), time.perf_counter()
            engine.ask(asked.inspection.name, run_id, request)
            seconds.append(time.perf_counter() - start)
            if sum(seconds) > LONGEST:
                break
    except SeqlabError as error:
        print(f"{asked.told} of {asked.architecture}: {error}", file=sys.stderr)
        return []
    return sorted(seconds[1:] or seconds)


def all_seconds(
    engine: Engine, runs: Mapping[str, str], asked: Sequence[Asked], data: LabelledText, repeats: int
) -> list[Seconds]:
    """Of everything that is asked, each question about texts that it was not asked about before."""
    texts = texts_of(data)
    return [answer_seconds(engine, runs[each.architecture], each, islice(texts, repeats + 1)) for each in asked]


def texts_of(data: LabelledText) -> Iterator[str]:
    """Texts of 200 words, each a token, without end."""
    words = [word for text in data.texts for word in text.split() if word.isalpha()]
    start = 0
    while True:
        yield " ".join(words[(start + place) % len(words)] for place in range(WORDS))
        start += 37  # words on: the next text shares words with this one, at other places


def slow(seconds: Seconds) -> float:
    """The 95th percentile."""
    return seconds[int(0.95 * len(seconds))]


def line(asked: Asked, *measured: Seconds, held: bool = True) -> str:
    """A row of the table, marked where the last of these medians is over the limit that it is held to."""
    cells = "".join(
        f"{1000 * statistics.median(each):12.0f}{1000 * slow(each):12.0f}" if each else f"{'refused':>24}"
        for each in measured
    )
    over = held and not (measured[-1] and statistics.median(measured[-1]) <= LIMIT)
    return f"{asked.told:34}{asked.architecture:18}{cells}{'  OVER 300' if over else ''}"


def print_tables(asked: Sequence[Asked], measured: Sequence[Sequence[Seconds]], still: int) -> None:
    """One for questions about a text, one for those about all test texts."""
    columns = [f"{still} trainings going on"] if len(measured) == 1 else ["nothing else", f"{still} trainings going on"]
    rows = list(zip(asked, zip(*measured, strict=True), strict=True))
    for held, title in ((True, f"a text of {WORDS} words"), (False, "all test texts, not held to 300 ms")):
        if all(about_one_text(each.inspection) != held for each in asked):
            continue
        print(f"\n{title:52}" + "".join(f"{name:>24}" for name in columns))
        print(" " * 52 + f"{'median ms':>12}{'slowest':>12}" * len(columns))
        for each, seconds in rows:
            if about_one_text(each.inspection) == held:
                print(line(each, *seconds, held=held))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--architectures", default=",".join(each.name for each in architectures()))
    parser.add_argument("--only", default="", help="names of inspections, separated by commas")
    parser.add_argument("--rest", action="store_true", help="ask first with nothing else going on, too")
    given = parser.parse_args()
    names = given.architectures.split(",")
    asked = list(questions(names, [name for name in given.only.split(",") if name]))
    data = load(None, text=None, label=None, rows=None)
    with warm_engine(workers=2) as (store, engine):
        experiment, _ = train(store, engine, data, names, epochs=1)
        if problems := bad(wait_for(store, WORKSPACE, experiment)):
            sys.exit("\n".join(problems))
        runs = {run.architecture: run.id for run in store.runs.of(WORKSPACE, experiment)}
        measured = [all_seconds(engine, runs, asked, data, given.repeats)] if given.rest else []
        _, going = train(store, engine, data, ["lstm", "bilstm"], epochs=500)
        pause = threading.Event()
        while any(state is not RunState.TRAINING for state in store.runs.states(going).values()):
            pause.wait(0.05)
        measured.append(all_seconds(engine, runs, asked, data, given.repeats))
        still = sum(state is RunState.TRAINING for state in store.runs.states(going).values())
        engine.stop(going)
    print_tables(asked, measured, still)


if __name__ == "__main__":
    main()
