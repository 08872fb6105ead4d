"""Experiments that look trained, and an engine that answers at once, without TensorFlow."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from seqcore.analysis.evaluation import read_evaluation
from seqcore.analysis.predictions import TEST_FILE, VALIDATION_FILE, read_texts, write_predictions
from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.split import split_rows
from seqcore.errors import InspectionError
from seqcore.inspections.contracts import Answer, ClassProbabilities, Request
from seqcore.inspections.drawn_words import DrawnWordsRequest
from seqcore.inspections.ground_truth import GroundTruthRequest
from seqcore.inspections.maps_disagree import MapsDisagreeRequest
from seqcore.inspections.memory import MemoryAnswer, MemoryCurve, MemoryRequest
from seqcore.inspections.prediction import PredictRequest
from seqcore.inspections.units import DrivenText, DrivingWord, UnitDoes, UnitsAnswer, UnitsRequest
from seqcore.inspections.word_order import OrderScores, WordOrderRequest
from seqcore.spec import RunSpec, SplitOptions
from seqcore.store import Experiment, MetricRow, Run, RunState, Store
from seqcore.store.links import new_token
from seqcore.worker.assess import Answered, assess
from tests.pages.over_texts_answers import drawn_words, ground_truth, maps_disagree
from tests.pages.plane_answers import REQUESTS, answer_about_vectors
from tests.pages.text_answers import answer_about_text

WORKSPACE = "personal"
ONE_SPLIT = SplitOptions()
HOSTILE = "<img src=x onerror=alert(1)>**:red[x]**\u202e"


def labelled(classes: Sequence[str] = ("ham", "spam"), rows: int = 120, name: str = "mails") -> LabelledText:
    texts = tuple(f"{HOSTILE} text number {n} says hello" if n % 5 == 0 else f"Text {n}, of words" for n in range(rows))
    return LabelledText(name, texts, tuple(classes[n % len(classes)] for n in range(rows)), None, ())


def finished_experiment(
    store: Store, models: Sequence[tuple[str, int]], *, data: LabelledText | None = None, skill: float = 2.0,
    split: SplitOptions = ONE_SPLIT,
) -> Experiment:  # fmt: skip
    """An experiment whose runs are finished; every model is better than the one before."""
    data = data or labelled()
    dataset = store.datasets.add(WORKSPACE, data)
    specs = [RunSpec(dataset=data.content_hash, architecture=name, split=split, seed=seed) for name, seed in models]
    experiment = store.experiments.add(WORKSPACE, dataset.id, specs)
    for number, run in enumerate(store.runs.of(WORKSPACE, experiment.id)):
        finish(store, run, data, skill=skill + number)
    return experiment


def link_to(store: Store, experiment: Experiment, *, days: int | None = 30) -> str:
    """The token of a link that shows an experiment."""
    token = new_token()
    store.links.add(experiment.workspace, token, "experiment", experiment.id, days=days)
    return token


def link_to_dataset(store: Store, experiment: Experiment) -> str:
    """The token of a link that shows the data set of an experiment, and nothing more."""
    token = new_token()
    store.links.add(experiment.workspace, token, "dataset", experiment.dataset_id, days=30)
    return token


def finish(store: Store, run: Run, data: LabelledData, *, skill: float) -> None:
    """Take a queued run through all its stages."""
    split = split_rows(data, run.spec.drawn_split)
    rows = split.test
    labels, classes = data.codes()[rows], list(data.classes)
    probabilities = answers(labels, len(classes), skill=skill, seed=run.seed)
    evaluation = assess(
        classes,
        training=data.codes()[split.train],
        validation=Answered(labels, probabilities),
        test=Answered(labels, probabilities, ms_per_text=0.5),
        sizes={"vocabulary": 50, "longest": 10, "classes": len(classes)},
        timings={"preparing": 0.1, "training": 1.5},
    )
    store.progress.begin(run.id, "engine")
    store.progress.set_state(run.id, RunState.TRAINING, parameters=1234)
    moments = [
        MetricRow(split, float(epoch), 3 * epoch, 0.1 * epoch, 1 / epoch, 1 - 0.4 / epoch)
        for epoch in (1, 2)
        for split in ("train", "validation")
    ]
    store.progress.record(run.id, moments, epoch=2.0, texts_per_second=100.0)
    store.progress.set_state(run.id, RunState.EVALUATING)
    table = write_predictions(rows, [data.summary(row) for row in rows], labels, probabilities, classes)
    store.artifacts.write(run.id, "evaluation.json", evaluation.to_bytes())
    store.artifacts.write(run.id, TEST_FILE, table)
    rows, labels = split.validation, data.codes()[split.validation]
    probabilities = answers(labels, len(classes), skill=skill, seed=run.seed + 100)
    validation = write_predictions(rows, None, labels, probabilities, classes)
    store.artifacts.write(run.id, VALIDATION_FILE, validation)
    for name in ("model.keras", "tokenizer.json", "run.json"):
        store.artifacts.write(run.id, name, b"{}")
    curves = {"course": "over_fitting", "sentence": f"Over-fitting since epoch 1: better than “{HOSTILE}”."}
    results = evaluation.results() | {"curves": curves, "training_rows": len(split.train)}
    store.progress.finish(run.id, state=RunState.FINISHED, results=results, seconds={"training": 1.5})


def answers(labels: np.ndarray, classes: int, *, skill: float, seed: int) -> np.ndarray:
    """Probabilities, the truer the greater the skill."""
    logits = np.random.default_rng(seed).normal(size=(len(labels), classes)) + skill * np.eye(classes)[labels]
    shares: np.ndarray = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return shares


class AnsweringEngine:
    """Answers as the worker does; every word is a token, the first class is always the likeliest."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[tuple[str, str, Any]] = []
        self.epochs: list[int | None] = []
        self.broken: set[str] = set()

    def ask(
        self,
        inspection_name: str,
        run_id: str,
        request: Request,
        timeout: float | None = None,
        epoch: int | None = None,
    ) -> Answer:
        self.asked.append((inspection_name, run_id, request))
        self.epochs.append(epoch)
        run = self.store.runs.find(run_id)
        if run_id in self.broken:
            raise InspectionError("The saved model cannot be read", remedy="Train this run again")
        classes = read_evaluation(self.store.artifacts.read(run_id, "evaluation.json")).classes
        likely = [0.7, *[0.3 / (len(classes) - 1)] * (len(classes) - 1)]
        if isinstance(request, PredictRequest):
            known = tuple("unheard" not in text for text in request.texts)
            return ClassProbabilities(classes=classes, probabilities=[likely] * len(request.texts), known=known)
        if isinstance(request, GroundTruthRequest):
            return ground_truth(request)
        if isinstance(request, WordOrderRequest):
            return OrderScores(
                texts=20, accuracy=0.9, shuffled=(0.6, 0.7), lost=0.25, interval=(0.1, 0.4), changed=0.3,
                sentence="It uses the order of the words.", losses=np.repeat([0.0, 0.5], 10),
            )  # fmt: skip
        if isinstance(request, MemoryRequest):
            part = {"distance": range(6), "influence": 0.5 ** np.arange(6), "texts": [9] * 6, "half_life": 1.0}
            return MemoryAnswer(**part, asked=9, accuracy=0.8, occlusion=MemoryCurve(**part | {"half_life": None}))
        if isinstance(request, DrawnWordsRequest):
            return drawn_words(request, classes)
        if isinstance(request, MapsDisagreeRequest):
            return maps_disagree(request, *read_texts(self.store.artifacts.read(run_id, TEST_FILE), classes), classes)
        if isinstance(request, UnitsRequest):
            return _units(request, classes)
        if isinstance(request, REQUESTS):
            return answer_about_vectors(request, classes)
        return answer_about_text(run, request, classes, likely)


def _units(request: UnitsRequest, classes: Sequence[str]) -> UnitsAnswer:
    """Three units; the chosen one is high at "hello" and low at "of", in test texts 2 and 3."""
    text = f"{HOSTILE} text number 5 says hello to you all"
    start = text.index("hello")
    texts = [
        DrivenText(
            row=row, text=text, label=classes[0], prediction=classes[row % 2], position=5, token="hello", start=start,
            end=start + 5, value=value,
        )
        for row, value in ((2, 0.9), (3, -0.8))
    ]  # fmt: skip
    words = [DrivingWord(token="hello", change=0.6, times=9), DrivingWord(token="of", change=-0.4, times=7)]
    units = [
        UnitDoes(unit=unit, correlation=0.5 - unit / 10, label=classes[1], spread=0.2, mean=-0.1) for unit in (4, 5, 9)
    ]
    return UnitsAnswer(
        layer=1, cell="lstm", direction=request.direction, asked=24, units=units, unit=request.unit or 4, texts=texts,
        words=words,
    )  # fmt: skip
