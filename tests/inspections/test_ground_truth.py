"""Ground truth: a model that is built to look at a word is found to look at it, and one that looks elsewhere is not."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.errors import InspectionError
from seqcore.inspections.ground_truth import GroundTruthRequest, ground_truth
from seqcore.inspections.problems import no_evidence
from seqcore.worker.runtime.finished_model import FinishedModel
from tests.inspections.hand_built import model_that
from tests.inspections.tiny_models import fresh_model

TEXTS = ["a warm film", "film a cold warm", "a cold film"]
LABELS = np.array([1, 1, 0])
WARM = {"a warm film": (1,), "film a cold warm": (3,)}


def about(model: FinishedModel, evidence: dict[str, tuple[int, ...]] = WARM) -> FinishedModel:
    return FinishedModel(
        model.architecture, "text", model.model, model.encoder, model.classes, model._footprint,
        lambda: (TEXTS, LABELS), evidence=lambda: evidence,
    )  # fmt: skip


def asked(model: FinishedModel, method: str):
    return ground_truth(model, GroundTruthRequest.model_validate({"method": method}))


def test_a_model_that_looks_at_the_word_has_all_of_its_attention_there() -> None:
    found = asked(about(model_that(answers_by="warm", looks_at="warm")), "attention")
    assert (found.asked, found.texts, found.accuracy) == (3, 2, 1.0)
    assert found.share == pytest.approx(1, abs=1e-3)
    assert (found.hits, found.even) == (1.0, pytest.approx((1 / 3 + 1 / 4) / 2))


def test_a_model_that_looks_at_another_word_is_found_out_by_its_attention() -> None:
    found = asked(about(model_that(answers_by="warm", looks_at="film", remembers=True)), "attention")
    assert found.share == pytest.approx(0, abs=1e-3)
    assert found.hits == 0.0


@pytest.mark.parametrize("method", ["occlusion", "integrated_gradients"])
def test_attribution_finds_the_word_that_the_model_answers_by(method: str) -> None:
    found = asked(about(model_that(answers_by="warm", looks_at="warm")), method)
    assert found.hits == 1.0
    assert found.share is not None and found.even is not None and found.share > 2 * found.even


@pytest.mark.parametrize("method", ["attention", "rollout"])
def test_a_transformer_is_scored_by_both_of_its_maps(method: str) -> None:
    found = asked(about(fresh_model("transformer")), method)
    assert found.share is not None and 0 < found.share < 1


def test_words_that_are_cut_away_are_said_to_be_missing() -> None:
    found = asked(about(fresh_model("lstm"), {"a warm film": (7,)}), "gradient_input")
    assert (found.texts, found.share, found.accuracy) == (0, None, None)
    assert found.sentence == "No word that matters was read."


def test_data_that_do_not_say_what_matters_are_refused_with_what_to_do() -> None:
    model = about(fresh_model("lstm"))
    model.evidence = no_evidence
    with pytest.raises(InspectionError, match="column of that name"):
        asked(model, "occlusion")


def test_a_model_without_attention_is_refused() -> None:
    with pytest.raises(InspectionError, match="lstm"):
        asked(about(fresh_model("lstm")), "attention")
