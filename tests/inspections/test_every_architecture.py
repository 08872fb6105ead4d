"""Every inspection of every architecture: it answers as it declares, or is absent with its reason."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import numpy as np
import pytest

from seqcore.architectures import Architecture, architectures, get_architecture
from seqcore.errors import InspectionError
from seqcore.inspections import Inspection, get_inspection, inspections, registry
from seqcore.inspections.contracts import (
    ClassProbabilities,
    StepMatrices,
    StepScores,
    StepsRead,
    StepWeights,
    TextAnswer,
)
from seqcore.inspections.text_said import NO_KNOWN_WORD, nothing_read
from seqcore.lab.ask import about_texts
from tests.inspections.tiny_models import CLASSES, fresh_model

TEXT = "  A warm 🎬, and UNSEEN film!  "


@pytest.mark.parametrize("inspection", list(inspections()), ids=lambda inspection: inspection.name)
@pytest.mark.parametrize("architecture", list(architectures()), ids=lambda architecture: architecture.name)
def test_it_answers_as_it_declares_or_is_absent_with_its_reason(architecture: Architecture, inspection: Inspection):
    reason = inspection.applies_to(architecture, "text")
    if reason is not None:
        assert reason == reason.strip() and not reason.endswith(".")
        with pytest.raises(InspectionError, match=architecture.name):
            inspection.refuse_others(architecture, "text")
        return
    inspection.refuse_others(architecture, "text")
    model = fresh_model(architecture)
    found = inspection.compute(model, inspection.validated(asked_about(inspection, TEXT)))
    assert type(found) is inspection.answer
    json.dumps(found.model_dump(mode="json"), allow_nan=False)
    check_shape(found)


def asked_about(inspection: Inspection, text: str) -> dict[str, object]:
    """A request's values about that text; of an inspection that asks about the test texts, none."""
    about_one = inspection.request.model_fields.keys() & {"text", "texts"}
    return about_texts(inspection, [text] if about_one else [])


def check_shape(found: object) -> None:
    """What every answer of a shape holds to."""
    if isinstance(found, ClassProbabilities):
        assert found.probabilities.shape == (1, len(CLASSES))
        np.testing.assert_allclose(found.probabilities.sum(axis=1), 1)
    if isinstance(found, TextAnswer):
        assert (found.text, found.classes) == (TEXT, CLASSES)
        assert found.probabilities.sum() == pytest.approx(1)
    if isinstance(found, StepWeights):
        assert [step.token for step in found.tokens] == [TEXT[step.start : step.end] for step in found.tokens]
        assert {"warm": True, "UNSEEN": False}.items() <= {step.token: step.known for step in found.tokens}.items()
        assert sum(step.weight for step in found.tokens) == pytest.approx(1, abs=1e-5)
    if isinstance(found, StepScores):
        assert [step.token for step in found.tokens] == [TEXT[step.start : step.end] for step in found.tokens]
        assert {"warm": True, "UNSEEN": False}.items() <= {step.token: step.known for step in found.tokens}.items()
        written = found.model_dump(mode="json")
        assert written["class"] == found.label == found.prediction
        assert written["tokens"][0].keys() >= {"token", "start", "end", "score"}
        assert any(step.score for step in found.tokens)
    if isinstance(found, StepMatrices) and found.matrix is not None:
        steps = len(found.tokens)
        assert found.matrix.shape == (found.layers, found.heads, steps, steps)
        np.testing.assert_allclose(found.matrix.sum(axis=-1), 1, atol=1e-5)


def test_the_inspection_of_the_contributing_guide_answers_as_it_declares(tmp_path: Path, monkeypatch):
    guide = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = guide.split("## Add an inspection in ten lines")[1]
    (tmp_path / "leaving_out.py").write_text(section.split("```python\n")[1].split("```")[0], encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "_REGISTRY", dict(registry._REGISTRY))
    importlib.import_module("leaving_out")
    inspection = get_inspection("leave_out")
    found = inspection.compute(fresh_model(get_architecture("rnn")), inspection.validated({"text": TEXT}))
    assert type(found) is inspection.answer
    check_shape(found)


ODD_TEXTS = {
    "nothing": "",
    "a null": "\x00",
    "no known word": "🎉🎉",
    "words that nobody knows": "zq xj vvk",
    "one token": "warm",
    "5,000 tokens": "a warm film, " * 1667,
    "combining marks": "wa\u0308rm 👩\u200d👩\u200d👧 e\u0301tude film",
    "right to left": "سلام warm \u202eשלום film\u202c",
    "mixed scripts": "warm 电影 фильм warm กขค film हिन्दी",
}
UNKNOWN = {ODD_TEXTS["no known word"], ODD_TEXTS["words that nobody knows"]}


@pytest.mark.parametrize("inspection", list(inspections()), ids=lambda inspection: inspection.name)
@pytest.mark.parametrize("architecture", list(architectures()), ids=lambda architecture: architecture.name)
@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_an_odd_text_is_answered_too_with_true_offsets_and_said_to_be_odd(
    architecture: Architecture, inspection: Inspection, text: str
):
    if inspection.applies_to(architecture, "text") is not None:
        return
    model = fresh_model(architecture)
    found = inspection.compute(model, inspection.validated(asked_about(inspection, text)))
    assert type(found) is inspection.answer
    json.dumps(found.model_dump(mode="json"), allow_nan=False)
    places = places_of(found)
    assert [text[start:end] for _, start, end in places] == [token for token, _, _ in places]
    ends = [0, *(end for _, _, end in places)]
    assert all(start >= before for (_, start, _), before in zip(places, ends, strict=False))
    if isinstance(found, TextAnswer | StepsRead):
        assert found.text == text
        assert (NO_KNOWN_WORD in found.notes) == (text in UNKNOWN)
        assert (nothing_read() in found.notes) == (not model.encoder.steps(text))
        assert any("of the 5,001 tokens" in note for note in found.notes) == (text == ODD_TEXTS["5,000 tokens"])


def places_of(found: object) -> list[tuple[str, int, int]]:
    """The steps of a text that an answer is about, with where each stands."""
    if isinstance(found, StepsRead):
        return [(token, *span) for token, span in zip(found.tokens, found.spans, strict=True)]
    if isinstance(found, StepWeights | StepScores):
        return [(step.token, step.start, step.end) for step in found.tokens]
    return []
