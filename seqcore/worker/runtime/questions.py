"""Questions to a finished model: what it answers, and where it looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from seqcore.analysis.evaluation import Evaluation, damaged, read_evaluation
from seqcore.architectures import Architecture, Sizes, get_architecture
from seqcore.errors import InspectionError, SeqlabError
from seqcore.kinds import Encoder, Step, get_kind
from seqcore.store import Run, Store
from seqcore.worker.evaluate import Scorer, to_probabilities
from seqcore.worker.models.build import LOGITS, attention_outputs, build_model, input_signature
from seqcore.worker.models.load import load_weights
from seqcore.worker.prepare import Examples
from seqcore.worker.runtime import backend

MODELS_KEPT = 12


def answer(question: str, run_id: str, payload: dict[str, Any], store: Store) -> dict[str, Any]:
    """Answer one question.

    Args:
        question: One of `QUESTIONS`.
        run_id: A run with a stored model.
        payload: The question's own arguments.
        store: Where the model is.

    Raises:
        InspectionError: no such question, no model, or one that cannot answer it.
        NotFoundError: no such run.
    """
    if question not in QUESTIONS:
        raise InspectionError(
            "There is no such question", received=repr(question), remedy=f"Choose from: {', '.join(QUESTIONS)}"
        )
    return QUESTIONS[question](_model(store, run_id), **payload)


class FinishedModel:
    """A trained model with its encoder, ready to answer.

    Attributes:
        architecture: What it is.
        classes: Labels as the user wrote them.
        encoder: Turns examples into the arrays it was trained on.
    """

    def __init__(self, run: Run, evaluation: Evaluation, encoder: bytes, weights: bytes) -> None:
        self.architecture: Architecture = get_architecture(run.architecture)
        self.classes = list(evaluation.classes)
        self.encoder = _encoder(encoder, run)
        options = self.architecture.validate_options(run.spec.model)
        self.options = options
        self.model = build_model(self.architecture, _sizes(evaluation, self.encoder), options)
        load_weights(self.model, weights)
        self.scorer = Scorer(self.model)
        self._look: Callable[[np.ndarray], list[tf.Tensor]] | None = None

    def probabilities(self, texts: list[str]) -> np.ndarray:
        """`(texts, classes)`, each row summing to 1."""
        encoded = Examples(self.encoder.encode(texts), np.zeros(len(texts), np.int32), self.encoder)
        return to_probabilities(self.scorer.logits(encoded))

    def look(self, ids: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
        """Probabilities `(classes,)` of one text and its attention weights, one array a layer."""
        if self._look is None:
            layers = attention_outputs(self.model, self.architecture)
            network = keras.Model(self.model.input, [self.model.get_layer(LOGITS).output, *layers])
            self._look = tf.function(
                lambda inputs: network(inputs, training=False), input_signature=[input_signature(network)]
            )
        logits, *weights = self._look(ids[None, :])
        return to_probabilities(logits.numpy())[0], [layer.numpy()[0] for layer in weights]


def predict(model: FinishedModel, texts: list[str]) -> dict[str, Any]:
    """Label and probability of every class, for each text."""
    if not texts:
        return {"classes": model.classes, "probabilities": [], "predictions": []}
    probabilities = model.probabilities(texts)
    return {
        "classes": model.classes,
        "probabilities": probabilities.tolist(),
        "predictions": [model.classes[code] for code in probabilities.argmax(axis=1)],
    }


def attention(model: FinishedModel, text: str) -> dict[str, Any]:
    """Where the model looked in one text.

    Weights sum to 1. For a transformer a token's weight is the attention it receives, averaged over layers,
    heads and looking tokens; `matrix[layer][head][looking][looked at]` has it all.

    A text of no known shape (nothing but stop words, say) has no tokens: the prediction stands, the list is empty.
    """
    kind = model.architecture.attention
    tokens = model.encoder.steps(text)
    (array,) = model.encoder.encode([text])
    probabilities, layers = model.look(array if len(array) else model.encoder.empty)
    weights = layers[0] if kind == "tokens" else np.mean([layer.mean(axis=(0, 1)) for layer in layers], axis=0)
    found: dict[str, Any] = {
        "text": text,
        "prediction": model.classes[int(probabilities.argmax())],
        "classes": model.classes,
        "probabilities": probabilities.tolist(),
        "kind": kind,
        "tokens": _weighted(text, tokens, weights),
        "layers": len(layers) if kind == "heads" else 0,
        "heads": int(layers[0].shape[0]) if kind == "heads" else 0,
    }
    if kind == "heads" and tokens:
        found["matrix"] = [layer.astype(float).round(6).tolist() for layer in layers]
    return found


def _weighted(text: str, tokens: list[Step], weights: np.ndarray) -> list[dict[str, Any]]:
    return [
        {
            "token": token.name,
            "start": token.start,
            "end": token.end,
            "weight": float(weight),
            "known": token.known,
        }
        for token, weight in zip(tokens, weights, strict=False)
    ]


QUESTIONS: dict[str, Callable[..., dict[str, Any]]] = {"predict": predict, "attention": attention}


def _encoder(saved: bytes, run: Run) -> Encoder:
    try:
        return get_kind(run.spec.input.kind).read_encoder(saved, run.spec.input)
    except (SeqlabError, ValueError, KeyError, TypeError):
        raise damaged("encoder") from None


def _sizes(evaluation: Evaluation, encoder: Encoder) -> Sizes:
    """What the model is built for; a damaged number would ask for a model of any size."""
    try:
        sizes = Sizes.read(evaluation.sizes or {})
    except KeyError:  # other numbers than these
        raise damaged("evaluation") from None
    if sizes.input != encoder.sizes:
        raise damaged("evaluation")
    return sizes


@lru_cache(maxsize=MODELS_KEPT)
def _model(store: Store, run_id: str) -> FinishedModel:
    backend.configure()
    backend.forget_gradients()
    run = store.runs.find(run_id)
    if not store.artifacts.has(run_id, "model.keras"):
        raise InspectionError(
            "This run has no saved model",
            received=f"a run that is {run.state}",
            remedy="Wait for it, or train again",
        )
    return FinishedModel(
        run,
        read_evaluation(store.artifacts.read(run_id, "evaluation.json")),
        store.artifacts.read(run_id, get_kind(run.spec.input.kind).encoder_file),
        store.artifacts.read(run_id, "model.keras"),
    )
