"""`preprocess`, `predict`, `attention`: looking at data and at finished models."""

from __future__ import annotations

from typing import Any

import numpy as np

from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store, started_engine
from seqcore.datasets import LabelledText
from seqcore.errors import InspectionError
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.ids import OOV_ID
from seqcore.kinds.text.options import TextOptions
from seqcore.settings import get_settings


def preprocess(data: LabelledText, options: TextOptions, *, as_json: bool) -> None:
    """Encode a whole data set by its own vocabulary, as the teaching notebook does."""
    encoder = TextEncoder.fit(data.texts, options)
    ids = encoder.encode(data.texts)
    padded = np.zeros((len(ids), max((len(text) for text in ids), default=0)), np.int32)
    for row, text in enumerate(ids):
        padded[row, : len(text)] = text
    vocabulary = {token: number for token, number in encoder.vocabulary.items() if number >= OOV_ID}
    if as_json:
        print_json(
            {
                "vocabulary": vocabulary,
                "ids": padded.tolist(),
                "labels": data.codes().tolist(),
                "classes": list(data.classes),
            }
        )
        return
    print_table(
        ("label", "code", "ids", "text"),
        [
            (label, code, " ".join(map(str, text)), whole[:60])
            for label, code, text, whole in zip(data.labels, data.codes(), ids, data.texts, strict=True)
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
