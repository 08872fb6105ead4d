"""`preprocess`, `predict`, `attention`: looking at data and at finished models."""

from __future__ import annotations

from typing import Any

import numpy as np

from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store, started_engine
from seqcore.datasets import LabelledData
from seqcore.errors import InspectionError
from seqcore.kinds import get_kind
from seqcore.settings import get_settings
from seqcore.spec import InputOptions


def preprocess(data: LabelledData, options: InputOptions, *, as_json: bool) -> None:
    """Encode a whole data set by what is learned from itself, as the teaching notebook does."""
    encoder = get_kind(data.kind).fit(data.examples, options)
    encoded = encoder.encode(data.examples)
    padded = np.full((len(encoded), max(map(len, encoded), default=0), *encoder.empty.shape[1:]), encoder.padding)
    for row, array in enumerate(encoded):
        padded[row, : len(array)] = array
    if as_json:
        names = {"labels": data.codes().tolist(), "classes": list(data.classes)}
        print_json({**encoder.about(), "ids": padded.astype(encoder.empty.dtype).tolist(), **names})
        return
    print_table(
        ("label", "code", "ids", get_kind(data.kind).example),
        [
            (label, code, " ".join(map(str, array.ravel())), data.summary(row)[:60])
            for row, (label, code, array) in enumerate(zip(data.labels, data.codes(), encoded, strict=True))
        ],
    )


def predict(run_id: str, texts: list[str], *, as_json: bool) -> None:
    """Ask a model for labels and probabilities."""
    found = _ask("predict", run_id, {"texts": texts})
    answers = [
        {"text": text, "label": label, "probabilities": dict(zip(found["classes"], row, strict=True))}
        for text, label, row in zip(texts, found["predictions"], found["probabilities"], strict=True)
    ]
    if as_json:
        print_json({"run": run_id, "classes": found["classes"], "predictions": answers})
        return
    rows = [(each["label"], f"{each['probabilities'][each['label']]:.4f}", each["text"]) for each in answers]
    print_table(("label", "probability", "text"), rows)


def attention(run_id: str, text: str, *, as_json: bool) -> None:
    """Ask a model where it looked."""
    found = _ask("attention", run_id, {"text": text})
    if as_json:
        print_json(found)
        return
    print_table(("weight", "token"), [(f"{token['weight']:.4f}", token["token"]) for token in found["tokens"]])


def _ask(question: str, run_id: str, payload: dict[str, Any]) -> dict[str, Any]:
    settings = get_settings()
    store = open_store(settings)
    run = store.runs.get(settings.workspace, run_id)  # a wrong id is refused before an engine starts
    if question == "attention":
        _refuse_blind(run.architecture)
    with started_engine(settings, training_workers=0) as engine:
        return engine.ask(question, run_id, payload)


def _refuse_blind(name: str) -> None:
    from seqcore.architectures import architectures, get_architecture

    if get_architecture(name).attention == "none":
        able = [architecture.name for architecture in architectures() if architecture.attention != "none"]
        raise InspectionError(f"{name} has no attention to show", remedy=f"Choose a run of one of: {', '.join(able)}")
