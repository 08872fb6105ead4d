"""Whose sizes the page shows: the last run of the architecture or, where there is none, the default settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.run_names import label_and_seed
from seqcore.architectures import Architecture, Sizes
from seqcore.errors import SeqlabError
from seqcore.kinds import FrameSizes, Kind, TokenSizes, get_kind, kinds
from seqcore.lab.share import seen_experiment
from seqcore.spec import TrainingOptions
from seqcore.ui.kit.escape import bold, shorten
from seqcore.ui.session import cache, current, in_address, shared, state
from seqcore.ui.session.readable import problem_of

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.spec import Options
    from seqcore.store import Experiment, Run

_USUAL = TokenSizes(vocabulary=10_000, longest=200)
_USUAL_FRAMES = FrameSizes(channels=1, longest=150)
_SEARCHED, _LEAST_WORDS, _MOST_WORDS = 60, 4, 12  # rows that are looked at for a short text, and how short
_MOST_CHARACTERS = 1_000


@dataclass(frozen=True)
class Example:
    """A model with its numbers.

    Attributes:
        architecture: What it is.
        sizes: What its data decide.
        options: Its settings.
        batch: Examples in a batch.
        classes: Names of its classes; other people's text.
        kind: Of its data.
        data: Where examples are taken from.
        run: Whose numbers these are; None: those of the default settings.
        experiment: Of the run.
    """

    architecture: Architecture
    sizes: Sizes
    options: Options
    batch: int
    classes: tuple[str, ...]
    kind: Kind
    data: LabelledData
    run: Run | None = None
    experiment: Experiment | None = None


def find_example(architecture: Architecture) -> Example:
    """The newest finished run of the architecture that can be read: of the current experiment, else of all."""
    for run in _candidates(architecture):
        evaluation = None if problem_of(run) else cache.evaluation(run.id)
        if evaluation is not None and evaluation.sizes is not None:
            experiment = shared.get_store().experiments.find(run.experiment_id)
            data = cache.stored_data(experiment.workspace, experiment.dataset_id)
            return Example(
                architecture, Sizes.read(evaluation.sizes), architecture.validate_options(run.spec.model),
                run.spec.training.batch_size, evaluation.classes, get_kind(data.kind), data, run, experiment,
            )  # fmt: skip
    return _usual(architecture)


def _candidates(architecture: Architecture) -> list[Run]:
    store, wanted = shared.get_store(), state.current_experiment_id()
    found = []
    if wanted:
        experiment = seen_experiment(store, state.viewer(), wanted)
        runs = store.runs.of(experiment.workspace, wanted)
        found = [run for run in runs if run.architecture == architecture.name and run.results]
    newest = store.runs.newest(state.workspace(), architecture.name)
    return [*found, *([newest] if newest else [])]


def _usual(architecture: Architecture) -> Example:
    data = current.current_data()
    if get_kind(data.kind).form not in architecture.reads:
        data = cache.sample(current.SAMPLE)
    kind, classes = get_kind(data.kind), tuple(data.classes)
    if kind.form not in architecture.reads:
        kind = next(each for each in kinds() if each.form in architecture.reads)
    sizes = _USUAL if kind.form == "tokens" else _USUAL_FRAMES
    return Example(
        architecture, Sizes(sizes, len(classes)), architecture.validate_options({}), TrainingOptions().batch_size,
        classes, kind, data,
    )  # fmt: skip


def draw_whose(example: Example) -> None:
    """A sentence that says whose numbers these are."""
    if example.run is None or example.experiment is None:
        st.caption(
            f"No {example.architecture.label} has been trained here yet: the sizes are those of the default settings, "
            f"with {_with(example)}. Train one, and they are yours."
        )
        return
    run, experiment = bold(label_and_seed(example.run)), bold(example.experiment.name)
    st.caption(f"All sizes are those of your last run of it: {run} in {experiment}.")


def _with(example: Example) -> str:
    if example.kind.form == "tokens":
        return f"{_USUAL.vocabulary:,} known tokens and texts of at most {_USUAL.longest}"
    return f"one number at each of {_USUAL_FRAMES.longest} steps"


def choose_sentence(example: Example) -> tuple[str, list[str]]:
    """A text that is typed, empty where examples are no texts, and the steps in which the model is given it."""
    first = _short_row(example.data, example.kind)
    if example.kind.drawing != "pieces":
        return "", _steps(example, example.data.examples[first]) or [f"{example.kind.step} {n}" for n in (1, 2, 3, 4)]
    given = in_address.take(in_address.TEXT)
    if given:
        st.session_state["guide-text"] = given[:_MOST_CHARACTERS]
    elif "guide-text" not in st.session_state:
        st.session_state["guide-text"] = shorten(example.data.summary(first), 200)
    text = st.text_input(
        "Your sentence", key="guide-text", persist_state="session", max_chars=_MOST_CHARACTERS,
        help="The pictures show how the model reads it. At first it is one of your data set.",
    )  # fmt: skip
    return text, _steps(example, text) or re.findall(r"\w[\w'’-]*", text)[:60]


def _short_row(data: LabelledData, kind: Kind) -> int:
    if kind.drawing != "pieces":
        return 0
    lengths = [len(data.summary(row).split()) for row in range(min(len(data), _SEARCHED))]
    return next((row for row, words in enumerate(lengths) if _LEAST_WORDS <= words <= _MOST_WORDS), 0)


def _steps(example: Example, read: object) -> list[str]:
    """What the run's own encoder makes of it; nothing where there is no run, or its file is gone."""
    if example.run is None:
        return []
    try:
        reading = example.architecture.reading(example.run.spec.input, example.options)
        saved = shared.get_store().artifacts.read(example.run.id, example.kind.encoder_file)
        return [step.name for step in example.kind.read_encoder(saved, reading).steps(read)]
    except SeqlabError:
        return []
