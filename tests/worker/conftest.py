"""A store with a small data set, and runs carried out in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from seqcore.architectures import get_architecture
from seqcore.datasets import LabelledText
from seqcore.kinds.text.options import TextOptions
from seqcore.spec import RunSpec, SplitOptions, TrainingOptions
from seqcore.store import Run, Store
from seqcore.worker.train import train_run

GOOD = ("a warm and lovely film", "what a fine dinner", "truly great service", "I like this book a lot")
BAD = ("a cold and dreadful film", "what a poor dinner", "truly awful service", "I hate this book a lot")


def labelled(classes: tuple[str, ...] = ("good", "bad")) -> LabelledText:
    """80 short texts whose class can be learnt from a single word."""
    texts, labels = [], []
    for number in range(80):
        kind = number % len(classes)
        base = (GOOD, BAD)[kind % 2][number % 4]
        texts.append(f"{base} {classes[kind]}ly number{number}")
        labels.append(classes[kind])
    return LabelledText(name="tiny", texts=tuple(texts), labels=tuple(labels), given_split=None, dropped=(), notes=())


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    tmp_path = tmp_path_factory.mktemp("home")
    return Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))


@pytest.fixture(scope="module")
def queue(store) -> Callable[..., str]:
    """`queue("lstm", model={"units": 4}, training={"epochs": 2}) -> id` of a run that waits."""

    def queue(architecture: str, *, data: LabelledText | None = None, seed: int = 0, **groups: Any) -> str:
        data = data or labelled()
        dataset = store.datasets.add("personal", data)
        kind = get_architecture(architecture)
        small = {name: 4 for name in ("embedding_size", "units") if name in kind.options.model_fields}
        options = kind.validate_options({**small, **groups.get("model", {})})
        spec = RunSpec(
            dataset=data.content_hash,
            architecture=architecture,
            input=TextOptions(**groups.get("text", {})),
            split=SplitOptions(**groups.get("split", {})),
            model=options.model_dump(),
            training=TrainingOptions(**{"epochs": 2, **groups.get("training", {})}),
            seed=seed,
        )
        experiment = store.experiments.add("personal", dataset.id, [spec])
        (queued,) = store.runs.of("personal", experiment.id)
        return queued.id

    return queue


@pytest.fixture(scope="module")
def carry_out(store, queue) -> Callable[..., Run]:
    """The same, trained here and now; gives the run."""

    def run(architecture: str, **groups: Any) -> Run:
        run_id = queue(architecture, **groups)
        train_run(run_id, store, "here")
        return store.runs.find(run_id)

    return run


@pytest.fixture(scope="module")
def trained(carry_out) -> Callable[..., Run]:
    """`trained("lstm", classes) -> Run`: each is trained once, for all tests that only look at it."""
    runs: dict[object, Run] = {}

    def run(architecture: str, classes: tuple[str, ...] = ("good", "bad"), stop_words: str = "none") -> Run:
        wanted = (architecture, classes, stop_words)
        if wanted not in runs:
            runs[wanted] = carry_out(architecture, data=labelled(classes), text={"stop_words": stop_words})
        return runs[wanted]

    return run
